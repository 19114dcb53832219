"""What is asked of coverage at the desk, and the goals of a year."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.institutions.models import Kind, Ownership
from baqylau.institutions.queries import Wanted
from baqylau.outreach.models import Campaign
from baqylau.outreach.queries.coverage import Asked
from baqylau.outreach.queries.words import words
from baqylau.outreach.services.goals import MOST
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory

_ALL = ("", _("all"))


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class FilterForm(forms.Form):
    """Which institutions, over what."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    ownership = forms.ChoiceField(label=_("Ownership"), required=False)
    q = forms.CharField(label=_("Name or address"), required=False, max_length=200)

    def __init__(self, asked: Asked, units: Iterable[Territory], data: Any = None) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(data)
        _offer(self, "year", [("", _("all time")), *((str(year), year) for year in asked.years)])
        _offer(self, "campaign", [_ALL, *_campaigns(asked.campaigns)])
        _offer(self, "district", [_ALL, *((unit.kato, full_name(unit)) for unit in units)])
        _offer(self, "kind", [_ALL, *Kind.choices])
        _offer(self, "ownership", [_ALL, *Ownership.choices])

    def wanted(self) -> Wanted:
        """What was asked for; a wrong choice counts as none."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            query=data.get("q", ""),
            kind=data.get("kind", ""),
            district=data.get("district", ""),
            ownership=data.get("ownership", ""),
        )


def _campaigns(rows: Iterable[Campaign]) -> list[tuple[str, str]]:
    return [(row.code, str(words(row, "name"))) for row in rows]


class GoalsForm(forms.Form):
    """How many institutions each district is to reach; an empty field is no goal."""

    def __init__(self, *args: Any, units: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        for unit in units:
            self.fields[f"d{unit.kato}"] = forms.IntegerField(
                label=full_name(unit),
                required=False,
                min_value=0,
                max_value=MOST,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def numbers(self) -> dict[str, int | None]:
        """The goals by district."""
        return {name[1:]: value for name, value in self.cleaned_data.items()}
