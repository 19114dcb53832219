"""How a place compares with all of them: never in an order, only with what chance allows."""

from collections.abc import Iterable
from dataclasses import dataclass

from baqylau.figures.rules.results import Answer, Estimate
from baqylau.stats.funnel import Place, binomial_limits, share_place
from baqylau.stats.rounding import SLACK


@dataclass(frozen=True, slots=True)
class Compared:
    """Where a share stands, the share in all, and the limits of chance at the place's own n."""

    place: Place
    centre: float
    low: float
    high: float
    n: int


def centre_of(wholes: Iterable[Answer]) -> float | None:
    """The share in all, over one or several periods; None if one of them is withheld."""
    part = whole = 0
    for answer in wholes:
        if not isinstance(answer, Estimate) or answer.part is None:
            return None
        part, whole = part + answer.part, whole + answer.n
    return part / whole if whole else None


def compare(answer: Answer, centre: float | None) -> Compared | None:
    """A place's share in the funnel around the share in all; None for what is no share."""
    if not isinstance(answer, Estimate) or answer.part is None or centre is None:
        return None
    slack = SLACK if answer.is_rounded else 0
    place = share_place(answer.part, answer.n, centre, slack=slack)
    low, high = binomial_limits(answer.n, centre)
    return Compared(place, centre, low / answer.n, high / answer.n, answer.n)
