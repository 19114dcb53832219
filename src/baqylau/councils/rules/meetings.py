"""Days and stages of meetings. Pure."""

from datetime import date, timedelta
from typing import Final

INVITE_DAYS: Final = 10
"""Calendar days before a meeting when invitations are out: members read the materials first.
The programme's own habit, no term of a law."""
MINUTES_DAYS: Final = 10
"""Calendar days after a meeting when its minutes are public. The programme's own habit."""
LONGEST: Final = 720
"""Minutes of a meeting at most."""
ITEMS: Final = 40
"""Items of an agenda at most."""


def invite_by(planned_on: date) -> date:
    """The last day for invitations to a meeting of the day."""
    return planned_on - timedelta(days=INVITE_DAYS)


def minutes_by(held_on: date) -> date:
    """The day by which the minutes of a meeting of the day are public."""
    return held_on + timedelta(days=MINUTES_DAYS)
