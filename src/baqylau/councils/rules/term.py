"""For how long a draft stands open."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

LONGEST: Final = timedelta(days=366)
DAY: Final = timedelta(days=1)


class Phase(StrEnum):
    """Where a draft stands on a day."""

    WRITTEN = "written"
    TO_COME = "to_come"
    OPEN = "open"
    CLOSED = "closed"


def phase(opens_on: date, closes_on: date, today: date, *, is_published: bool) -> Phase:
    """Where a draft stands that is open in [opens_on, closes_on)."""
    if not is_published:
        return Phase.WRITTEN
    if today < opens_on:
        return Phase.TO_COME
    return Phase.OPEN if today < closes_on else Phase.CLOSED
