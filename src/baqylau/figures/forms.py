"""Which period, and by what."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.figures.rules.sealing import REASON
from baqylau.figures.rules.spans import Chosen, all_of, choose, first_of
from baqylau.figures.showing import name_of
from baqylau.kernel.figures import Dimension, Span, Text

GROUPS = (
    (Span.YEAR, _("Years")),
    (Span.QUARTER, _("Quarters")),
    (Span.MONTH, _("Months")),
)


class PeriodForm(forms.Form):
    """A period, from the programme's first record on."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, since: date, today: date, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self._since, self._today = since, today
        groups = [
            (label, [(each.code, name_of(each)) for each in all_of(span, since, today)])
            for span, label in GROUPS
        ]
        field = self.fields["period"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*groups, ("all", _("all time"))]

    def chosen(self) -> Chosen:
        """The period asked for; the present year when none, or a wrong one, is."""
        self.is_valid()
        code = str(self.cleaned_data.get("period", ""))
        return choose(code) or Chosen(Span.YEAR, first_of(Span.YEAR, self._today))


class FigureForm(PeriodForm):
    """A period, and by what a figure is taken apart."""

    by = forms.ChoiceField(label=_("By"))

    def __init__(self, *args: Any, dimensions: Sequence[Dimension], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        field = self.fields["by"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.code, each.label) for each in dimensions]

    def by_code(self) -> str:
        """The dimension asked for; "" when none, or a wrong one, is."""
        self.is_valid()
        return str(self.cleaned_data.get("by", ""))


class CloseForm(forms.Form):
    """Closing what was looked at."""

    sure = forms.BooleanField(
        label=_("I have looked at the numbers. They may be published for ever."),
        error_messages={"required": _("Look at the numbers first, then tick this.")},
    )


def _reason(label: Text, *, is_required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in Kazakh why the number changes.")},
    )


class CorrectionForm(forms.Form):
    """Why a published number changes, for everybody to read."""

    kk = _reason(_("Why, in Kazakh"), is_required=True)
    ru = _reason(_("Why, in Russian"))
    en = _reason(_("Why, in English"))

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.fields["kk"].help_text = _("Everybody can read the reason, so it names nobody.")
