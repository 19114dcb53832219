"""Rules and calendar as `law` knows them, kept in the process until an edition changes.

Whoever counts a deadline calls `deadline`, `rules_on` or `working_calendar`. What is kept is
trusted for a second without asking; after that the stamp of the edition is looked up by its
primary key, and only another stamp makes the tables be read again. So another process's change is
seen within a second, this process's own change at once, and a rolled-back or restored state is
never taken for another. While a change is being counted through, only the thread that makes it
sees it.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from baqylau.law.calendar import Calendar, CalendarYear, Day, DayKind
from baqylau.law.deadline import Deadline, compute
from baqylau.law.extensions import Extension
from baqylau.law.rules import Rule, rule_on
from baqylau.law.rules import rules_on as versions_on
from baqylau.law.words import Wording
from baqylau.lawbook import models
from baqylau.lawbook.queries.versions import rule_of

TRUSTED = 1.0
"""Seconds for which what is kept is used without looking at the stamp."""


@dataclass(frozen=True, slots=True)
class Book:
    """One edition: every standing version of every rule, and the calendar."""

    number: int
    stamp: str
    rules: tuple[Rule, ...]
    calendar: Calendar

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever loaded."""
        return self.number == 0


class Shelf:
    """The process's one book, and when its stamp was last seen; safe with threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._kept: tuple[Book, float] | None = None

    def book(self) -> Book:
        """Return the edition in force, reading the tables only when the stamp has changed."""
        if (book := self._trusted()) is not None:
            return book
        with self._turn:
            if (book := self._trusted()) is not None:
                return book
            asked_at = time.monotonic()
            kept = self._kept[0] if self._kept else None
            book = kept if kept and kept.stamp == _edition().stamp else read_book()
            self._kept = (book, asked_at)
            return book

    def _trusted(self) -> Book | None:
        kept = self._kept
        if kept is not None and time.monotonic() - kept[1] < TRUSTED:
            return kept[0]
        return None

    def forget(self) -> None:
        """Look at the stamp before the next answer."""
        with self._turn:
            if self._kept is not None:
                self._kept = (self._kept[0], float("-inf"))


shelf = Shelf()
"""The one shelf of the process."""

_under_change: ContextVar[Book | None] = ContextVar("lawbook_under_change", default=None)


@contextmanager
def reading(book: Book) -> Iterator[None]:
    """Let this thread count by a book that is not in force yet."""
    token = _under_change.set(book)
    try:
        yield
    finally:
        _under_change.reset(token)


def _edition() -> models.Edition:
    return models.Edition.objects.filter(id=1).first() or models.Edition()


def read_book() -> Book:
    """Read the tables; again if somebody changed them in between."""
    while True:
        before = _edition()
        rules = tuple(rule_of(row) for row in models.RuleVersion.objects.standing())
        calendar = _calendar()
        if _edition().stamp == before.stamp:
            return Book(before.number, before.stamp, rules, calendar)


def _calendar() -> Calendar:
    days = [
        Day(
            on=row.on,
            kind=DayKind(row.kind),
            reason=Wording(row.reason_kk, row.reason_ru, row.reason_en),
            source=row.source,
            is_estimated=row.is_estimated,
        )
        for row in models.CalendarDay.objects.order_by("on")
    ]
    years = [
        CalendarYear(row.year, row.is_confirmed, row.decree)
        for row in models.CalendarYear.objects.order_by("year")
    ]
    return Calendar.from_days(days, years)


def book() -> Book:
    """Return the edition in force, or the one that this thread is counting through."""
    return _under_change.get() or shelf.book()


def working_calendar() -> Calendar:
    """Return the working calendar in force."""
    return book().calendar


def rules_on(on: date) -> dict[str, Rule]:
    """Return the versions of rules in force on a day, by rule."""
    return versions_on(book().rules, on)


def deadline(
    rule_id: str,
    start: date,
    *,
    extensions: Sequence[Extension] = (),
    after_hours: bool = False,
) -> Deadline:
    """Count the deadline that a rule sets for an event of that day.

    Raises: LawError, as `law.rules.rule_on` and `law.deadline.compute`.
    """
    now = book()
    return compute(
        rule_on(now.rules, rule_id, start),
        start,
        now.calendar,
        extensions=extensions,
        after_hours=after_hours,
    )
