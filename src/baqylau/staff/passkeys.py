"""Passkeys: allauth's forms with a guarded field, and the passkey at the lock page."""

from typing import Any

from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from baqylau.staff.models import User

LONGEST = 20_000
"""Characters of what a browser writes for a passkey; a real one needs about 1,500."""


class CredentialField(forms.JSONField):
    """A JSON object of some thousand characters; all else is one refusal."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The object. Raises: ValidationError for anything else, however deep or long it is."""
        try:
            found = super().to_python(value[:LONGEST] if isinstance(value, str) else value)
        except (RecursionError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid"]) from error
        if found is not None and not isinstance(found, dict):
            raise forms.ValidationError(self.error_messages["invalid"])
        return found


UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What the reader of a passkey's answer raises where a part is missing or of another kind."""


def _refused() -> forms.ValidationError:
    return forms.ValidationError(forms.JSONField.default_error_messages["invalid"])


class _Guarded:
    """Before a form of allauth's: what is no answer of a passkey is refused in words."""

    def clean_credential(self) -> Any:  # noqa: ANN401 - as allauth's own
        """The answer. Raises: ValidationError for anything else."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # allauth has no types
        except UNREADABLE as error:
            raise _refused() from error


class AddForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey and its name; whether it can open the desk alone, the browser itself decides."""

    credential = CredentialField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 60

    def clean(self) -> Any:  # noqa: ANN401 - as allauth's own
        """The new passkey. Raises: ValidationError for anything else."""
        try:
            return super().clean()
        except UNREADABLE as error:
            raise _refused() from error


class AuthenticateForm(_Guarded, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey as the second factor."""

    credential = CredentialField()


class ReopenForm(AuthenticateForm):
    """A passkey that opens a locked desk; it must have checked its owner."""

    def clean_credential(self) -> Any:  # noqa: ANN401 - as allauth's own
        """The answer. Raises: ValidationError where another page, which asks less, began it."""
        if (webauthn.get_state() or {}).get("user_verification") != "required":
            raise _refused()
        return super().clean_credential()


class LoginForm(_Guarded, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey instead of address and passphrase."""

    credential = CredentialField()


class ReauthenticateForm(_Guarded, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey that shows once more who it is."""

    credential = CredentialField()


def forget_challenge(request: HttpRequest) -> None:
    """Let no answer count any more to a question that a page asked before."""
    if webauthn.STATE_SESSION_KEY in request.session:
        del request.session[webauthn.STATE_SESSION_KEY]


def reopening_options(user: User) -> dict[str, Any]:
    """What the browser asks the passkey to sign.

    The passkey stands alone here, so it must check its owner itself: a key that was left plugged
    in opens nothing.
    """
    options: dict[str, Any] = webauthn.begin_authentication(user)
    options["publicKey"] = {**options["publicKey"], "userVerification": "required"}
    state = webauthn.get_state()
    webauthn.set_state({**(state or {}), "user_verification": "required"})
    return options
