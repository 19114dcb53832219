"""Spans of days, half-open: the first day is inside, `until` is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


def day_before(until: date) -> date:
    """The last day of a span that ends with `until`; the calendar's first day has none before."""
    return until - timedelta(days=1) if until > date.min else until


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first` up to, not including, `until`.

    Raises: ValueError when no day lies inside.
    """

    first: date
    until: date

    def __post_init__(self) -> None:
        if self.until <= self.first:
            raise ValueError(f"a period needs at least one day: {self.first} to {self.until}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(len(self)))

    def __len__(self) -> int:
        return (self.until - self.first).days

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day lies in both."""
        return self.first < other.until and other.first < self.until

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """The calendar month."""
        return cls(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """The calendar quarter, 1 to 4."""
        return cls(cls.month(year, quarter * 3 - 2).first, cls.month(year, quarter * 3).until)
