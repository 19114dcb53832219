"""What waits for somebody: what the worklist asks of the rooms, and what they answer.

Nothing is counted and nothing is read whole: a page is the next so many tasks after a place, and
every room gives no more than that, in order, from an index.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any

from baqylau.kernel.access import Actor

Text = Any
"""A str or a lazy translation."""

SOON = timedelta(days=7)
"""How far ahead the worklist looks."""
LAST = 2**63 - 1


class Only(StrEnum):
    """Which part of the work is asked for."""

    ALL = ""
    MINE = "mine"
    ROOM = "room"
    OVERDUE = "overdue"
    WEEK = "week"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Task:
    """What to do next, by when (None: no date), and where.

    `number` is the task's own among those of its source, from 1: the order of one day.
    `stays_here`: letters and calendars, which others carry and keep, say nothing of it.
    """

    label: Text
    url: str
    due_on: date | None
    kind: Text
    number: int
    reference: str = ""
    is_mine: bool = False
    stays_here: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the worklist ended: a day (None: past all days), a source, a number."""

    due_on: date | None
    source: str
    number: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the worklist wants of a source: the first `limit` tasks after a day and a number.

    `actor.places` are the rooms where the actor works. `ahead` is how far the days reach.
    """

    actor: Actor
    today: date
    only: Only = Only.ALL
    limit: int = 51
    after_on: date | None = date.min
    after_number: int = 0
    ahead: timedelta = SOON

    @property
    def end(self) -> date:
        """The first day that is not asked for any more."""
        return self.today + (SOON if self.only is Only.WEEK else self.ahead)

    def span(self) -> tuple[date, date] | None:
        """The half-open span of days that is meant; None when tasks with a day are past."""
        if self.after_on is None:
            return None
        first = self.today if self.only is Only.WEEK else date.min
        until = self.today if self.only is Only.OVERDUE else self.end
        return max(first, self.after_on), until

    def undated(self) -> bool:
        """Whether tasks without a day are meant at all."""
        return self.only in {Only.ALL, Only.MINE, Only.ROOM}

    def after_among_undated(self) -> int:
        """The number after which tasks without a day are meant."""
        return self.after_number if self.after_on is None else 0

    def take(self, tasks: Iterable[Task]) -> list[Task]:
        """Of a source's few tasks those that are meant, in order."""
        after = (self.after_on is None, self.after_on or date.max, self.after_number)
        wanted = [task for task in tasks if order(task) > after and self._fits(task)]
        return sorted(wanted, key=order)[: self.limit]

    def _fits(self, task: Task) -> bool:
        if self.only in {Only.ROOM, Only.CALL} or (self.only is Only.MINE and not task.is_mine):
            return False
        span = self.span()
        if task.due_on is None or span is None:
            return task.due_on is None and self.undated()
        return span[0] <= task.due_on < span[1]


def order(task: Task) -> tuple[bool, date, int]:
    """Where a task stands among those of its source: by day, those without one last."""
    return task.due_on is None, task.due_on or date.max, task.number


@dataclass(frozen=True, slots=True)
class Tasks:
    """One kind of work: its code (letters, dots), and how its tasks are found, in order.

    `is_undated`: none of them has a day, so nobody is asked while those with one fill the page.
    """

    code: str
    find: Callable[[Asked], Sequence[Task]]
    is_undated: bool = False


def gathered(
    sources: Sequence[Tasks], asked: Asked, place: Place | None = None
) -> tuple[list[Task], Place | None]:
    """The next `asked.limit` tasks of all sources after the place, and the place of the next page.

    The place is None when nothing follows.
    """
    more = replace(asked, limit=asked.limit + 1)
    found: list[tuple[tuple[bool, date], str, int, Task]] = []
    for source in sorted(sources, key=attrgetter("is_undated")):
        if source.is_undated and sum(row[3].due_on is not None for row in found) > asked.limit:
            break
        tasks = source.find(_from(more, source.code, place))
        found += [(order(task)[:2], source.code, task.number, task) for task in tasks]
    found.sort(key=lambda row: row[:3])
    page = found[: asked.limit]
    if len(found) <= asked.limit:
        return [row[3] for row in page], None
    _day, code, number, last = page[-1]
    return [row[3] for row in page], Place(last.due_on, code, number)


def _from(asked: Asked, code: str, place: Place | None) -> Asked:
    """The question to one source: of the place's own day, sources before it have had their turn."""
    if place is None:
        return asked
    elsewhere = LAST if code < place.source else 0
    number = place.number if code == place.source else elsewhere
    return replace(asked, after_on=place.due_on, after_number=number)
