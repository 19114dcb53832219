"""A slip that somebody pastes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SlipForm(forms.Form):
    """The text of a slip."""

    slip = forms.CharField(
        label=_("The text of the slip"),
        max_length=2_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Paste the text of the slip, from its first to its last line.")
        },
    )

    def clean_slip(self) -> str:
        """Without what stands around it: people copy an empty line too many."""
        return str(self.cleaned_data["slip"]).replace("\r\n", "\n").strip() + "\n"
