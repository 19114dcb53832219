"""What allauth asks of us: who may enter, what is kept, what is said."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from baqylau.staff import queries, services
from baqylau.staff.desk_session import KEY
from baqylau.staff.models import User
from baqylau.staff.sealing import seal, unseal
from baqylau.web import qr
from baqylau.web.queries import organisation

QUIET = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
"""Messages that only say what the person has just done."""

PURPOSE = "second factor"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up: accounts are opened by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - as allauth's own
        """Nothing: guesses are counted by the form, which can tell a known browser."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session, in the language that the person chose."""
        chosen = request.session.get("language", "")
        request.session.pop(KEY, None)
        request.session.pop("has_factor", None)
        super().login(request, user)
        request.session["language"] = chosen or user.language

    def logout(self, request: HttpRequest) -> None:
        """Close the session and the shift with it."""
        seat = getattr(request, "seat", None)
        if seat and seat.sitting:
            services.end_sitting(sitting=seat.sitting)
        super().logout(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether the passphrase is the person's own."""
        return user.check_password(password)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,  # noqa: ANN401 - as allauth's own
        **kwargs: Any,  # noqa: ANN401 - as allauth's own
    ) -> None:
        """Show allauth's message, unless it is idle talk."""
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Nothing: allauth's mails carry the address and the browser of the person."""

    def get_client_ip(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's
        """No address, whatever it is wanted for."""
        return ""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: secrets sealed at rest, our own QR, the organisation's name."""

    def get_totp_issuer(self) -> str:
        """The organisation, as the app on the telephone will call it."""
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return organisation()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as inline SVG: no `data:` image, no style attribute."""
        return qr.svg(url, _("QR code for the app"))

    def encrypt(self, text: str) -> str:
        """Seal a secret under the installation's key."""
        return seal(text.encode(), PURPOSE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed. Raises: ValueError when the installation's key is another one."""
        plain = unseal(bytes.fromhex(encrypted_text), PURPOSE)
        if plain is None:
            raise ValueError("a second factor was sealed under another key")
        return plain.decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may do without it: the last factor of somebody who needs one stays."""
        if not settings.STAFF_SECOND_FACTOR:
            return True
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        return not queries.needs_factor(queries.actor_of(authenticator.user))

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's
        """A name to begin with."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
