"""Forms of councils, categories, members and what these declare."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import InstitutionField
from baqylau.councils.forms.fields import Line, offer
from baqylau.councils.models import Category, CouncilKind
from baqylau.institutions.models import Tie
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField


class CouncilForm(forms.Form):
    """A council."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CouncilKind.choices)
    name_kk = Line(label=_("Name in Kazakh"), required=True)
    name_ru = Line(label=_("Name in Russian"))
    name_en = Line(label=_("Name in English"))
    institution = InstitutionField(label=_("The body that it is attached to"))
    district = forms.ChoiceField(label=_("District"), required=False)
    first_on = DayField(label=_("From"))
    until_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day when it is no longer there.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.units = {unit.kato: unit for unit in districts}
        rows = [(kato, full_name(unit)) for kato, unit in self.units.items()]
        offer(self, "district", [("", _("not said")), *rows])

    def said(self) -> dict[str, Any]:
        """What was typed; the district as a row."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return {**fields, "district": self.units.get(fields["district"])}


class CategoryForm(forms.Form):
    """A category of members."""

    code = forms.CharField(
        label=_("Code"),
        max_length=24,
        validators=[RegexValidator(r"\A[a-z][a-z_]*\Z", _("Small Latin letters and lines."))],
        help_text=_("Small Latin letters; it stays when the name changes."),
    )
    label_kk = Line(label=_("Name in Kazakh"), max_length=120, required=True)
    label_ru = Line(label=_("Name in Russian"), max_length=120)
    label_en = Line(label=_("Name in English"), max_length=120)
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999)
    first_on = DayField(label=_("From"), required=False)
    until_on = DayField(label=_("Until"), required=False)


class MemberForm(forms.Form):
    """A term in a council."""

    name = Line(label=_("Name"), max_length=160, required=True)
    category = forms.ChoiceField(label=_("Category"))
    organisation_kk = Line(label=_("Sent by, in Kazakh"))
    organisation_ru = Line(label=_("Sent by, in Russian"))
    person = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("With it the member votes at the desk and gets letters."),
    )
    is_chair = forms.BooleanField(label=_("Chair of the council"), required=False)
    is_civil_servant = forms.BooleanField(label=_("Civil servant"), required=False)
    first_on = DayField(label=_("From"))
    until_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without a seat. The term stays on record."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        categories: Iterable[Category],
        people: Iterable[tuple[str, str]],
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        super().__init__(*args, **options)
        self.categories = {row.code: row for row in categories}
        from_rows = [(row.code, _named(row)) for row in self.categories.values()]
        offer(self, "category", [("", ""), *from_rows])
        offer(self, "person", [("", _("without an account")), *people])

    def said(self) -> dict[str, Any]:
        """What was typed; the category as a row."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return {**fields, "category": self.categories[fields["category"]]}


def _named(row: Category) -> str:
    return str(row)


class InterestForm(forms.Form):
    """What ties a member to a body."""

    institution = InstitutionField(label=_("Institution"), required=True)
    tie = forms.ChoiceField(label=_("How"), choices=Tie.choices)
    first_on = DayField(label=_("From"))
