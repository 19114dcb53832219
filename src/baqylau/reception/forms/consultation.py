"""The one form of a consultation: all that may be said of a visit, most of it with a default."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import ContactKind
from baqylau.contacts.models import ANSWERS, Question, Relation
from baqylau.reception.forms.fields import AnyBodyField
from baqylau.reception.rules.visit import Visit
from baqylau.reception.rules.visitor import Newcomer
from baqylau.reception.taxonomy import Channel, Origin, Part, Result
from baqylau.web.forms import DayField

UNLISTED: Final = "-"
"""The choice "not in the list" among the services."""
QUERY_LIMIT: Final = 200
NO_FILL: Final[dict[str, Any]] = {"autocomplete": "off"}
Choices = Iterable[tuple[str, Any]]


def _chips(label: Any, choices: Choices, *, required: bool = True) -> forms.ChoiceField:  # noqa: ANN401 - lazy text
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, required=required
    )


def _line(label: Any, limit: int, **attrs: Any) -> forms.CharField:  # noqa: ANN401 - lazy text
    help_text = attrs.pop("help_text", "")
    widget = forms.TextInput(attrs={**NO_FILL, **attrs})
    return forms.CharField(
        label=label, max_length=limit, required=False, widget=widget, help_text=help_text
    )


def _pick(label: Any, choices: Choices) -> forms.ChoiceField:  # noqa: ANN401 - lazy text
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)


class ConsultationForm(forms.Form):
    """A visit and, below it, the visitor who agrees to be known.

    `rooms` and `districts` are (code, name). `service` is a code, UNLISTED, or "" for a question
    about no service; `query` is what was typed to find it. With `is_checked` False the page
    is only drawn again, with everything that was typed. `gone` is the code of a body
    that was named and is no longer there.
    """

    language = _chips(_("Language"), settings.LANGUAGES)
    channel = _chips(_("Way"), Channel.choices)
    room = forms.ChoiceField(label=_("Room"))
    query = _line(_("Service"), QUERY_LIMIT, type="search")
    service = forms.CharField(label=_("Service"), max_length=24, required=False)
    part = _chips(_("The question"), Part.choices)
    kind = _chips(_("Kind"), ContactKind.choices)
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **NO_FILL}),
        help_text=_("No names, no numbers of people here."),
    )
    result = _chips(_("Result"), Result.choices)
    call_on = DayField(label=_("Call on"), required=False)

    body = AnyBodyField(
        label=_("Body"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=NO_FILL),
        help_text=_("Its name, a part of it, or its code."),
    )
    district = _pick(_("District, if not the room's own"), ())
    acted_as = _pick(_("Came for a relative: the visitor is their"), Relation.choices)
    earlier = _line(_("Number of an earlier visit about the same problem"), 40, inputmode="numeric")
    earlier_digits = _line(_("Code on that slip"), 12, inputmode="numeric")
    slip = _line(_("Number of a slip printed in advance"), 40, inputmode="numeric")
    is_sheet = forms.BooleanField(label=_("Typed from a paper sheet"), required=False)
    held_on = DayField(label=_("Day of the talk, if not today"), required=False)

    contact = forms.CharField(max_length=16, required=False)
    agreed = forms.BooleanField(
        label=_("The visitor has heard the text and agrees"), required=False
    )
    name = _line(_("Name"), 240)
    phone = _line(_("Phone"), 80, inputmode="tel")
    agreed_to_call = forms.BooleanField(
        label=_("May be called later and asked whether the problem was solved"), required=False
    )
    sex = _chips(_("Sex"), (), required=False)
    age = _chips(_("Age"), (), required=False)
    place = _chips(_("Town or village"), (), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        rooms: Choices,
        districts: Choices,
        is_checked: bool = True,
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        self.is_checked = is_checked
        self.gone = ""
        super().__init__(*args, **options)
        offered = {"room": rooms, "district": [("", "—"), *districts]}
        for question in Question:
            offered[question.value] = [(answer.value, answer.label) for answer in ANSWERS[question]]
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def full_clean(self) -> None:
        """As Django's own; a page that is only drawn again finds no faults in what was typed."""
        if self.is_checked:
            super().full_clean()
        else:
            self._errors = ErrorDict()
            self.cleaned_data = {}

    def clean_service(self) -> str:
        """The chosen service. What was typed and not chosen is asked about, never dropped."""
        chosen = str(self.cleaned_data["service"])
        if not chosen and str(self.cleaned_data.get("query", "")).strip():
            raise forms.ValidationError(_("Choose the service, or say that it is not in the list."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """What hangs together: a sheet has its day, a name has its yes."""
        data = super().clean() or self.cleaned_data
        if data.get("is_sheet") and not data.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", _("Write the day of the paper sheet."))
        typed = str(data.get("name", "")).strip() or str(data.get("phone", "")).strip()
        if typed and not data.get("agreed") and not data.get("contact"):
            self.add_error(
                "agreed",
                _("A name or phone is kept only when the visitor agrees. Tick it, or empty both."),
            )
        return data


def visit_of(data: Mapping[str, Any]) -> Visit:
    """The visit that the form's cleaned data say."""
    service = data["service"]
    return Visit(
        language=data["language"],
        channel=data["channel"],
        room=data["room"],
        kind=data["kind"],
        result=data["result"],
        held_on=data["held_on"],
        origin=Origin.SHEET if data["is_sheet"] else Origin.DESK,
        district=data["district"],
        service="" if service == UNLISTED else service,
        is_unlisted=service == UNLISTED,
        body=data["body"],
        part=data["part"],
        answer=data["answer"],
        contact=data["contact"],
        acted_as=data["acted_as"],
        agreed_to_call=data["agreed_to_call"],
        continues=data["earlier"],
        slip=data["slip"],
        call_on=data["call_on"],
    )


def newcomer_of(data: Mapping[str, Any]) -> Newcomer | None:
    """The visitor who has just agreed; None for one without a name, or known already."""
    if not data["agreed"] or data["contact"]:
        return None
    answers = {question.value: data[question.value] for question in Question}
    return Newcomer(
        name=data["name"],
        phone=data["phone"],
        text_language=data["language"],
        answers={question: answer for question, answer in answers.items() if answer},
    )
