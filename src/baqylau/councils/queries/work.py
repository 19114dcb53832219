"""What waits for somebody who follows recommendations, and what the desk's search finds."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.councils.access import FOLLOW, SEE
from baqylau.councils.models import Delivery, FinalDocument, Recommendation
from baqylau.councils.rules.clocks import Law, sending_clock
from baqylau.councils.rules.numbers import read_number
from baqylau.councils.taxonomy import State
from baqylau.institutions.labels import name as body_name
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.roles import Role
from baqylau.kernel.work import Asked, Only, Task, Tasks, order
from baqylau.lawbook.queries.book import book

FOUND = 10
"""Recommendations that the search shows."""
UNSENT = 500
"""Documents that have not gone out which are looked through: they wait for a week, not for ever."""
IN_HAND = (State.SENT, State.ACCEPTED, State.PARTLY, State.EXECUTED, State.DISPUTED)
"""States in which the next move is ours when no term runs."""


def address(row: Recommendation) -> str:
    """The page at the desk."""
    return reverse("promise_desk", args=[row.number])


def what_next(row: Recommendation, today: date) -> str:
    """The next move, in words."""
    is_over = row.due_on is not None and row.due_on < today
    match row.state:
        case State.WRITTEN:
            return _("Send the document")
        case State.SENT if row.received_on is None:
            return _("Find out whether it arrived")
        case State.SENT:
            return _("No answer came in time: note the silence") if is_over else _wait()
        case State.ACCEPTED | State.PARTLY if row.promised_on is None:
            return _("Ask for which day it is promised")
        case State.ACCEPTED | State.PARTLY:
            return _("The promised day is over: look on the spot") if is_over else _wait_kept()
        case _other:
            return _SETTLED[State(row.state)]()


def _wait() -> str:
    return _("Wait for the answer")


def _wait_kept() -> str:
    return _("Wait until the promised day")


_SETTLED = {
    State.REFUSED: lambda: _("The body has refused, with its reasons"),
    State.SILENT: lambda: _("Remind the body: the answer is still owed"),
    State.EXECUTED: lambda: _("Look on the spot whether it was done"),
    State.CONFIRMED: lambda: _("Nothing more is to be done"),
    State.DISPUTED: lambda: _("Tell the body what was found, and ask for a new day"),
    State.WITHDRAWN: lambda: _("Nothing more is to be done"),
}


def due(asked: Asked) -> Sequence[Task]:
    """My recommendations and nobody's whose term is over, or ends soon.

    Those who coordinate see everybody's overdue ones too.
    """
    span = asked.span()
    if span is None or asked.only in {Only.ROOM, Only.CALL} or not _follows(asked.actor):
        return ()
    first, until = span
    lanes: list[tuple[dict[str, str], date]] = [({"owner": asked.actor.key}, until)]
    if asked.only is not Only.MINE:
        lanes.append(({"owner": ""}, until))
    if Role.COORDINATOR in asked.actor.roles and asked.only in {Only.ALL, Only.OVERDUE}:
        lanes.append(({}, min(until, asked.today)))
    after = asked.after_number if first == asked.after_on else 0
    found: dict[int, Recommendation] = {}
    for lane, end in lanes:
        rows = Recommendation.objects.filter(due_on__gte=first, due_on__lt=end, **lane)
        rows = rows.filter(Q(due_on__gt=first) | Q(pk__gt=after)).order_by("due_on", "pk")
        found |= {row.pk: row for row in rows[: asked.limit]}
    tasks = (_task(row, asked, row.due_on) for row in found.values())
    return sorted(tasks, key=order)[: asked.limit]


def in_hand(asked: Asked) -> Sequence[Task]:
    """My recommendations that wait for our next move while no term runs."""
    is_meant = asked.only in {Only.ALL, Only.MINE} and asked.undated()
    if not is_meant or not _follows(asked.actor):
        return ()
    rows = Recommendation.objects.filter(
        owner=asked.actor.key,
        due_on=None,
        state__in=IN_HAND,
        pk__gt=asked.after_among_undated(),
    )
    return [_task(row, asked, None) for row in rows.order_by("pk")[: asked.limit]]


def _follows(actor: Actor) -> bool:
    return may_somewhere(actor, FOLLOW)


def _task(row: Recommendation, asked: Asked, on: date | None) -> Task:
    return Task(
        label=what_next(row, asked.today),
        url=address(row),
        due_on=on,
        kind=_("recommendation"),
        number=row.pk,
        reference=row.number or "",
        is_mine=row.owner == asked.actor.key,
    )


def sending(asked: Asked) -> Sequence[Task]:
    """Documents that have to go out: drafts, and signed ones that a body was not sent yet."""
    if not _follows(asked.actor):
        return ()
    law = book()
    return asked.take(_sending_task(row, asked, law) for row in _waiting())


def _waiting() -> Iterator[FinalDocument]:
    yield from FinalDocument.objects.filter(signed_on=None).order_by("completed_on", "id")[:UNSENT]
    unsent = Delivery.objects.filter(sent_on=None).order_by("id")[:UNSENT]
    documents = dict.fromkeys(unsent.values_list("document_id", flat=True))
    yield from FinalDocument.objects.filter(pk__in=list(documents)).order_by("id")


def _sending_task(row: FinalDocument, asked: Asked, law: Law) -> Task:
    clock = sending_clock(row.kind, row.completed_on, None, law)
    return Task(
        label=_("Send the document") if row.signed_on else _("Finish the document and sign it"),
        url=reverse("final_document", args=[row.code]),
        due_on=clock.deadline.due_on if clock else None,
        kind=_("final document"),
        number=row.pk,
        reference=row.number,
        is_mine=row.author == asked.actor.key,
    )


TASKS = (
    Tasks("councils.due", due),
    Tasks("councils.in_hand", in_hand, is_undated=True),
    Tasks("councils.sending", sending),
)


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Recommendations by their number, whole or of their document."""
    number = read_number(query)
    if not number or not may_somewhere(actor, SEE):
        return ()
    exact = list(Recommendation.objects.select_related("institution").filter(number=number))
    rows = exact or _of_document(number)
    return [hit(row, is_exact=bool(exact)) for row in rows]


def _of_document(number: str) -> list[Recommendation]:
    rows = Recommendation.objects.select_related("institution")
    found = FinalDocument.objects.filter(number=number).first()
    return list(rows.filter(document=found).order_by("order")[:FOUND]) if found else []


def hit(row: Recommendation, *, is_exact: bool) -> Hit:
    """A recommendation as a row of the search."""
    return Hit(
        label=row.number or row.code,
        url=address(row),
        kind=_("recommendation"),
        note=f"{body_name(row.institution)} · {row.get_state_display()}",
        is_exact=is_exact,
    )
