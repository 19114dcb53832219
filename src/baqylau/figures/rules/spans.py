"""Periods: which one a day lies in, which sums cover a stretch of days, how they are named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from baqylau.kernel.figures import Span
from baqylau.kernel.period import Period

BEGINNING = date.min
"""The first day of "all time"."""
UNSIZED = -1
"""The size of a sum over all sizes."""
_CODE = re.compile(r"([12]\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A whole period that people choose: a month, a quarter, a year, or all time."""

    span: Span
    first: date = BEGINNING

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-10, 2026-Q4, 2026, all."""
        return {
            Span.MONTH: f"{self.first.year:04}-{self.first.month:02}",
            Span.QUARTER: f"{self.first.year:04}-Q{quarter_of(self.first)}",
            Span.YEAR: f"{self.first.year:04}",
        }.get(self.span, "all")

    @property
    def period(self) -> Period | None:
        """Its days; None for all time."""
        return None if self.span is Span.ALL else period_of(self.span, self.first)

    def is_over(self, today: date) -> bool:
        """Whether no day of it is still to come, nor today one of them."""
        return self.period is not None and self.period.until <= today


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def first_of(span: Span, day: date) -> date:
    """The first day of the period in which the day lies."""
    return {
        Span.DAY: day,
        Span.MONTH: day.replace(day=1),
        Span.QUARTER: date(day.year, quarter_of(day) * 3 - 2, 1),
        Span.YEAR: date(day.year, 1, 1),
        Span.ALL: BEGINNING,
    }[span]


def period_of(span: Span, first: date) -> Period:
    """The days of the period that begins on the day. Raises: KeyError for all time."""
    return {
        Span.DAY: lambda: Period(first, first + timedelta(days=1)),
        Span.MONTH: lambda: Period.month(first.year, first.month),
        Span.QUARTER: lambda: Period.quarter(first.year, quarter_of(first)),
        Span.YEAR: lambda: Period(date(first.year, 1, 1), date(first.year + 1, 1, 1)),
    }[span]()


def choose(code: str) -> Chosen | None:
    """The period that the code names; None when it names none."""
    if code == "all":
        return Chosen(Span.ALL)
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    year, quarter, month = (int(part) if part else 0 for part in found.groups())
    if quarter:
        return Chosen(Span.QUARTER, Period.quarter(year, quarter).first)
    return (
        Chosen(Span.MONTH, date(year, month, 1)) if month else Chosen(Span.YEAR, date(year, 1, 1))
    )


def all_of(span: Span, since: date, today: date) -> Iterator[Chosen]:
    """The periods from the one of `since` to today's, the newest first."""
    first = first_of(span, today)
    while first >= first_of(span, since):
        yield Chosen(span, first)
        first = first_of(span, first - timedelta(days=1))


def cover(period: Period) -> Iterator[tuple[Span, date]]:
    """The fewest whole periods that together are exactly these days, in their order."""
    day = period.first
    while day < period.until:
        for span in (Span.YEAR, Span.QUARTER, Span.MONTH, Span.DAY):
            whole = period_of(span, day)
            if first_of(span, day) == day and whole.until <= period.until:
                yield span, day
                day = whole.until
                break
