"""What waits for somebody, and what the desk's search finds."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.casework.access import SEE, WORK
from baqylau.casework.models import Case, CaseQuerySet
from baqylau.casework.queries.listing import WEEK
from baqylau.casework.rules.numbers import read_number, reference
from baqylau.casework.taxonomy import Stage
from baqylau.catalogue.queries.published import name_of
from baqylau.catalogue.queries.search import search as find_services
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing as places
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit, Task
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.roles import Role
from baqylau.territories.labels import language

FOUND = 10
"""Cases that the search shows of each kind."""
MOST = 100
"""Rows of the worklist."""
IN_HAND = (Stage.OPEN, Stage.ANSWERED, Stage.REVIEWED)
"""Stages in which the next move is ours and no term says when."""


def address(case: Case) -> str:
    """The case's page."""
    return reverse("case", args=[reference(case.number)])


def tasks(actor: Actor, today: date) -> Sequence[Task]:
    """My cases and nobody's: overdue, due within a week, or waiting for our next move.

    Those who coordinate see everybody's overdue ones too.
    """
    if not may_somewhere(actor, WORK):
        return ()
    mine = Q(person__in=("", actor.key))
    soon = Q(next_due_on__lt=today + WEEK)
    wanted = mine & (soon | Q(stage__in=IN_HAND))
    if Role.COORDINATOR in actor.roles:
        wanted |= Q(next_due_on__lt=today)
    rows = Case.objects.running().filter(wanted)
    rows = rows.order_by(F("next_due_on").asc(nulls_last=True), "id")[:MOST]
    return [_task(case, actor, today) for case in rows]


def _task(case: Case, actor: Actor, today: date) -> Task:
    is_shown = case.next_due_on is not None and case.stage not in IN_HAND
    return Task(
        label=what_next(case, today),
        url=address(case),
        due_on=case.next_due_on if is_shown or _is_soon(case, today) else None,
        kind=_("case"),
        reference=case.number,
        is_mine=case.person == actor.key,
    )


def _is_soon(case: Case, today: date) -> bool:
    return case.next_due_on is not None and case.next_due_on < today + WEEK


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
    seen: dict[int, Hit] = {}
    for found in _found(query):
        for case in found.select_related("service", "body").order_by("-id")[:FOUND]:
            seen.setdefault(case.pk, hit(case))
    return list(seen.values())


def _found(query: str) -> Iterator[CaseQuerySet]:
    read = read_number(query)
    if read:
        year, serial = read
        by_year = {"year": year} if year else {}
        yield Case.objects.filter(serial=serial, **by_year)
        return
    bodies = list(
        places(Places(query=query, state="all"), date.min).values_list("pk", flat=True)[:50]
    )
    if bodies:
        yield Case.objects.filter(body__in=bodies)
    codes = [each.code for each in find_services(query, 3)]
    if codes:
        yield Case.objects.filter(service__code__in=codes)


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
