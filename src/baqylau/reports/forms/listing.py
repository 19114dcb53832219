"""What the list of reports shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.reports.queries.listing import Wanted
from baqylau.reports.taxonomy import State


class FilterForm(forms.Form):
    """A row of choices above the list; a wrong one counts as none."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("open", _("all that are open")), *State.choices[:-1]],
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", _("all")),
            ("acknowledge", _("to be acknowledged")),
            ("feedback", _("feedback is due")),
            ("overdue", _("overdue")),
        ],
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("all")), ("mine", _("those I can open"))],
    )
    urgent = forms.BooleanField(label=_("Urgent only"), required=False)

    def wanted(self) -> Wanted:
        """What was asked for."""
        self.is_valid()
        known = self.cleaned_data
        return Wanted(
            state=known.get("state") or "open",
            whose=known.get("whose", ""),
            due=known.get("due", ""),
            urgent=bool(known.get("urgent")),
        )
