"""Comparing the means of two independent samples of small whole numbers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from baqylau.stats.intervals import LEVEL

Histogram = Mapping[int, int]
"""How many observations have each value."""
_TINY = 1e-300
_CLOSE = 1e-14
_STEPS = 1_000
"""Terms of a continued fraction, and halvings of an interval, at most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample's number of observations, mean, and variance with n - 1 below (None under 2)."""

    n: int
    mean: float
    variance: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two means, second less first, with its interval and degrees of freedom."""

    value: float
    low: float
    high: float
    freedom: float


def sample(counts: Histogram) -> Sample:
    """The sample of a histogram. Raises: ValueError for an empty one, or a negative count."""
    n = sum(counts.values())
    if n < 1 or any(count < 0 for count in counts.values()):
        raise ValueError("a sample needs observations")
    mean = sum(value * count for value, count in counts.items()) / n
    spread = sum(count * (value - mean) ** 2 for value, count in counts.items())
    return Sample(n, mean, spread / (n - 1) if n > 1 else None)


def welch(first: Histogram, second: Histogram, level: float = LEVEL) -> Change | None:
    """The change from the first mean to the second, without assuming equal variances.

    None where no interval can be made: a sample below 2, or all observations of both alike.
    Raises: ValueError as `sample`, or for a level that is not between 0 and 1.
    Source: Welch, Biometrika 34 (1947) 28-35; degrees of freedom by Satterthwaite, Biometrics
    Bulletin 2 (1946) 110-114.
    """
    one, two = sample(first), sample(second)
    if one.variance is None or two.variance is None:
        return None
    parts = one.variance / one.n, two.variance / two.n
    error = sum(parts)
    if error <= 0:
        return None
    freedom = error**2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (two.n - 1))
    half = student((1 + level) / 2, freedom) * math.sqrt(error)
    value = two.mean - one.mean
    return Change(value, value - half, value + half, freedom)


def student(probability: float, freedom: float) -> float:
    """The quantile of Student's distribution, for probabilities above one half.

    Raises: ValueError for a probability outside (0.5, 1) or degrees of freedom not above 0.
    """
    if not 0.5 < probability < 1 or not freedom > 0:
        raise ValueError("a quantile needs a probability between 0.5 and 1 and degrees of freedom")
    tail = 2 * (1 - probability)
    low, high = 0.0, 1.0
    while _both_tails(high, freedom) > tail:
        low, high = high, high * 2
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if high - low <= _CLOSE * max(1.0, high) or middle in (low, high):
            break
        low, high = (middle, high) if _both_tails(middle, freedom) > tail else (low, middle)
    return (low + high) / 2


def _both_tails(t: float, freedom: float) -> float:
    """The probability of a value further from zero than t."""
    return _beta(freedom / (freedom + t * t), freedom / 2, 0.5)


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz's way).

    Source: DLMF 8.17.22, https://dlmf.nist.gov/8.17#v.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = a * math.log(x) + b * math.log1p(-x)
    front += math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    c, d = 1.0, 1 / _never_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _STEPS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _never_zero(1 + numerator * d)
            c = _never_zero(1 + numerator / c)
            fraction *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return math.exp(front) * fraction / a


def _never_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
