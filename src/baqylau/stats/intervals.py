"""Intervals for shares, and which order statistics bound a quantile."""

import math
from functools import lru_cache
from statistics import NormalDist

LEVEL = 0.95
"""Confidence of every interval, unless another is asked for."""
EXACT = 1_000
"""Up to so many observations binomial tails are summed; beyond, the normal curve is used."""


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(part: int, whole: int, level: float = LEVEL) -> tuple[float, float]:
    """The score interval of a share, from 0 to 1; it never leaves this range, even at its ends.

    Raises: ValueError for a whole below 1, or a part outside it.
    Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212.
    """
    if whole < 1 or not 0 <= part <= whole:
        raise ValueError("a share needs a whole of at least 1 and a part of it")
    z, share = _z(level), part / whole
    shrink = 1 + z * z / whole
    middle = (share + z * z / (2 * whole)) / shrink
    half = z / shrink * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return min(low, share), max(high, share)


@lru_cache(maxsize=4_096)
def bounding_ranks(n: int, quantile: float, level: float = LEVEL) -> tuple[int, int] | None:
    """The ranks (from 1) of the ordered observations that bound a quantile of their population.

    None when n is too small for the level. Assumes nothing about the distribution.
    Raises: ValueError for a quantile that is not between 0 and 1.
    Source: Conover, Practical Nonparametric Statistics, section 3.2.
    """
    if not 0 < quantile < 1:
        raise ValueError("a quantile lies between 0 and 1")
    tail = (1 - level) / 2
    if n > EXACT:
        # One rank further out than the curve says: the interval errs on the wide side.
        spread = _z(level) * math.sqrt(n * quantile * (1 - quantile))
        low = math.floor(n * quantile - spread)
        high = math.ceil(n * quantile + spread) + 1
    else:
        low = _largest_rank(n, quantile, tail)
        high = n + 1 - _largest_rank(n, 1 - quantile, tail)
    return (low, high) if low >= 1 and high <= n else None


def _largest_rank(n: int, quantile: float, tail: float) -> int:
    """The largest rank r with P(fewer than r observations lie below the quantile) <= tail."""
    total, rank = 0.0, 0
    while rank < n:
        total += math.exp(_log_binomial(n, rank, quantile))
        if total > tail:
            break
        rank += 1
    return rank


def _log_binomial(n: int, k: int, p: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(p) + (n - k) * math.log1p(-p)
