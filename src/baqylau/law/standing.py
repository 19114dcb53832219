"""Where a deadline stands on a given day: running, due today, overdue."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from baqylau.law.amounts import Unit
from baqylau.law.calendar import Calendar
from baqylau.law.deadline import Deadline


class State(StrEnum):
    """How a deadline stands."""

    RUNNING = "running"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state with the days left or the days overdue, never negative, in `unit`.

    On the weekend after the last day of a term in working days it is overdue by nought: no
    working day has passed yet.
    """

    state: State
    days: int
    unit: Unit


def remaining(deadline: Deadline, today: date, calendar: Calendar) -> Standing:
    """Tell how many days are left or overdue: today not counted, the last day counted.

    Working days for rules in working days, calendar days for all others.

    Raises: LawError `outside_calendar`.
    """
    due = deadline.due_on
    is_working = deadline.rule.unit is Unit.WORKING_DAY
    unit = Unit.WORKING_DAY if is_working else Unit.CALENDAR_DAY
    if today == due:
        return Standing(State.DUE_TODAY, 0, unit)
    first, last = sorted((today, due))
    days = calendar.working_days_between(first, last) if is_working else (last - first).days
    return Standing(State.RUNNING if today < due else State.OVERDUE, days, unit)
