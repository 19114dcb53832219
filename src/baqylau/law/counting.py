"""Walking a calendar: working days, calendar days and months, forwards and back."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from baqylau.law.amounts import Unit
from baqylau.law.calendar import ONE_DAY, Calendar, Day, DayKind


@dataclass(frozen=True, slots=True)
class Term:
    """How a number of units was counted.

    `nominal_on` is where plain counting ends; `rolled` are the days off that moved it on to
    `due_on`; `skipped` are the days off left out on the way; `worked` are the days that a
    transfer made working days.
    """

    counted: tuple[date, ...]
    skipped: tuple[Day, ...]
    worked: tuple[Day, ...]
    rolled: tuple[Day, ...]
    nominal_on: date
    due_on: date
    is_month_cut: bool = False

    @property
    def first_on(self) -> date | None:
        """The first day counted; None where nothing is counted."""
        return self.counted[0] if self.counted else None


def add_months(start: date, months: int) -> date:
    """Return the same day of another month, or that month's last day if it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _step(amount: int) -> timedelta:
    return -ONE_DAY if amount < 0 else ONE_DAY


def _worked_by_transfer(days: tuple[date, ...], calendar: Calendar) -> tuple[Day, ...]:
    rows = [calendar.special_day(on) for on in days]
    return tuple(row for row in rows if row and row.kind is DayKind.WORKING_DAY_TRANSFERRED)


def _rolled(
    nominal: date, counted: tuple[date, ...], calendar: Calendar, *, backwards: bool
) -> Term:
    """Move the end of a term off the days off that it falls on."""
    rolled = calendar.days_off_until_working(nominal, backwards=backwards)
    due = nominal
    if rolled:
        due = rolled[-1].on + (-ONE_DAY if backwards else ONE_DAY)
    return Term(counted, (), (), rolled, nominal, due)


def count_working_days(start: date, amount: int, calendar: Calendar) -> Term:
    """Count working days from the day after the start, or back from the day before it."""
    if amount == 0:
        return _rolled(start, (), calendar, backwards=False)
    counted: list[date] = []
    skipped: list[Day] = []
    on = start
    while len(counted) < abs(amount):
        on += _step(amount)
        day_off = calendar.reason_for_day_off(on)
        if day_off is None:
            counted.append(on)
        else:
            skipped.append(day_off)
    days = tuple(counted)
    return Term(days, tuple(skipped), _worked_by_transfer(days, calendar), (), on, on)


def _days_from(start: date, until: date, step: timedelta) -> tuple[date, ...]:
    return tuple(start + n * step for n in range(1, abs((until - start).days) + 1))


def count_calendar_days(start: date, amount: int, calendar: Calendar) -> Term:
    """Count every day; an end on a day off moves on in the direction of the count."""
    nominal = start + amount * ONE_DAY
    counted = _days_from(start, nominal, _step(amount))
    return _rolled(nominal, counted, calendar, backwards=amount < 0)


def count_months(start: date, amount: int, calendar: Calendar) -> Term:
    """Count months to the same day of the month; an end on a day off moves on likewise."""
    nominal = add_months(start, amount)
    counted = _days_from(start, nominal, _step(amount))
    term = _rolled(nominal, counted, calendar, backwards=amount < 0)
    return Term(
        counted, (), (), term.rolled, nominal, term.due_on, is_month_cut=nominal.day != start.day
    )


COUNTERS: dict[Unit, Callable[[date, int, Calendar], Term]] = {
    Unit.WORKING_DAY: count_working_days,
    Unit.CALENDAR_DAY: count_calendar_days,
    Unit.MONTH: count_months,
}


def count(start: date, amount: int, unit: Unit, calendar: Calendar) -> Term:
    """Count a number of units from a day; the day itself is not counted.

    Raises: LawError `outside_calendar`.
    """
    return COUNTERS[unit](start, amount, calendar)
