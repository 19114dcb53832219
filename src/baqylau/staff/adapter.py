"""What allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from baqylau.staff.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts are opened by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """Never."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session, in the language that the person chose."""
        chosen = request.session.get("language", "")
        super().login(request, user)
        request.session["language"] = chosen or user.language

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether the passphrase is the person's own."""
        return user.check_password(password)
