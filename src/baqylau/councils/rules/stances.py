"""When the public sees how many agree, and how exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from baqylau.stats.rounding import THRESHOLD, ten_five

CODES: Final = ("agree", "disagree", "pass")


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts of a point as they may be shown, rounded to 5; None below 10.

    `is_enough`: together they reach ten, so that anything is said at all.
    """

    agree: int | None = None
    disagree: int | None = None
    passed: int | None = None
    is_enough: bool = False


def shown(counts: Mapping[str, int]) -> Shown:
    """The counts of a closed discussion by the 10-5 rule; their sum is told nowhere."""
    if sum(counts.values()) < THRESHOLD:
        return Shown()
    agree, disagree, passed = (ten_five(counts.get(code, 0)) for code in CODES)
    return Shown(agree, disagree, passed, is_enough=True)
