"""How far a report is after something was said, and which promise is due next."""

from dataclasses import dataclass
from datetime import date

from baqylau.reports.taxonomy import State

OPEN = (State.NEW, State.READ, State.ANSWERED)
"""States in which somebody may still be waiting."""


def after_reporter() -> dict[str, object]:
    """Columns after the reporter has written: unread again, and open again if it was closed."""
    return {"state": State.NEW, "closed_on": None, "delete_on": None}


def after_answer(acknowledged_on: date | None, today: date) -> dict[str, object]:
    """Columns after an officer's own words: the first ones acknowledge the report."""
    return {"state": State.ANSWERED, "acknowledged_on": acknowledged_on or today}


@dataclass(frozen=True, slots=True)
class Promise:
    """What we owe the reporter by a day: to acknowledge the report, or to tell what became of it.

    `code` is "acknowledge" or "feedback".
    """

    code: str
    by: date

    def is_late(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.by < today


def next_promise(
    state: str,
    acknowledge_by: date,
    feedback_by: date,
    acknowledged_on: date | None,
    answered_on: date | None,
) -> Promise | None:
    """The next promise that is not kept yet; None when all are, or the report is closed."""
    if state not in OPEN or answered_on is not None:
        return None
    if acknowledged_on is None:
        return Promise("acknowledge", acknowledge_by)
    return Promise("feedback", feedback_by)
