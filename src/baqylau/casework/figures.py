"""What is counted of cases.

A case counts as it stands: whatever a step changes (body, outcome, closed or open) moves with it,
so that a number and the list that it opens are the same. What was told before the step is taken
back, and what holds after it is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count as CountOf
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.casework import figures_terms
from baqylau.casework.access import SEE
from baqylau.casework.dimensions import BODY, DISTRICT, KIND, OUTCOME, ROOM, SERVICE
from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts_of
from baqylau.casework.queries.listing import NONE, waiting
from baqylau.casework.rules.facts import Fact, Picture, picture_of
from baqylau.casework.taxonomy import SOLVING, SOLVING_CODE, ContactKind
from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import (
    Contribution,
    Count,
    Days,
    Figure,
    Fold,
    Live,
    Part,
    Share,
    Slice,
    Told,
)

OPENED, CORRUPTION = "casework.opened", "casework.corruption"
CLOSED, SOLVED = "casework.closed", "casework.solved"


def run(told: Sequence[Told]) -> Iterator[Contribution]:
    """What the steps that were told change in the counts."""
    spans: dict[str, tuple[int, int]] = {}
    for entry in told:
        number, step = entry.subject.removeprefix("case:"), int(entry.payload["number"])
        spans[number] = (spans.get(number, (step, step))[0], step)
    cases = Case.objects.filter(number__in=list(spans)).select_related("service", "room")
    rows = list(cases)
    facts = facts_of(rows)
    for row in rows:
        first, last = spans[row.number]
        known = facts[row.pk]
        for given in _standing(row, [fact for fact in known if fact.number < first]):
            yield _taken_back(given)
        yield from _standing(row, [fact for fact in known if fact.number <= last])


def _taken_back(given: Contribution) -> Contribution:
    return Contribution(given.measure, given.on, -given.amount, given.cells, given.size)


def _standing(row: Case, facts: list[Fact]) -> Iterator[Contribution]:
    """What the case counts for after these steps."""
    if not facts:
        return
    picture = picture_of(facts)
    cells = {
        "service": row.service.code if row.service else "",
        "district": row.territory_id,
        "room": row.room.code if row.room else "",
        "body": picture.body,
    }
    with_kind = {**cells, "kind": row.kind}
    yield Contribution(OPENED, row.opened_on, cells=with_kind)
    if row.kind == ContactKind.CORRUPTION:
        yield Contribution(CORRUPTION, row.opened_on, cells=cells)
    yield from _ended(row, picture, with_kind)
    yield from figures_terms.counted(with_kind, facts)


def _ended(row: Case, picture: Picture, cells: Mapping[str, str]) -> Iterator[Contribution]:
    if picture.closed is None:
        return
    on, outcome = picture.closed.on, picture.closed.outcome
    size = max(0, (on - row.opened_on).days)
    yield Contribution(CLOSED, on, cells={**cells, "outcome": outcome}, size=size)
    if outcome in SOLVING:
        yield Contribution(SOLVED, on, cells=cells)


FOLDS = (
    Fold(
        "casework.cases",
        frozenset({"casework.step"}),
        frozenset({OPENED, CORRUPTION, CLOSED, SOLVED}) | figures_terms.MEASURES,
        run,
        version=2,
    ),
)


def _address(wanted: Slice, when: str, state: str) -> str:
    query = {"state": state}
    if wanted.period:
        query |= {
            f"{when}_from": wanted.period.first.isoformat(),
            f"{when}_until": wanted.period.until.isoformat(),
        }
    if wanted.dimension:
        query[wanted.dimension] = wanted.value or NONE
    return f"{reverse('cases')}?{urlencode(query)}"


def opened_list(_actor: Actor, wanted: Slice) -> str:
    """The cases that were opened then."""
    return _address(wanted, "opened", "")


def closed_list(_actor: Actor, wanted: Slice) -> str:
    """The cases that were closed then and are closed still."""
    return _address(wanted, "closed", "closed")


def solved_list(_actor: Actor, wanted: Slice) -> str:
    """Of those the solved ones."""
    return f"{_address(wanted, 'closed', 'closed')}&outcome={SOLVING_CODE}"


def corruption_list(_actor: Actor, wanted: Slice) -> str:
    """Of the cases that were opened then those with a corruption indication."""
    return f"{_address(wanted, 'opened', '')}&kind={ContactKind.CORRUPTION}"


def overdue_list(_actor: Actor, wanted: Slice) -> str:
    """The cases in which a body is late today."""
    return f"{_address(wanted, 'opened', 'waiting')}&due=overdue"


OVERDUE_BY = {
    "body": "body_id",
    "district": "territory_id",
    "kind": "kind",
    "service": "service_id",
}
"""Columns of the index by which they are counted."""
CODED = {"body": Institution.objects.all(), "service": PublicService.objects.all()}
"""Where a column's number has its code."""


def count_overdue(today: date, by: str) -> Mapping[str, int]:
    """Running cases whose body is late on the day, by a column's values."""
    late = waiting(Case.objects.overdue(today))
    if not by:
        return {"": late.count()}
    rows = late.order_by().values_list(OVERDUE_BY[by]).annotate(number=CountOf("*"))
    found = {value: number for value, number in rows if value}
    codes = dict(CODED[by].filter(pk__in=found).values_list("pk", "code")) if by in CODED else {}
    stated = {codes.get(value, value): number for value, number in found.items()}
    unstated = sum(number for value, number in rows if not value)
    return {**stated, "": unstated} if unstated else stated


_EVERY = (KIND, SERVICE, DISTRICT, ROOM, BODY)
_PLACES = (DISTRICT, SERVICE, ROOM, BODY)

FIGURES = (
    Figure(
        code="casework.opened",
        label=_("Cases opened"),
        sentence=_(
            "How many cases were opened in the period. Each case counts once, on the day it was "
            "opened, with the body that has it now. Counted from the steps of cases."
        ),
        population=_("Cases opened"),
        unit=_("cases"),
        kind=Count(OPENED),
        action=SEE,
        dimensions=_EVERY,
        records=opened_list,
        parts=(Part("kind", frozenset({ContactKind.CORRUPTION.value}), CORRUPTION),),
        published=frozenset({"district", "body"}),
        order=30,
    ),
    Figure(
        code="casework.closed",
        label=_("Cases closed, by outcome"),
        sentence=_(
            "How many cases were closed in the period, and how they ended. A case that was opened "
            "again does not count until it is closed anew. Counted from the steps of cases."
        ),
        population=_("Cases closed"),
        unit=_("cases"),
        kind=Count(CLOSED),
        action=SEE,
        dimensions=(OUTCOME, *_EVERY),
        records=closed_list,
        parts=(Part("outcome", frozenset(each.value for each in SOLVING), SOLVED),),
        published=frozenset({"outcome", "district", "body"}),
        order=31,
    ),
    Figure(
        code="casework.solved",
        label=_("Share of cases solved"),
        sentence=_(
            "Of all cases closed in the period, the share in which the person got what they came "
            "for: solved without an appeal, appeal won, money returned, or rule changed. A measure "
            "against an official is not counted as solved, and no closed case is left out of the "
            "whole, not even lost contact."
        ),
        population=_("Cases closed"),
        unit=_("share solved"),
        kind=Share(SOLVED, CLOSED, _("of them solved")),
        action=SEE,
        dimensions=(*_PLACES, KIND),
        records=closed_list,
        counted=solved_list,
        published=frozenset({"district", "body"}),
        order=32,
    ),
    Figure(
        code="casework.days",
        label=_("Days to the outcome"),
        sentence=_(
            "For cases closed in the period: calendar days from opening the case to closing it. "
            "Cases that still run are not in it, so a year in which many run on looks faster than "
            "it is."
        ),
        population=_("Cases closed"),
        unit=_("days, median"),
        kind=Days(CLOSED),
        action=SEE,
        dimensions=(KIND, OUTCOME, DISTRICT, BODY, SERVICE, ROOM),
        records=closed_list,
        published=frozenset(),
        order=33,
    ),
    Figure(
        code="casework.overdue",
        label=_("Cases in which a body is late"),
        sentence=_(
            "Running cases in which a term of a state body is over today: for an answer, for "
            "passing a complaint on, or for deciding it. Our own terms are not counted. Asked from "
            "the list of cases at this moment."
        ),
        population=_("Cases in which a body is late"),
        unit=_("cases"),
        kind=Live(count_overdue),
        action=SEE,
        dimensions=(BODY, DISTRICT, KIND, SERVICE),
        records=overdue_list,
        order=34,
    ),
    Figure(
        code="casework.corruption",
        label=_("Share of cases with a corruption indication"),
        sentence=_(
            "Of all cases opened in the period, the share that came about an indication of "
            "corruption. What people say, not what is proven; more of them may mean more trust."
        ),
        population=_("Cases opened"),
        unit=_("share"),
        kind=Share(CORRUPTION, OPENED, _("of them with a corruption indication")),
        action=SEE,
        dimensions=_PLACES,
        records=opened_list,
        counted=corruption_list,
        order=35,
    ),
    *figures_terms.FIGURES,
)
