"""The working calendar as people read it: months, special days, years, changes."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from baqylau.law.calendar import SATURDAY, Calendar, CalendarYear, Day, DayKind
from baqylau.lawbook.models import CalendarChange, Change, MovedDeadline

WORKED = DayKind.WORKING_DAY_TRANSFERRED
FEASTS = frozenset({DayKind.HOLIDAY, DayKind.RELIGIOUS_DAY_OFF})
MOVED_SHOWN = 500
"""Rows of moved deadlines on one page."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month: `mark` is "", "rest" (weekend), "feast", "off" (moved) or "worked"."""

    on: date
    mark: str
    day: Day | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks from Monday, None for days of other months, and its working days."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year of the calendar with its neighbours, if the calendar holds them."""

    year: CalendarYear
    months: tuple[Month, ...]
    days: tuple[Day, ...]
    previous: int | None
    following: int | None

    @property
    def weekdays(self) -> tuple[date, ...]:
        """Seven days from a Monday, for the names of the weekdays."""
        return tuple(date(2024, 1, number) for number in range(1, 8))

    @property
    def working_days(self) -> int:
        """Working days of the year."""
        return sum(month.working_days for month in self.months)


def _cell(on: date, calendar: Calendar) -> DayCell:
    day = calendar.special_day(on)
    if day is None:
        return DayCell(on, "rest" if on.weekday() >= SATURDAY else "", None)
    if day.kind is WORKED:
        return DayCell(on, "worked", day)
    return DayCell(on, "feast" if day.kind in FEASTS else "off", day)


def _month(year: int, number: int, calendar: Calendar) -> Month:
    weeks = tuple(
        tuple(_cell(on, calendar) if on.month == number else None for on in week)
        for week in Weeks().monthdatescalendar(year, number)
    )
    working = sum(
        calendar.is_working_day(cell.on) for week in weeks for cell in week if cell is not None
    )
    return Month(date(year, number, 1), weeks, working)


def year_page(year: int, calendar: Calendar) -> YearPage | None:
    """Return a year, or None when the calendar does not hold it."""
    if year not in calendar.years:
        return None
    return YearPage(
        year=calendar.years[year],
        months=tuple(_month(year, number, calendar) for number in range(1, 13)),
        days=tuple(day for on, day in sorted(calendar.days.items()) if on.year == year),
        previous=year - 1 if year - 1 in calendar.years else None,
        following=year + 1 if year + 1 in calendar.years else None,
    )


def changes_of_year(year: int) -> list[CalendarChange]:
    """Return who changed what in a year of the calendar, the latest first."""
    return list(CalendarChange.objects.filter(year=year).order_by("-id")[:MOVED_SHOWN])


def changes_of_edition(edition: int) -> list[CalendarChange]:
    """Return what one edition changed in the calendar."""
    return list(CalendarChange.objects.filter(edition=edition).order_by("id"))


def latest_calendar_changes() -> list[CalendarChange]:
    """Return what the latest edition that changed the calendar changed in it."""
    last = CalendarChange.objects.order_by("-edition").first()
    return changes_of_edition(last.edition) if last else []


def change(edition: int) -> Change | None:
    """Return one change of rules or calendar."""
    return Change.objects.filter(edition=edition).first()


def changes() -> list[Change]:
    """Return the latest changes of rules and calendar, the latest first."""
    return list(Change.objects.order_by("-edition")[:MOVED_SHOWN])


def moved_by(edition: int) -> list[MovedDeadline]:
    """Return the deadlines that a change moved, earliest new date first."""
    rows = MovedDeadline.objects.filter(change_id=edition)
    return list(rows.order_by("new_on", "reference")[:MOVED_SHOWN])
