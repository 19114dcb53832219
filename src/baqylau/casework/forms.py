"""Shapes of what is typed about cases."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Step
from baqylau.casework.queries.listing import Wanted
from baqylau.casework.rules import papers
from baqylau.casework.rules.numbers import LIMIT
from baqylau.casework.taxonomy import (
    ContactKind,
    Evidence,
    Finding,
    Outcome,
    Procedure,
    Stage,
    StepKind,
)
from baqylau.files.forms import UploadField
from baqylau.institutions.labels import name as name_of
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing
from baqylau.kernel import clock
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField

Choices = list[tuple[str, Any]]
SHOWN = 12
"""Bodies that are offered when several fit."""
NAMED = 5
"""Bodies that are named in a refusal when several fit."""


def _pick(label: Any, choices: Iterable[tuple[str, Any]], *, required: bool = True) -> forms.Field:  # noqa: ANN401 - lazy text
    offered = [("", ""), *choices]
    return forms.ChoiceField(label=label, choices=offered, required=required)


class BodyField(forms.CharField):
    """A body by its code or by a part of its name; gives the code."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The code of the one body that fits."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return ""
        if (exact := Institution.objects.filter(code=text).first()) is not None:
            return exact.code
        found = list(listing(Places(query=text), clock.today())[: SHOWN + 1])
        if len(found) == 1:
            return found[0].code
        if not found:
            raise forms.ValidationError(_("No body has this name or code."))
        raise forms.ValidationError(
            _("Several bodies fit: choose one, or write more of the name."), code="several"
        )


class InstitutionField(BodyField):
    """A body by its code or a part of its name; gives the row, or None."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - a field's options
        hint = _("Its name, a part of it, or its code.")
        super().__init__(**{"max_length": 200, "required": False, "help_text": hint, **options})

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The body. Raises: ValidationError for none, and naming those that fit for several."""
        try:
            code = super().clean(value)
        except forms.ValidationError as error:
            if error.code != "several":
                raise
            fit = listing(Places(query=str(value)), clock.today())[:NAMED]
            raise forms.ValidationError(
                _("Several bodies fit. Write more of the name, or a code: %(bodies)s"),
                code="several",
                params={"bodies": "; ".join(f"{name_of(row)} – {row.code}" for row in fit)},
            ) from error
        return Institution.objects.select_related("district").get(code=code) if code else None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The code of a stored body, or what was typed."""
        return value.code if isinstance(value, Institution) else value


def _fields() -> dict[str, forms.Field]:
    return {
        "procedure": _pick(_("What was filed"), Procedure.choices),
        "body": BodyField(
            label=_("Body"),
            max_length=200,
            help_text=_("Its name, a part of it, or its code."),
        ),
        "finding": _pick(_("What it comes to"), Finding.choices),
        "until": DayField(
            label=_("Extended until"),
            required=False,
            help_text=_("Leave it empty when the letter names no day: the longest term counts."),
        ),
        "outcome": _pick(_("Outcome"), Outcome.choices),
        "evidence": _pick(_("What shows it"), Evidence.choices),
        "reference": forms.CharField(
            label=_("Number of the letter"),
            required=False,
            max_length=LIMIT,
            help_text=_("As e-Otinish or the office has given it. No names here."),
        ),
        "is_after_hours": forms.BooleanField(label=_("It came after 18:00"), required=False),
    }


def bodies_to_take(form: forms.Form) -> list[Institution]:
    """The bodies that fit what was typed, where several do."""
    if not form.has_error("body", "several"):
        return []
    return list(listing(Places(query=str(form["body"].value() or "")), clock.today())[:SHOWN])


def name_body(form: forms.Form, field: str = "body") -> None:
    """Say beside the field which body the code in it means: the code alone tells nobody."""
    code = str(form[field].value() or "").strip()
    found = Institution.objects.filter(code=code).first() if code else None
    if found is not None:
        form[field].help_text = name_of(found).text


ASKED: Mapping[str, tuple[str, ...]] = {
    StepKind.FILED: ("procedure", "body", "reference", "is_after_hours"),
    StepKind.REDIRECTED: ("body", "reference"),
    StepKind.EXTENDED: ("until", "reference"),
    StepKind.ANSWERED: ("reference",),
    StepKind.REVIEWED: ("finding",),
    StepKind.SILENCE: (),
    StepKind.COMPLAINT: ("body", "reference", "is_after_hours"),
    StepKind.FORWARDED: ("is_after_hours",),
    StepKind.DECIDED: ("finding", "reference"),
    StepKind.COURT: ("reference",),
    StepKind.CLOSED: ("outcome", "evidence"),
    StepKind.REOPENED: (),
}
"""Steps that are typed at the desk, and what each asks besides its day."""
SHOWN_BY = frozenset({StepKind.ANSWERED, StepKind.DECIDED, StepKind.CLOSED})
"""Steps that a letter or a proof usually comes with: their form takes it at once."""


def _sheet(*, required: bool) -> UploadField:
    """The field for a file."""
    return UploadField(
        label=_("File"),
        kinds=papers.KINDS,
        limit=papers.LIMIT,
        required=required,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png,.webp,.heic"}),
        help_text=_(
            "PDF, DOCX, JPEG, PNG, WebP or HEIC, up to 20 MB. The name of the file is not kept."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again."),
        },
    )


def _cleaning() -> forms.BooleanField:
    """The box, ticked, by which a photograph loses what it says besides what it shows."""
    return forms.BooleanField(
        label=_("Take the place, the time and the phone out of a photograph"),
        initial=True,
        required=False,
        help_text=_(
            "JPEG, PNG and WebP are kept without them. Untick it only when they are evidence "
            "themselves. Out of HEIC, PDF and DOCX nothing is taken: attach a scan instead."
        ),
    )


class StepForm(forms.Form):
    """One step; its fields follow from its kind. `seen` tells whether somebody was first."""

    on = DayField(label=_("Day"))
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        fields = _fields()
        for name in ASKED[kind]:
            self.fields[name] = fields[name]
        if kind in SHOWN_BY:
            self.fields["file"] = _sheet(required=False)
            self.fields["is_cleaned"] = _cleaning()


class AssignForm(forms.Form):
    """Who gets the case."""

    person = forms.ChoiceField(label=_("Colleague"))
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        _offer(self, "person", [("", ""), *people])


class TurnForm(forms.Form):
    """A button beside a step, or beside a body that is gone."""

    seen = forms.IntegerField(min_value=1)
    target = forms.IntegerField(required=False)


class AttachForm(forms.Form):
    """A file and its step. `seen` tells whether the form was sent before."""

    step = forms.ChoiceField(label=_("Which step it shows"))
    file = _sheet(required=True)
    is_cleaned = _cleaning()
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, steps: Iterable[Step], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        said: Choices = [(str(step.number), _dated(step)) for step in steps]
        _offer(self, "step", said[::-1])


def _dated(step: Step) -> str:
    return f"{date_format(step.on, 'SHORT_DATE_FORMAT')} – {step.get_kind_display()}"


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class FilterForm(forms.Form):
    """What the list shows."""

    whose = forms.ChoiceField(label=_("Whose"), required=False)
    due = forms.ChoiceField(label=_("Due"), required=False)
    state = forms.ChoiceField(label=_("Stage"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        everything: Choices = [("", _("all"))]
        _offer(self, "whose", [*everything, ("mine", _("my own")), ("nobody", _("nobody's yet"))])
        _offer(self, "due", [*everything, ("overdue", _("overdue")), ("week", _("this week"))])
        states = [("running", _("all that run")), ("waiting", _("all that wait for a body"))]
        states += Stage.choices
        _offer(self, "state", [*states, ("", _("all"))])
        _offer(self, "kind", [*everything, *ContactKind.choices])
        units = [(unit.kato, full_name(unit)) for unit in districts]
        _offer(self, "district", [*everything, *units])

    def wanted(self, data: Mapping[str, str]) -> Wanted:
        """What was asked for; a wrong choice counts as none. `data` may narrow further by code."""
        self.is_valid()
        names = ("whose", "due", "state", "kind", "district")
        chosen: dict[str, Any] = {n: str(self.cleaned_data.get(n, "")) for n in names}
        chosen |= {name: data.get(name, "")[:24] for name in CODES}
        chosen |= {name: _day(data.get(name, "")) for name in DAYS}
        return Wanted(**chosen)


CODES = ("room", "body", "service", "outcome")
DAYS = ("opened_from", "opened_until", "closed_from", "closed_until")
"""What only an address asks for, never the form: the lists behind figures."""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
