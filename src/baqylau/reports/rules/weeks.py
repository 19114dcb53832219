"""Weeks as lists of slips name them: ISO weeks, such as 2026-W48."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from baqylau.seal.slips import week_of

WEEK: Final = timedelta(days=7)


def monday_of(week: str) -> date:
    """The first day of a week. Raises: ValueError for what is no week."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def weeks_between(first: str, until: str) -> Iterator[str]:
    """The weeks from the first on, without `until`."""
    day, end = monday_of(first), monday_of(until)
    while day < end:
        yield week_of(day)
        day += WEEK


def next_week(week: str) -> str:
    """The week that follows."""
    return week_of(monday_of(week) + WEEK)
