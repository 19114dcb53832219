"""Which period, and by what."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.figures.rules.spans import Chosen, all_of, choose, first_of
from baqylau.figures.showing import name_of
from baqylau.kernel.figures import Dimension, Span

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
