"""Passkeys at the lock page."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn

from baqylau.staff.models import User


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
