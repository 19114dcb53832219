"""The five-question test: codes that open it once, scores, and what may be said of them. Pure."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from baqylau.stats.means import Change, sample, welch

QUESTIONS = 5
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, none of which is taken for another: 5 bits each."""
LENGTH = 8
"""Signs of a code: 40 bits."""
FEWEST = 10
"""Sheets before and after below which no result is given."""
OPEN_BEFORE, OPEN_AFTER = timedelta(days=1), timedelta(days=7)
"""How long before and after the event's day its codes open the test."""
_CYRILLIC = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")
"""Letters that look alike on a keyboard that was not switched."""


def new_code() -> str:
    """A code as it is printed: ABCD-EFGH."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def read_code(text: str) -> str:
    """The signs of a code as somebody typed it; "" for what cannot be one."""
    signs = "".join(text[:40].upper().translate(_CYRILLIC).split()).replace("-", "")
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def is_open(on: date, today: date) -> bool:
    """Whether the codes of an event on the day open its test today."""
    return on - OPEN_BEFORE <= today <= on + OPEN_AFTER


def score(chosen: Sequence[int | None], right: Sequence[int]) -> int:
    """How many were answered rightly; what was left open is not. Raises: ValueError."""
    if len(chosen) != len(right):
        raise ValueError("an answer for each question, or None")
    return sum(one == other for one, other in zip(chosen, right, strict=True))


@dataclass(frozen=True, slots=True)
class Result:
    """What a test came to: sheets before and after, mean right answers of five, the change.

    The means and the change are None where there are too few sheets; the change also where all
    sheets are alike, so that nothing can be said about chance.
    """

    before: int
    after: int
    mean_before: float | None = None
    mean_after: float | None = None
    change: Change | None = None

    @property
    def is_few(self) -> bool:
        """Whether there are too few sheets."""
        return min(self.before, self.after) < FEWEST


def result(before: Mapping[int, int], after: Mapping[int, int]) -> Result:
    """The result from how many sheets had so many right answers."""
    n = sum(before.values()), sum(after.values())
    if min(n) < FEWEST:
        return Result(*n)
    return Result(*n, sample(before).mean, sample(after).mean, welch(before, after))
