"""The list behind the figures of answers: terms that ended, the last first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q, QuerySet

from baqylau.casework.models import Step
from baqylau.casework.queries.cases import facts_of
from baqylau.casework.queries.listing import NONE
from baqylau.casework.rules.terms import ended_terms
from baqylau.casework.taxonomy import StepKind
from baqylau.kernel.places import Place

PAGE: Final = 50
IN_TIME_CODE, SILENCE_CODE = "in_time", "silence"
COLUMNS: Final[Mapping[str, str]] = {
    "district": "case__territory",
    "kind": "case__kind",
    "service": "case__service__code",
    "body": "body__code",
}
"""Where the value of a dimension stands."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which terms: days half-open, values of dimensions ("-": none), and how they ended."""

    first: date | None = None
    until: date | None = None
    how: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Steps, each of which ended a term, and where the next page begins (None: nothing follows).

    A page may have fewer rows than the next: a step that ended nothing, because it was struck out
    or came after another, is passed over. `is_cut` is what a list of cases may be: this one is not.
    """

    rows: Sequence[Step]
    next: Place | None = None
    is_cut: bool = False


def page(wanted: Wanted, after: Place | None = None) -> Page:
    """The next page after the place: three questions."""
    path = _narrowed(wanted)
    if after:
        path = path.filter(Q(on__lt=after.on) | Q(on=after.on, pk__lt=after.pk))
    related = ("case", "case__service", "case__territory", "body")
    rows = list(path.select_related(*related).order_by("-on", "-pk")[: PAGE + 1])
    further = Place(rows[PAGE - 1].on, rows[PAGE - 1].pk) if len(rows) > PAGE else None
    facts = facts_of({step.case_id: step.case for step in rows}.values())
    ended = {(case, fact.number) for case, known in facts.items() for fact in ended_terms(known)}
    kept = [step for step in rows[:PAGE] if (step.case_id, step.number) in ended]
    return Page(kept, further)


def _narrowed(wanted: Wanted) -> QuerySet[Step]:
    path = Step.objects.filter(due_on__isnull=False)
    if wanted.first:
        path = path.filter(on__gte=wanted.first)
    if wanted.until:
        path = path.filter(on__lt=wanted.until)
    for name, value in wanted.values:
        path = path.filter(**{COLUMNS[name]: None if value == NONE else value})
    if wanted.how == IN_TIME_CODE:
        path = path.filter(kind=StepKind.ANSWERED, on__lte=F("due_on"))
    if wanted.how == SILENCE_CODE:
        path = path.exclude(kind=StepKind.ANSWERED)
    return path
