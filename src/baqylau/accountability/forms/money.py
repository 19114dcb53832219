"""Forms of the budget, the spending and the stages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.accountability.forms.contracts import ShownForm, sheet
from baqylau.accountability.models import BudgetLine, Stage
from baqylau.accountability.services.money import Budgeted, Staged
from baqylau.web.forms import DayField


class LineForm(forms.Form):
    """A line of the budget."""

    code = forms.CharField(label=_("Code"), max_length=16)
    label_kk = forms.CharField(label=_("Name, in Kazakh"), max_length=300)
    label_ru = forms.CharField(label=_("Name, in Russian"), max_length=300)
    plan = forms.DecimalField(label=_("Plan, ₸"), min_value=0, max_digits=15, decimal_places=2)

    def said(self) -> Budgeted:
        """What was typed."""
        return Budgeted(**self.cleaned_data)


class SpendingForm(ShownForm):
    """Money that was spent."""

    on = DayField(label=_("Day"))
    amount = forms.DecimalField(label=_("Amount, ₸"), max_digits=15, decimal_places=2)
    document = forms.CharField(label=_("What the document is called"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.fields["file"] = sheet()


class StageForm(forms.Form):
    """A stage of the contract."""

    label_kk = forms.CharField(label=_("Name, in Kazakh"), max_length=300)
    label_ru = forms.CharField(label=_("Name, in Russian"), max_length=300)
    due_on = DayField(label=_("Due"))
    done_on = DayField(label=_("Done"), required=False)

    def said(self) -> Staged:
        """What was typed."""
        return Staged(**self.cleaned_data)


def as_line(row: BudgetLine) -> dict[str, object]:
    """A line as its form holds it."""
    return {name: getattr(row, name) for name in LineForm.base_fields}


def as_stage(row: Stage) -> dict[str, object]:
    """A stage as its form holds it."""
    return {name: getattr(row, name) for name in StageForm.base_fields}
