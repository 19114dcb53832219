"""The form that unlocks a person's key."""

from django import forms
from django.utils.translation import gettext_lazy as _

FIELD = "unlock_passphrase"
THEN = "unlock_then"
"""What is done afterwards: `send` when the page was to take what was typed."""
OWN = frozenset({FIELD, THEN, "csrfmiddlewaretoken"})


class UnlockForm(forms.Form):
    """The sealing passphrase."""

    unlock_passphrase = forms.CharField(
        label=_("Sealing passphrase"),
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
        help_text=_("The one for your key, not the one with which you sign in."),
    )
