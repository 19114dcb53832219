"""Adding contributions up into sums by period, dimension and value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from baqylau.figures.rules.spans import UNSIZED, first_of
from baqylau.kernel.figures import Contribution, Fold, Span

Key = tuple[str, str, str, date, str, int]
"""measure, dimension, span, first day, value, size: a row of sums."""
FINE = 60
"""Days that are kept one by one."""
MIDDLE = 180
"""Days up to which they are kept by fives; beyond, by thirties."""
MOST = 1_800
NAME_LIMIT = 24
VALUE_LIMIT = 48


def binned(size: int) -> int:
    """The size as it is kept, so that a histogram stays short. Raises: ValueError below 0."""
    if size < 0:
        raise ValueError("a size is never negative")
    if size <= FINE:
        return size
    step = 5 if size <= MIDDLE else 30
    return min((size + step // 2) // step * step, MOST)


def checked(fold: Fold, given: Iterable[Contribution]) -> Iterator[Contribution]:
    """The contributions, each of them one that the fold said it would make.

    Raises: ValueError for another measure, or for names that no row holds.
    """
    for each in given:
        if each.measure not in fold.measures:
            raise ValueError(f"{fold.code} does not contribute to {each.measure}")
        for dimension, value in each.cells.items():
            if not 0 < len(dimension) <= NAME_LIMIT or len(value) > VALUE_LIMIT:
                raise ValueError(f"{each.measure} cannot be counted by {dimension}")
        yield each


def add_up(contributions: Iterable[Contribution]) -> Counter[Key]:
    """Every sum that the contributions change, and by how much; none that they leave as it is."""
    days: Counter[tuple[str, date, frozenset[Span], str, str, int]] = Counter()
    for each in contributions:
        sizes = (UNSIZED,) if each.size is None else (UNSIZED, binned(each.size))
        whole = () if each.in_parts_only else (("", ""),)
        for dimension, value in (*whole, *each.cells.items()):
            for size in sizes:
                days[each.measure, each.on, each.spans, dimension, value, size] += each.amount
    sums: Counter[Key] = Counter()
    for (measure, on, spans, dimension, value, size), amount in days.items():
        # Sizes by single days would be as many rows as there are records.
        for span in spans if size == UNSIZED else spans - {Span.DAY}:
            sums[measure, dimension, span.value, first_of(span, on), value, size] += amount
    return Counter({key: amount for key, amount in sums.items() if amount})
