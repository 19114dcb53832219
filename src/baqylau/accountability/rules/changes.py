"""What changed between two published numbers, said only where it is sure."""

from enum import StrEnum

from baqylau.figures.rules.results import Answer, Estimate, Exact, Range, Rounded


class Change(StrEnum):
    """How a number stands to the one before."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    CHANCE = "chance"
    """The intervals overlap: chance could explain the difference."""
    UNKNOWN = "unknown"
    """One is missing, they are of different kinds, or nobody knows where in a range they lie."""


def _ends(answer: Answer) -> tuple[float, float] | None:
    """Between which ends the number lies for certain, or by its interval; None for no number.

    Rounded counts of 5 apart cannot come from the same true count, so they are their own ends.
    """
    match answer:
        case Exact(number) | Rounded(number):
            return number, number
        case Range(low, high) | Estimate(_, low, high):
            return low, high
        case _withheld:
            return None


def change(now: Answer, before: Answer) -> Change:
    """How the newer number stands to the older one."""
    if isinstance(now, Exact) != isinstance(before, Exact):
        return Change.UNKNOWN
    newer, older = _ends(now), _ends(before)
    if newer is None or older is None:
        return Change.UNKNOWN
    if newer[0] > older[1]:
        return Change.MORE
    if newer[1] < older[0]:
        return Change.LESS
    if newer == older and newer[0] == newer[1]:
        return Change.SAME
    return Change.CHANCE if isinstance(now, Estimate) else Change.UNKNOWN
