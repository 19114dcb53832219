"""Why a consultation is struck out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.reception.taxonomy import StrikeReason


class StrikeForm(forms.Form):
    """One reason of the list; nothing is chosen beforehand."""

    reason = forms.ChoiceField(
        label=_("Why is it struck out?"), choices=StrikeReason.choices, widget=forms.RadioSelect
    )
