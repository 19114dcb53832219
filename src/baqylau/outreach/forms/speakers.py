"""Shapes of what is typed about speakers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.outreach.forms.days import LastDayField
from baqylau.outreach.models import SpeakerNoteKind
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField


class SpeakerForm(forms.Form):
    """Who speaks for the programme."""

    name = forms.CharField(label=_("Name"), max_length=160)
    person = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("With an account they see and report their own events."),
    )
    district = forms.ChoiceField(label=_("District"), required=False)
    is_volunteer = forms.BooleanField(label=_("Volunteer"), required=False)
    first_on = DayField(label=_("First day"))
    until_on = LastDayField(label=_("Last day"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        people: Iterable[tuple[str, str]],
        districts: Iterable[Territory],
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        super().__init__(*args, **options)
        offered: dict[str, list[tuple[str, Any]]] = {
            "person": [("", _("none")), *people],
            "district": [("", ""), *[(unit.kato, full_name(unit)) for unit in districts]],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class NoteForm(forms.Form):
    """Something about training or conduct; it cannot be changed later."""

    kind = forms.ChoiceField(label=_("What is noted"), choices=SpeakerNoteKind.choices)
    on = DayField(label=_("Day"))
    until_on = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("For a pause: the first day on which they speak again."),
    )
    note = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
