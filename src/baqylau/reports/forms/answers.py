"""The questions of the form. None must be answered, and what was typed is refused, never cut."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baqylau.law.counting import add_months
from baqylau.reports.queries.places import ids
from baqylau.reports.rules.answers import Answers, Name
from baqylau.reports.rules.contents import WORDS
from baqylau.reports.taxonomy import Amount, BribeForm, Conduct, Stage

LINE = 300
"""Characters of a name of a person, an office, a service."""
REACH = 1_000
MONTHS = 18
"""Months that can be chosen one by one; before them whole years."""
YEARS = 6
TEMPLATE = "reports/parts/field.html"

Choices = Iterable[tuple[str, Any]]


class Typed(forms.CharField):
    """Words of any length up to a limit; over it they are refused and come back whole."""

    template_name = TEMPLATE

    def __init__(self, *, limit: int, lines: int = 1, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        attrs: dict[str, object] = {"autocomplete": "off", "spellcheck": "false"}
        widget = forms.Textarea(attrs | {"rows": lines}) if lines > 1 else forms.TextInput(attrs)
        super().__init__(required=False, max_length=limit, widget=widget, **options)

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """With the line ends that people count."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - as Django's own
        """Without `maxlength`: a browser would cut what is pasted, without a word."""
        return {}


class Chosen(forms.ChoiceField):
    """One of a few answers; to say none is always one of them, and chosen at first."""

    template_name = TEMPLATE

    def __init__(self, *, choices: Choices, few: bool = True, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        said = [*((code, label) for code, label in choices if code != "untold"), ("", UNTOLD)]
        widget = forms.RadioSelect() if few else forms.Select(attrs={"autocomplete": "off"})
        super().__init__(
            choices=said if few else [said[-1], *said[:-1]],
            required=False,
            widget=widget,
            **options,
        )


SAID = (
    "stage",
    "conduct",
    "bribe",
    "amount",
    "district",
    "institution",
    "office",
    "service",
    "month",
    "story",
    "avoid_words",
)
"""Fields that stand among the answers as they are."""
UNTOLD = _("I would rather not say")


class AnswersForm(forms.Form):
    """Every question. Which of them a page shows is the page's affair; the others travel hidden."""

    use_required_attribute = False

    stage = Chosen(label=_("How far has it gone?"), choices=Stage.choices)
    conduct = Chosen(label=_("What happened?"), choices=Conduct.choices)
    bribe = Chosen(label=_("What was asked for or given?"), choices=BribeForm.choices)
    amount = Chosen(label=_("How much, about?"), choices=Amount.choices)
    district = Chosen(label=_("In which district?"), choices=(), few=False)
    office = Typed(
        label=_("In which office?"),
        help_text=_("A hospital, school, department … as people call it."),
        limit=LINE,
    )
    institution = forms.CharField(label=_("Is it one of these?"), required=False)
    service = Typed(
        label=_("What had you come for?"),
        help_text=_("An operation, a certificate, an exam, a plot of land …"),
        limit=LINE,
    )
    month = Chosen(label=_("When was it, about?"), choices=(), few=False)
    story = Typed(
        label=_("Tell us how it was"),
        help_text=_("Who said what, where, who else was there. As you would tell a friend."),
        limit=WORDS,
        lines=12,
    )
    is_urgent = forms.BooleanField(
        label=_("It is urgent: somebody is in danger, or money will be handed over within days"),
        help_text=_("Our officers see this mark before they open the report."),
        required=False,
    )
    near = forms.ChoiceField(
        label=_("May people who are tied to that office read it?"),
        choices=(("", _("No, keep them out")), ("1", _("Yes, they may"))),
        widget=forms.RadioSelect(),
        required=False,
    )
    avoid_words = Typed(
        label=_("Whose people must not read it, besides?"),
        help_text=_("Name an office and find it in the list, one after the other."),
        limit=LINE,
    )
    avoid = forms.MultipleChoiceField(
        label=_("People of these offices must not read it"),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    name = Typed(label=_("Your name"), limit=LINE)
    phone = Typed(label=_("Telephone"), limit=LINE)
    reach = Typed(
        label=_("How and when can you be reached safely?"),
        help_text=_("“After six, never by voice”, “through my sister” …"),
        limit=REACH,
        lines=3,
    )
    wants_slip = forms.BooleanField(
        label=_("Give me a filing slip as well"),
        help_text=_(
            "A signed text that proves that something was filed on this day, without saying what. "
            "Whoever finds it on you knows that you wrote to us: take it only if you need proof."
        ),
        required=False,
    )

    def __init__(self, *args: Any, places: Choices, today: date, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.template_name = TEMPLATE  # type: ignore[attr-defined]  # not in the stubs yet
        self._offer("district", places)
        self._offer("month", months(today, get_language() or "kk"))

    def clean_institution(self) -> str:
        """An office of the register; "" for what is none."""
        code = str(self.cleaned_data["institution"])
        return code if ids([code]) else ""

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", UNTOLD), *choices]

    def offer_offices(self, name: str, choices: Choices) -> None:
        """Let an office be chosen of these, or none of them; without any nothing is asked."""
        said = [(code, label) for code, label in choices]
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = said
        elif said:
            field.widget = forms.RadioSelect(choices=[*said, ("", _("None of these"))])

    def bound(self, names: Collection[str]) -> list[BoundField]:
        """The fields with these names, in that order."""
        return [self[name] for name in names if name in self.fields]

    def wrong(self) -> list[str]:
        """Names of the fields that are not in order."""
        return [name for name in self.errors if name in self.fields]


@lru_cache(maxsize=8)
def months(today: date, language: str) -> Sequence[tuple[str, str]]:
    """The latest months, then the years before them: the nearest first."""
    first = [add_months(today.replace(day=1), -back) for back in range(MONTHS)]
    with translation.override(language):
        said = [(f"{day:%Y-%m}", date_format(day, "YEAR_MONTH_FORMAT")) for day in first]
    years = (str(first[-1].year - back) for back in range(YEARS))
    return (*said, *((year, year) for year in years))


def answers_of(values: Mapping[str, Any], *, language: str, assisted: bool) -> Answers:
    """What was answered, from the form's cleaned values."""
    return Answers(
        **{name: values[name] for name in SAID},
        avoid=tuple(avoided(values)),
        language=language,
        assisted=assisted,
    )


def avoided(values: Mapping[str, Any]) -> list[str]:
    """Codes of the offices whose people are kept out: those named, and where it happened."""
    here = [values["institution"]] if values["institution"] and not values["near"] else []
    return list(dict.fromkeys([*here, *values["avoid"]]))


def name_of(values: Mapping[str, Any]) -> Name:
    """Who the reporter is, from the form's cleaned values."""
    return Name(values["name"], values["phone"], values["reach"])
