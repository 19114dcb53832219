"""Whether somebody may speak for the programme on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PAUSED = "paused"
TRAINED = "trained"


@dataclass(frozen=True, slots=True)
class Noted:
    """A note about a speaker; `until_on` is the first day on which it holds no more, if any."""

    kind: str
    on: date
    until_on: date | None = None


def is_within(first: date, until: date | None, day: date) -> bool:
    """Whether the day lies in the half-open span [first, until)."""
    return first <= day and (until is None or day < until)


def paused_until(notes: Iterable[Noted], day: date) -> date | None:
    """The first day after the pause in which the day lies: the latest of several; None in none.

    A pause without an end gives the last day that there is.
    """
    ends = [
        note.until_on or date.max
        for note in notes
        if note.kind == PAUSED and is_within(note.on, note.until_on, day)
    ]
    return max(ends, default=None)


def is_trained(notes: Iterable[Noted], day: date) -> bool:
    """Whether they were trained by the day, and that training still counts."""
    return any(note.kind == TRAINED and is_within(note.on, note.until_on, day) for note in notes)
