"""How a call went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.reception.models import Call
from baqylau.reception.taxonomy import CallKind, Happened, Reached, Solved
from baqylau.web.forms import DayInput


class CallForm(forms.Form):
    """Whether somebody answered, what they said, and when to try again."""

    reached = forms.ChoiceField(
        label=_("How the call went"), choices=Reached.choices, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(
        label=_("Was the problem solved?"),
        choices=Solved.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    happened = forms.ChoiceField(
        label=_("Did the talk take place?"),
        choices=Happened.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    again_on = forms.DateField(
        label=_("Try again on"),
        required=False,
        widget=DayInput(),
        help_text=_("If nobody was reached. Left empty: tomorrow."),
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        if call.kind != CallKind.CHECK:
            del self.fields["happened"]
