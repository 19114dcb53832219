"""How a call went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.reception.forms.fields import LaterChoice
from baqylau.reception.models import Call
from baqylau.reception.rules.calls import lacking_answers
from baqylau.reception.taxonomy import CallKind, Happened, Reached, Solved
from baqylau.web.forms import DayField, add_refusal


class CallForm(forms.Form):
    """Whether somebody answered, what they said, and when to try again."""

    reached = forms.ChoiceField(
        label=_("How the call went"), choices=Reached.choices, widget=forms.RadioSelect
    )
    solved = LaterChoice(
        label=_("Was the problem solved?"),
        choices=Solved.choices,
        widget=forms.RadioSelect,
        help_text=_("If somebody answered."),
    )
    happened = LaterChoice(
        label=_("Did the talk take place?"),
        choices=Happened.choices,
        widget=forms.RadioSelect,
        help_text=_("If somebody answered."),
    )
    again_on = DayField(
        label=_("Try again on"),
        required=False,
        help_text=_("If nobody was reached. Left empty: tomorrow."),
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.kind = call.kind
        if call.kind != CallKind.CHECK:
            del self.fields["happened"]
            self.fields["solved"].required = False

    def clean(self) -> dict[str, Any]:
        """Both answers of a check are asked for at once."""
        data = super().clean() or self.cleaned_data
        said = [str(data.get(name) or "") for name in ("reached", "solved", "happened")]
        for error in lacking_answers(self.kind, *said):
            if error.field not in self.errors:
                add_refusal(self, error)
        return data
