"""The disclosure gate for one table alone, whose sums nobody else tells.

Counts below 10 are hidden, zeros too; the rest are rounded to 5. Hidden counts are given together,
and with them as many of the smallest shown ones as it takes until nobody who knows the exact whole
can bound a hidden count more closely than a shown one is known. Where that needs all of them,
nothing is shown. Source: the 10-5 rule of the Office for National Statistics; the second step is
our own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baqylau.stats.rounding import SLACK, THRESHOLD, ten_five, to_base

WIDTH = 5
"""A hidden count keeps at least so much between its bounds: a shown one has 4."""
_TOP = THRESHOLD - 1


@dataclass(frozen=True, slots=True)
class Gated:
    """What may be shown of a table: rounded counts by value, and the hidden ones together.

    `together` is their rounded sum, None when that is too small itself. No `shown` at all means
    that the table is refused.
    """

    shown: Mapping[str, int]
    hidden: frozenset[str]
    together: int | None


def bounds(shown: Sequence[int], hidden: Sequence[int], whole: int) -> tuple[int, int]:
    """Between what anybody who knows the whole can place each hidden count that is below 10.

    `shown` are rounded counts, `hidden` true ones. It is assumed to be known which of the hidden
    ones are below 10, and that the others are no larger than the smallest shown one.
    """
    small = sum(count < THRESHOLD for count in hidden)
    merged = len(hidden) - small
    together = ten_five(sum(hidden))
    least = whole - sum(count + SLACK for count in shown)
    most = whole - sum(max(count - SLACK, THRESHOLD) for count in shown)
    if together is None:
        least, most = max(least, 0), min(most, _TOP)
    else:
        least = max(least, together - SLACK, THRESHOLD)
        most = min(most, together + SLACK)
    ceiling = min(shown, default=whole) + SLACK
    low = least - _TOP * (small - 1) - ceiling * merged
    return max(0, low), min(_TOP, most - THRESHOLD * merged)


def gate(cells: Mapping[str, int]) -> Gated:
    """The table as it may be shown; its whole, the sum of the cells, is known to everybody."""
    whole = sum(cells.values())
    shown = sorted((v for v in cells if cells[v] >= THRESHOLD), key=lambda v: (-cells[v], v))
    hidden = [value for value in cells if cells[value] < THRESHOLD]
    while hidden and shown:
        low, high = bounds([to_base(cells[v]) for v in shown], [cells[v] for v in hidden], whole)
        if high - low >= WIDTH:
            break
        hidden.append(shown.pop())
    return Gated(
        {value: to_base(cells[value]) for value in shown},
        frozenset(hidden),
        ten_five(sum(cells[value] for value in hidden)) if shown else None,
    )
