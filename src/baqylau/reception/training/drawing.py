"""Drawing from weighted tables, the same for the same seed."""

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Values with their summed weights."""

    values: Sequence[T]
    sums: Sequence[float]

    def draw(self, chance: random.Random) -> T:
        """One of the values, by weight."""
        return self.values[bisect(self.sums, chance.random() * self.sums[-1])]


def table(weights: Mapping[T, float]) -> Table[T]:
    """A table of the values whose weight is above nought."""
    kept = {value: weight for value, weight in weights.items() if weight > 0}
    return Table(list(kept), list(accumulate(kept.values())))
