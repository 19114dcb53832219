"""Shapes of what is typed about bodies, points and ties."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from baqylau.documents.cells import clean
from baqylau.institutions import hours, queries
from baqylau.institutions.models import Institution, Kind, Ownership, PointKind, Tie
from baqylau.institutions.rules import MOST_PEOPLE
from baqylau.kernel.errors import DomainError
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField

Choices = list[tuple[str, Any]]
_NOTHING: Choices = [("", "")]


class Line(forms.CharField):
    """One line of text, cleaned of invisible signs."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - a field's options
        super().__init__(**{"max_length": 240, "required": False, **options})

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The text without invisible signs and double spaces."""
        return " ".join(clean(super().clean(value) or "").split())


class HoursField(forms.CharField):
    """Opening hours on one line."""

    def clean(self, value: Any) -> list[hours.Spell]:  # noqa: ANN401 - as Django's own
        """Hours as data."""
        try:
            return hours.read(super().clean(value) or "")
        except DomainError as error:
            raise forms.ValidationError(error.message) from error

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The line that was typed, or the stored hours as a line."""
        return hours.line(value) if isinstance(value, list) else value


def _hours() -> HoursField:
    return HoursField(
        label=_("Opening hours"),
        required=False,
        max_length=hours.LIMIT,
        help_text=_("Mo-Fr 9:00-18:00, break 13:00-14:00; Sa 9:00-13:00"),
    )


def _day(label: Any, *, required: bool = False) -> DayField:  # noqa: ANN401 - lazy text
    return DayField(label=label, required=required)


def _pick(label: Any, choices: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:  # noqa: ANN401 - lazy text
    return forms.ChoiceField(label=label, choices=list(choices))


def district_choices(units: Iterable[Territory]) -> Choices:
    """Districts for a list to choose from."""
    return [(unit.kato, full_name(unit)) for unit in units]


class InstitutionForm(forms.Form):
    """A body."""

    name_kk = Line(label=_("Name in Kazakh"), required=True)
    name_ru = Line(label=_("Name in Russian"))
    name_en = Line(label=_("Name in English"))
    kind = _pick(_("Kind"), Kind.choices)
    ownership = _pick(_("Ownership"), Ownership.choices)
    district_id = _pick(_("District"))
    address_kk = Line(label=_("Address in Kazakh"))
    address_ru = Line(label=_("Address in Russian"))
    phone = Line(label=_("Phone"), max_length=80)
    hours = _hours()
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https"
    )
    bin = Line(
        label=_("Business number"),
        max_length=12,
        validators=[RegexValidator(r"^[0-9]{12}$", _("A business number has 12 digits."))],
    )
    people = forms.IntegerField(
        label=_("People who work or learn there"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("About how many; empty where nobody knows"),
    )
    first_on = _day(_("From"))
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        _offer(self, "district_id", [*_NOTHING, *district_choices(districts)])


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class PointForm(forms.Form):
    """A branch or a reception room."""

    kind = _pick(_("What happens here"), PointKind.choices)
    name_kk = Line(label=_("Name in Kazakh"), required=True)
    name_ru = Line(label=_("Name in Russian"))
    name_en = Line(label=_("Name in English"))
    district_id = _pick(_("District"))
    address_kk = Line(label=_("Address in Kazakh"))
    address_ru = Line(label=_("Address in Russian"))
    phone = Line(label=_("Phone"), max_length=80)
    hours = _hours()
    note_kk = Line(label=_("Remark in Kazakh"), max_length=500)
    note_ru = Line(label=_("Remark in Russian"), max_length=500)
    note_en = Line(label=_("Remark in English"), max_length=500)
    first_on = _day(_("From"))
    until_on = _day(_("Until"))

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        _offer(self, "district_id", [*_NOTHING, *district_choices(districts)])


class CloseForm(forms.Form):
    """The end of a body."""

    until_on = _day(_("The first day when it is no longer there"), required=True)
    successor = Line(
        label=_("Code of the successor"),
        max_length=8,
        help_text=_("It stands on the successor's page."),
    )


class InterestForm(forms.Form):
    """A tie: of a colleague, or of another body by its code."""

    tie = _pick(_("How"), Tie.choices)
    person = forms.ChoiceField(label=_("Colleague"), required=False)
    other = Line(label=_("or the code of another institution"), max_length=8)
    first_on = _day(_("From"))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        _offer(self, "person", [*_NOTHING, *people])

    def clean_other(self) -> Institution | None:
        """The other body."""
        return _found(self.cleaned_data["other"], queries.institution)


def _found(code: str, find: Callable[[str], Institution]) -> Institution | None:
    try:
        return find(code) if code else None
    except DomainError as error:
        raise forms.ValidationError(error.message) from error


class FilterForm(forms.Form):
    """What a list shows."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    ownership = forms.ChoiceField(label=_("Ownership"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        everything = [("", _("all"))]
        _offer(self, "kind", [*everything, *Kind.choices])
        _offer(self, "district", [*everything, *district_choices(districts)])
        _offer(self, "ownership", [*everything, *Ownership.choices])
        states = [("open", _("in operation")), ("closed", _("closed down")), ("all", _("all"))]
        _offer(self, "state", states)

    def wanted(self) -> queries.Wanted:
        """What was asked for; a wrong choice counts as none."""
        self.is_valid()
        data = self.cleaned_data
        return queries.Wanted(
            query=data.get("q", ""),
            kind=data.get("kind", ""),
            district=data.get("district", ""),
            ownership=data.get("ownership", ""),
            state=data.get("state", "") or "open",
        )
