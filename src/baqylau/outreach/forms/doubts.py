"""Shapes of what is typed about doubts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.outreach.models import Verdict


class VerdictForm(forms.Form):
    """What somebody found who looked."""

    verdict = forms.ChoiceField(
        label=_("What you found"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("How you found out"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whom you asked, what you compared. No names of visitors."),
    )
