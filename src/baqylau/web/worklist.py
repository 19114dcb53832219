"""The worklist: the next tasks of every room, a page at a time, never counted and never whole."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.access import Actor
from baqylau.kernel.modules import registry
from baqylau.kernel.work import Asked, Only, Place, Task, gathered

PAGE = 50
PLACE = re.compile(r"(\d{4}-\d\d-\d\d|-)~([a-z_.]{1,64})~(\d{1,18})", re.ASCII)
LABELS = {
    Only.ALL: _("Everything"),
    Only.MINE: _("Mine"),
    Only.ROOM: _("My room's"),
    Only.OVERDUE: _("Overdue"),
    Only.WEEK: _("Due this week"),
    Only.CALL: _("Waiting for a call"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the worklist; `next` is what the link to the following one carries, or ""."""

    tasks: list[Task]
    next: str


def at_work(actor: Actor, today: date) -> Actor:
    """The actor with the rooms where they work, as every installed room knows them."""
    places = [room.places(actor, today) for room in registry if room.places]
    return replace(actor, places=actor.places.union(*places))


def part(
    actor: Actor, today: date, only: Only = Only.ALL, after: str = "", limit: int = PAGE
) -> Part:
    """The tasks after the place that an earlier page named; `actor` as `at_work` gives it."""
    tasks, place = gathered(
        registry.gather("tasks"), Asked(actor, today, only, limit), read_place(after)
    )
    return Part(tasks, write_place(place) if place else "")


def ahead(actor: Actor, today: date, span: timedelta, limit: int) -> list[Task]:
    """The actor's own work that has a day within the span, overdue work included."""
    asked = Asked(actor, today, Only.MINE, limit, ahead=span)
    return [task for task in gathered(registry.gather("tasks"), asked)[0] if task.due_on]


def read_only(text: str) -> Only:
    """The filter of an address; everything when it names none."""
    return Only(text) if text in set(Only) else Only.ALL


def read_place(text: str) -> Place | None:
    """The place that a link carries; None, the beginning, when it carries none."""
    found = PLACE.fullmatch(text)
    if found is None:
        return None
    try:
        day = None if found[1] == "-" else date.fromisoformat(found[1])
    except ValueError:
        return None
    return Place(day, found[2], int(found[3]))


def write_place(place: Place) -> str:
    """A place as links carry it."""
    return f"{place.due_on or '-'}~{place.source}~{place.number}"
