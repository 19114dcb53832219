"""What waits for somebody, and what the desk's search finds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from operator import attrgetter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.casework.access import SEE, WORK
from baqylau.casework.models import Case, CaseQuerySet
from baqylau.casework.rules.numbers import LETTER, letter_of, read_number, reference
from baqylau.casework.taxonomy import Stage
from baqylau.catalogue.queries.published import name_of
from baqylau.catalogue.queries.search import search as find_services
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.models import ServicePoint
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing as places
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.roles import Role
from baqylau.kernel.work import Asked, Only, Task
from baqylau.territories.labels import language

FOUND = 10
"""Cases that the search shows of each kind."""
SUBJECTS = 3
"""Bodies, and services, whose cases the search shows."""
IN_HAND = (Stage.OPEN, Stage.ANSWERED, Stage.REVIEWED)
"""Stages in which the next move is ours and no term says when."""


def address(case: Case) -> str:
    """The case's page."""
    return reverse("case", args=[reference(case.number)])


def due(asked: Asked) -> Sequence[Task]:
    """My cases, nobody's and my rooms' whose term is over, or ends within a week.

    Those who coordinate see everybody's overdue ones too.
    """
    span = asked.span()
    if span is None or not may_somewhere(asked.actor, WORK):
        return ()
    first, until = span
    lanes = [(lane, until) for lane in _lanes(asked)]
    if Role.COORDINATOR in asked.actor.roles and asked.only in {Only.ALL, Only.OVERDUE}:
        lanes.append(({}, min(until, asked.today)))
    found: dict[int, Case] = {}
    for lane, end in lanes:
        rows = Case.objects.filter(next_due_on__gte=first, next_due_on__lt=end, **lane)
        rows = rows.filter(Q(next_due_on__gt=first) | Q(pk__gt=_from(asked, first)))
        found |= {row.pk: row for row in rows.order_by("next_due_on", "pk")[: asked.limit]}
    first_ones = sorted(found.values(), key=attrgetter("next_due_on", "pk"))[: asked.limit]
    return [_task(case, asked, case.next_due_on) for case in first_ones]


def in_hand(asked: Asked) -> Sequence[Task]:
    """My cases, nobody's and my rooms' that wait for our next move, while no term says when."""
    if not asked.undated() or not may_somewhere(asked.actor, WORK):
        return ()
    later = Q(next_due_on=None) | Q(next_due_on__gte=asked.end)
    rows = Case.objects.filter(later, pk__gt=asked.after_among_undated())
    found: dict[int, Case] = {}
    for lane, stage in product(_lanes(asked), IN_HAND):
        lane_rows = rows.filter(stage=stage, **lane).order_by("pk")
        found |= {row.pk: row for row in lane_rows[: asked.limit]}
    return [_task(found[pk], asked, None) for pk in sorted(found)[: asked.limit]]


def _from(asked: Asked, first: date) -> int:
    """The number after which cases of the first day are meant."""
    return asked.after_number if first == asked.after_on else 0


def _lanes(asked: Asked) -> list[dict[str, object]]:
    """Whose cases are meant, each lane the beginning of an index: one is read after another."""
    if asked.only is Only.CALL:
        return []
    mine: dict[str, object] = {"person": asked.actor.key}
    if asked.only is Only.MINE:
        return [mine]
    rooms = ServicePoint.objects.filter(code__in=asked.actor.places).order_by("pk")
    my_rooms: list[dict[str, object]] = [{"room": pk} for pk in rooms.values_list("pk", flat=True)]
    return my_rooms if asked.only is Only.ROOM else [mine, {"person": ""}, *my_rooms]


def _task(case: Case, asked: Asked, on: date | None) -> Task:
    return Task(
        label=what_next(case, asked.today),
        url=address(case),
        due_on=on,
        kind=_("case"),
        number=case.pk,
        reference=case.number,
        is_mine=case.person == asked.actor.key,
    )


def what_next(case: Case, today: date) -> str:
    """The next move, in words."""
    is_over = case.next_due_on is not None and case.next_due_on < today
    if case.stage == Stage.FILED and is_over:
        return _("No answer came in time: note the silence")
    return {
        Stage.OPEN: _("Nothing is filed yet"),
        Stage.FILED: _("Wait for the answer"),
        Stage.ANSWERED: _("Review the answer"),
        Stage.REVIEWED: _("Close the case, or go on"),
        Stage.REFUSED: _("Decide with the person about a complaint"),
        Stage.COMPLAINED: _("Wait for the decision on the complaint"),
        Stage.DECIDED: _("Decide with the person about the court"),
        Stage.IN_COURT: _("Follow the court"),
        Stage.CLOSED: _("Nothing more is to be done"),
    }[Stage(case.stage)]


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Cases by number, by body and by service, the newest first."""
    if not may_somewhere(actor, SEE):
        return ()
    seen = {case.pk: case for group in _found(query) for case in _newest(group)}
    is_exact = read_number(query) is not None and letter_of(query) in {"", LETTER}
    return [replace(hit(case), is_exact=is_exact) for case in seen.values()]


def _newest(group: Sequence[CaseQuerySet]) -> list[Case]:
    """The newest of several lists. Each is read from its index: all at once would be sorted."""
    rows = [
        case
        for each in group
        for case in each.select_related("service", "body").order_by("-opened_on", "-id")[:FOUND]
    ]
    return sorted(rows, key=lambda case: (case.opened_on, case.pk), reverse=True)[:FOUND]


def _found(query: str) -> Iterator[list[CaseQuerySet]]:
    read = read_number(query)
    if read:
        year, serial = read
        by_year = {"year": year} if year else {}
        yield [Case.objects.filter(serial=serial, **by_year)]
        return
    bodies = places(Places(query=query, state="all"), date.min).values_list("pk", flat=True)
    yield [Case.objects.filter(body=body) for body in bodies[:SUBJECTS]]
    services = find_services(query, SUBJECTS)
    yield [Case.objects.filter(service__code=service.code) for service in services]


def hit(case: Case) -> Hit:
    """A case as a row of the search."""
    about = [
        place_name(case.body).text if case.body else "",
        name_of(case.service, language()) if case.service else "",
    ]
    return Hit(
        label=case.number,
        url=address(case),
        kind=_("case"),
        note=" · ".join([*filter(None, about), str(Stage(case.stage).label)]),
    )
