"""What allauth says to people, marked as ours: it knows no Kazakh.

The words stand here as the package writes them; our catalogues win, because our rooms come
first in INSTALLED_APPS.
"""

from django.utils.translation import gettext_noop as _

SIGN_IN = (
    _("This account is currently inactive."),
    _("The email address and/or password you specified are not correct."),
    _("Please type your current password."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid login."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Email address"),
    _("Password"),
    _("Current Password"),
    _("Code"),
)
"""allauth.account: its adapter and the forms of sign-in and reauthentication."""

SECOND_FACTOR = (
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("Authenticator code"),
    _("Recovery codes"),
    _("TOTP Authenticator"),
    _("WebAuthn"),
)
"""allauth.mfa."""

UNREACHED = frozenset(
    {
        # Nobody signs up, changes an address, or resets a passphrase by mail here.
        "You cannot remove your primary email address.",
        "This email address is already associated with this account.",
        "A user is already registered with this email address.",
        "Invalid or expired key.",
        "The password reset token was invalid.",
        "You cannot add more than %d email addresses.",
        "The email address is not assigned to any user account.",
        "Your primary email address must be verified.",
        "The new value must be different from the current one.",
        "Please select only one.",
        "Forgot your password?",
        "You must type the same password each time.",
        "Remember Me",
        "Email (again)",
        "Email address confirmation",
        "Email (optional)",
        "You must type the same email each time.",
        "Password (again)",
        "New Password",
        "New Password (again)",
        "You cannot add an email address to an account protected by two-factor authentication.",
        "You cannot activate two-factor authentication until you have verified your email address.",
        # Our own adapter names passkeys, and our own form asks for nothing more.
        "Master key",
        "Backup key",
        "Key nr. {number}",
        "Passwordless",
        (
            "Enabling passwordless operation allows you to sign in using just this key, but "
            "imposes additional requirements such as biometrics or PIN protection."
        ),
        # Accounts have neither user names nor telephones.
        "The phone number and/or password you specified are not correct.",
        "A user is already registered with this phone number.",
        "The phone number is not assigned to any user account.",
        "Username can not be used. Please use other username.",
        "The username and/or password you specified are not correct.",
        "Enter a phone number including country code (e.g. +1 for the US).",
        "Phone",
        "Username",
        "Login",
        "Username, email or phone",
        "Username or email",
        "Username or phone",
        "Email or phone",
        "Username (optional)",
    }
)
"""Sentences of allauth that no page of ours can show, so that nobody translates them."""
