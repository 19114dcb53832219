"""Forms of the register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.breaches.models import Happened, Outcome, Whose
from baqylau.breaches.services import TEXT, Noted
from baqylau.web.forms import DayField

LONG = forms.Textarea(attrs={"rows": 5})
ENDINGS = [(each.value, each.label) for each in Outcome if each.value]


class BreachForm(forms.Form):
    """What is known of a breach."""

    detected_on = DayField(
        label=_("Detected on"), help_text=_("The day on which somebody of us noticed it.")
    )
    happened = forms.ChoiceField(label=_("What happened"), choices=Happened.choices)
    whose = forms.ChoiceField(label=_("Whose data it is"), choices=Whose.choices)
    people = forms.IntegerField(
        label=_("How many people, as far as is known"),
        min_value=0,
        max_value=10_000_000,
        required=False,
    )
    story = forms.CharField(
        label=_("How it came about and what data it was"),
        widget=LONG,
        max_length=TEXT,
        help_text=_("Without names, telephones and numbers of people."),
    )
    measures = forms.CharField(
        label=_("What was done about it"), widget=LONG, max_length=TEXT, required=False
    )

    def said(self) -> Noted:
        """What was typed."""
        return Noted(**self.cleaned_data)


class CorrectForm(BreachForm):
    """The same, with the edition that the person has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def said(self) -> Noted:
        """What was typed."""
        return Noted(**{name: v for name, v in self.cleaned_data.items() if name != "seen"})


class TellForm(forms.Form):
    """That the authority was told."""

    on = DayField(label=_("The authority was told on"))
    reference = forms.CharField(
        label=_("Number of the letter or of the receipt"), max_length=120, required=False
    )
    people_on = DayField(
        label=_("The people concerned were told on"),
        required=False,
        help_text=_("Leave it empty if they were not told yet."),
    )


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=ENDINGS)
