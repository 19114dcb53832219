"""The calendar of working days: an explicit table of exceptions over plain weekdays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from baqylau.law.errors import LawError
from baqylau.law.words import Wording

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKEND_REASON = Wording("демалыс күні", "выходной день", "weekend")


class DayKind(StrEnum):
    """Why a day is, or is not, a working day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    RELIGIOUS_DAY_OFF = "religious_day_off"
    HOLIDAY_SHIFTED = "holiday_shifted"
    DAY_OFF_TRANSFERRED = "day_off_transferred"
    WORKING_DAY_TRANSFERRED = "working_day_transferred"


@dataclass(frozen=True, slots=True)
class Day:
    """One day that differs from the plain week, with the reason in words."""

    on: date
    kind: DayKind
    reason: Wording
    source: str = ""
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year that the calendar holds; confirmed once the transfers of days off are known."""

    year: int
    is_confirmed: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: weekdays, but for the days in the table."""

    days: Mapping[date, Day]
    years: Mapping[int, CalendarYear]

    @classmethod
    def from_days(cls, days: Iterable[Day], years: Iterable[CalendarYear]) -> Self:
        """Build a calendar from rows.

        Raises: LawError `bad_calendar` for a day given twice, a plain weekend given as a row,
        or a day in a year that the calendar does not hold.
        """
        by_year = {row.year: row for row in years}
        by_date: dict[date, Day] = {}
        for day in days:
            is_wrong = day.on in by_date or day.on.year not in by_year
            if is_wrong or day.kind is DayKind.WEEKEND:
                raise LawError("bad_calendar", row=f"{day.on.isoformat()} {day.kind}")
            by_date[day.on] = day
        return cls(days=by_date, years=by_year)

    def special_day(self, on: date) -> Day | None:
        """Return the row of the table for a day, if it has one.

        Raises: LawError `outside_calendar` when the calendar does not hold the year.
        """
        if on.year not in self.years:
            raise LawError(
                "outside_calendar",
                year=on.year,
                first=min(self.years, default=0),
                last=max(self.years, default=0),
            )
        return self.days.get(on)

    def reason_for_day_off(self, on: date) -> Day | None:
        """Return why a day is off, or None for a working day."""
        day = self.special_day(on)
        if day is not None:
            return None if day.kind is DayKind.WORKING_DAY_TRANSFERRED else day
        if on.weekday() >= SATURDAY:
            return Day(on, DayKind.WEEKEND, WEEKEND_REASON)
        return None

    def is_working_day(self, on: date) -> bool:
        """Tell whether a day is worked in a five-day week."""
        return self.reason_for_day_off(on) is None

    def days_off_until_working(self, on: date, *, backwards: bool = False) -> tuple[Day, ...]:
        """Return the run of days off that begins with `on`; empty for a working day."""
        step = -ONE_DAY if backwards else ONE_DAY
        run: list[Day] = []
        while (day_off := self.reason_for_day_off(on)) is not None:
            run.append(day_off)
            on += step
        return tuple(run)

    def working_days_between(self, after: date, until: date) -> int:
        """Count working days in the span (after, until]; nought when it is empty."""
        length = (until - after).days
        days = (after + n * ONE_DAY for n in range(1, length + 1))
        return sum(self.is_working_day(day) for day in days)

    def unconfirmed_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years from `first` to `last` whose transfers are not known yet."""
        return tuple(
            year
            for year in range(first.year, last.year + 1)
            if year not in self.years or not self.years[year].is_confirmed
        )
