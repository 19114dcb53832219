"""Whether a unit differs from the rest by more than chance allows: funnels, never league tables.

30 units that are exactly alike differ a great deal when each was seen a few times. So a unit is
compared with the limits between which chance alone would put it, as wide as its own number asks.
"""

import math
from collections.abc import Iterator
from enum import StrEnum

LEVEL = 0.998
"""A unit outside these limits is one in five hundred where nothing differs."""
_STEPS = 200
_CLOSE = 1e-12
_DEVIATIONS, _BESIDES = 10, 50


class Place(StrEnum):
    """Where a unit stands in the funnel."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    return (1 - level) / 2


def poisson_limits(expected: float, level: float = LEVEL) -> tuple[float, float]:
    """The limits of observed to expected for a count, exact; 1 is what was expected.

    Raises: ValueError for nothing expected.
    Source: Garwood, Biometrika 28 (1936) 437-442: quantiles of the gamma distribution.
    """
    if not (math.isfinite(expected) and expected > 0):
        raise ValueError("a funnel needs an expected count above 0")
    tail = _tail(level)
    low = _gamma_quantile(expected, tail)
    high = _gamma_quantile(expected + 1, 1 - tail)
    return low / expected, high / expected


def binomial_limits(whole: int, centre: float, level: float = LEVEL) -> tuple[int, int]:
    """The smallest and the largest part of a whole that chance allows around a share, exact.

    Raises: ValueError for a whole below 1, or a centre that is no share.
    """
    if whole < 1 or not 0 <= centre <= 1:
        raise ValueError("a funnel needs a whole of at least 1 and a share between 0 and 1")
    tail = _tail(level)
    parts = _likely(whole, centre)
    chances = list(_binomial(whole, centre, parts))
    return parts[0] + _reached(chances, tail), parts[-1] - _reached(chances[::-1], tail)


def _likely(whole: int, centre: float) -> range:
    """The parts that are summed: all others together have a chance below e^-40, which no sum feels.

    So the limits of a large whole cost its root. Source: Bernstein's inequality, with ten standard
    deviations and fifty as the distance.
    """
    middle = whole * centre
    far = _DEVIATIONS * math.sqrt(middle * (1 - centre)) + _BESIDES
    return range(max(0, math.floor(middle - far)), min(whole, math.ceil(middle + far)) + 1)


def share_place(
    part: int, whole: int, centre: float, *, slack: int = 0, level: float = LEVEL
) -> Place:
    """Where a share stands among shares around the centre.

    `slack` is how far part and whole may lie from the true counts, because they were rounded: a
    unit is outside only if it is so whatever they were.
    """
    wholes = range(max(1, whole - slack), whole + slack + 1)
    places = set()
    for true in wholes:
        low, high = binomial_limits(true, centre, level)
        for counted in (max(0, part - slack), min(true, part + slack)):
            places.add(_place(min(counted, true), low, high))
    return places.pop() if len(places) == 1 else Place.WITHIN


def _place(part: int, low: int, high: int) -> Place:
    if part < low:
        return Place.BELOW
    return Place.ABOVE if part > high else Place.WITHIN


def _reached(chances: list[float], tail: float) -> int:
    """The first place at which the chances come to more than the tail."""
    total = 0.0
    for number, chance in enumerate(chances):
        total += chance
        if total > tail:
            return number
    return len(chances) - 1


def _binomial(whole: int, centre: float, parts: range) -> Iterator[float]:
    """The chance of each of the parts."""
    if centre in {0.0, 1.0}:
        yield from (float(part == whole * centre) for part in parts)
        return
    for part in parts:
        ways = math.lgamma(whole + 1) - math.lgamma(part + 1) - math.lgamma(whole - part + 1)
        yield math.exp(ways + part * math.log(centre) + (whole - part) * math.log1p(-centre))


def _gamma_quantile(shape: float, share: float) -> float:
    """The value below which this share of a gamma distribution of scale 1 lies; by halving."""
    low, high = 0.0, shape + 1
    while _gamma_below(shape, high) < share:
        high *= 2
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if high - low <= _CLOSE * high:
            break
        if _gamma_below(shape, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _gamma_below(shape: float, value: float) -> float:
    """The share of a gamma distribution of scale 1 below a value.

    Source: Abramowitz and Stegun, 6.5.29 (a series) and 6.5.31 (a continued fraction, which is
    evaluated from its far end).
    """
    if value <= 0:
        return 0.0
    front = math.exp(shape * math.log(value) - value - math.lgamma(shape))
    if value >= shape + 1:
        rest = 0.0
        for step in range(_STEPS + int(value), 0, -1):
            rest = step * (shape - step) / (value + 2 * step + 1 - shape + rest)
        return 1 - front / (value + 1 - shape + rest)
    term = total = 1 / shape
    place = shape
    while term > _CLOSE * total:
        place += 1
        term *= value / place
        total += term
    return front * total
