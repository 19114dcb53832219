"""How an address and a passphrase become an account."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from baqylau.staff.models import User


class Passphrase(BaseBackend):
    """Compares passphrases; an unknown address costs as much time as a wrong passphrase."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        email: str = "",
        password: str = "",
        **_others: object,
    ) -> User | None:
        """The account, if the passphrase is right and the account is open."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int | str) -> User | None:
        """The account of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
