"""Quantiles of whole numbers that are kept as counts by size."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from baqylau.stats.intervals import LEVEL, bounding_ranks


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile, its interval in the unit of the sizes, and the n behind both."""

    value: int
    low: int
    high: int
    n: int


class Histogram:
    """Counts by size, read by rank. Raises: ValueError for a negative count."""

    def __init__(self, counts: Mapping[int, int]) -> None:
        if any(count < 0 for count in counts.values()):
            raise ValueError("a count is never negative")
        self._sizes = sorted(size for size, count in counts.items() if count)
        self._sums = list(accumulate(counts[size] for size in self._sizes))

    @property
    def n(self) -> int:
        """How many there are."""
        return self._sums[-1] if self._sums else 0

    def at(self, rank: int) -> int:
        """The size of the one with the rank, the smallest being 1. Raises: IndexError."""
        if not 1 <= rank <= self.n:
            raise IndexError(rank)
        return self._sizes[bisect_left(self._sums, rank)]

    def quantile(self, share: float, level: float = LEVEL) -> Quantile | None:
        """The smallest size that at least this share does not exceed, with its interval.

        None when there are too few for an interval at this level.
        """
        ranks = bounding_ranks(self.n, share, level)
        if ranks is None:
            return None
        value = self.at(max(1, min(self.n, -int(-self.n * share // 1))))
        low, high = self.at(ranks[0]), self.at(ranks[1])
        return Quantile(value, min(low, value), max(high, value), self.n)
