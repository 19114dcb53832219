"""Forms of residents about a point of a draft."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Stance
from baqylau.councils.services.commenting import Said

WHOLE = 1_000_000
"""Bytes of what a resident may send: so that a comment far too long comes back whole."""


class SayForm(forms.Form):
    """An opinion, a comment, or both. What is too long is refused further in: it comes back."""

    stance = forms.ChoiceField(
        label=_("What do you think of this point?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.CharField(
        label=_("What would you change, and why?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("Do not write names, telephones or numbers of persons: everybody can read it."),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1)

    def said(self, language: str) -> Said:
        """What was sent."""
        sent = self.cleaned_data
        return Said(sent["key"], sent["stance"], sent["text"], language, bool(sent["warned"]))


class CodeForm(forms.Form):
    """The code of a comment."""

    code = forms.CharField(
        label=_("Code of your comment"),
        max_length=20,
        help_text=_("Eight signs, shown when you sent it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
