"""What waits because of events, and what the desk's search finds of them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baqylau.institutions.labels import name as place_name
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing as places
from baqylau.kernel import codes
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.roles import Role
from baqylau.kernel.work import Asked, Only, Task
from baqylau.outreach.access import CHECK, HOLD, SEE
from baqylau.outreach.models import Doubt, Event, Speaking, Stage, Visited
from baqylau.outreach.queries.events import names_of_institutions
from baqylau.territories.labels import language
from baqylau.text.skeleton import skeleton

BEFORE = timedelta(days=3)
"""Before its day an event should be confirmed."""
CODE = re.compile(codes.SHAPE, re.ASCII)
FOUND = 10
BODIES = 3
"""Institutions whose events the search shows."""
WHOSE = frozenset({Only.ALL, Only.MINE, Only.OVERDUE, Only.WEEK})


def topic(row: Event) -> str:
    """What the event is about, in the language of the page if it was written in it."""
    return (row.topic_ru if language() == "ru" else "") or row.topic_kk


def coming(asked: Asked) -> Sequence[Task]:
    """My events of the days ahead."""
    rows = _mine(asked, (Stage.PLANNED, Stage.CONFIRMED), first=asked.today)
    return [_task(asked, row, row.on, topic(row)) for row in rows]


def unreported(asked: Asked) -> Sequence[Task]:
    """My events whose day is over and whose report is missing; coordinators see everybody's."""
    stages = (Stage.PLANNED, Stage.CONFIRMED, Stage.HELD)
    rows = _all_or_mine(asked, stages, until=asked.today)
    rows = {**rows, **_all_or_mine(asked, (Stage.HELD,), first=asked.today)}
    tasks = [_task(asked, row, row.on, _("Report how it went")) for row in rows.values()]
    return _first(tasks, asked)


def unconfirmed(asked: Asked) -> Sequence[Task]:
    """Events of the next three days that the institution has not confirmed.

    The day is that by which it should be confirmed: three days before the event.
    """
    until = asked.today + BEFORE + timedelta(days=1)
    rows = _all_or_mine(asked, (Stage.PLANNED,), first=asked.today, until=until, shift=BEFORE)
    tasks = [
        _task(asked, row, row.on - BEFORE, _("Let the institution confirm the event"))
        for row in rows.values()
    ]
    return _first(tasks, asked)


def doubts(asked: Asked) -> Sequence[Task]:
    """Doubts that wait for somebody who looks; the oldest first."""
    if not asked.undated() or asked.only is not Only.ALL or not may_somewhere(asked.actor, CHECK):
        return ()
    rows = Doubt.objects.filter(verdict="", pk__gt=asked.after_among_undated())
    rows = rows.select_related("event").order_by("pk")
    return [
        Task(
            label=_("Look at this: %(why)s") % {"why": row.get_kind_display()},
            url=reverse("event_doubt", args=[row.pk]),
            due_on=None,
            kind=_("doubt"),
            number=row.pk,
            reference=row.event.code,
        )
        for row in rows[: asked.limit]
    ]


def _all_or_mine(
    asked: Asked,
    stages: Iterable[str],
    first: date = date.min,
    until: date = date.max,
    shift: timedelta = timedelta(0),
) -> dict[int, Event]:
    """Those of mine; for who coordinates, unless only their own are wanted, all."""
    is_all = Role.COORDINATOR in asked.actor.roles and asked.only is not Only.MINE
    rows = _rows(asked, stages, first, until, shift, is_all=is_all)
    return {row.pk: row for row in rows}


def _mine(asked: Asked, stages: Iterable[str], first: date) -> list[Event]:
    return _rows(asked, stages, first, date.max, timedelta(0), is_all=False)


def _rows(
    asked: Asked,
    stages: Iterable[str],
    first: date,
    until: date,
    shift: timedelta,
    *,
    is_all: bool,
) -> list[Event]:
    """Events of the stages whose day, `shift` earlier, is asked for; each stage from its index.

    What was taken in from an older table waits for nobody, counted or not.
    """
    span = asked.span()
    if span is None or asked.only not in WHOSE or not may_somewhere(asked.actor, HOLD):
        return []
    start, end = max(_later(span[0], shift), first), min(_later(span[1], shift), until)
    after = asked.after_number if asked.after_on and start == _later(asked.after_on, shift) else 0
    rows: list[Event] = []
    for stage in stages:
        for lane in [Q()] if is_all else _lanes(asked.actor.key):
            found = Event.objects.filter(lane, stage=stage, on__gte=start, on__lt=end)
            found = found.filter(Q(on__gt=start) | Q(pk__gt=after), is_imported=False)
            rows += found.order_by("on", "pk")[: asked.limit]
    unique = {row.pk: row for row in rows}
    return sorted(unique.values(), key=lambda row: (row.on, row.pk))[: asked.limit]


def _lanes(key: str) -> list[Q]:
    """What somebody planned, and where they speak: each found through its own index."""
    return [Q(author=key), Q(pk__in=Speaking.objects.filter(speaker__person=key).values("event"))]


def _later(day: date, shift: timedelta) -> date:
    return day + shift if day < date.max - shift else date.max


def _first(tasks: list[Task], asked: Asked) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.due_on or date.max, task.number))[: asked.limit]


def _task(asked: Asked, row: Event, on: date, label: str) -> Task:
    return Task(
        label=label,
        url=reverse("event_desk", args=[row.code]),
        due_on=on,
        kind=_("event"),
        number=row.pk,
        reference=row.code,
        is_mine=row.author == asked.actor.key or Role.COORDINATOR not in asked.actor.roles,
    )


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Events by code, by institution and by campaign, the newest first."""
    if not may_somewhere(actor, SEE):
        return ()
    text = query.strip().lower()
    if not text:
        return ()
    rows = list(Event.objects.filter(code=text)[:1]) if CODE.fullmatch(text) else []
    is_exact = bool(rows)
    rows = rows or _of_institutions(query) or _of_topics(query)
    bodies = names_of_institutions(rows)
    return [_hit(row, bodies.get(row.pk, []), is_exact=is_exact) for row in rows]


def _of_institutions(query: str) -> list[Event]:
    found = places(Places(query=query, state="all"), date.min).values_list("pk", flat=True)
    rows: dict[int, Event] = {}
    for body in found[:BODIES]:
        ids = Visited.objects.filter(institution=body).values("event")
        newest = Event.objects.filter(pk__in=ids).order_by("-on", "-pk")[:FOUND]
        rows |= {row.pk: row for row in newest}
    return sorted(rows.values(), key=lambda row: (row.on, row.pk), reverse=True)[:FOUND]


def _of_topics(query: str) -> list[Event]:
    """Among the newest 500: topics have no index, and recent events are those looked for."""
    words = skeleton(query, 200).split()
    if not words:
        return []
    newest = Event.objects.order_by("-on", "-pk")[:500]
    return [
        row
        for row in newest
        if all(f" {word}" in f" {skeleton(f'{row.topic_kk} {row.topic_ru}')}" for word in words)
    ][:FOUND]


def _hit(row: Event, bodies: Sequence[Institution], *, is_exact: bool) -> Hit:
    names = [place_name(body).text for body in bodies[:2]]
    return Hit(
        label=topic(row),
        url=reverse("event_desk", args=[row.code]),
        kind=_("event"),
        note=" · ".join([date_format(row.on, "SHORT_DATE_FORMAT"), *names]),
        is_exact=is_exact,
    )
