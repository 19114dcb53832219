"""Adding contributions up into sums by period, dimension and value."""

from collections import Counter, defaultdict
from collections.abc import Iterable
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


Raw = dict[tuple[str, date, frozenset[Span], int], dict[tuple[str, str] | None, int]]
"""Contributions while they are added up: by measure, day, spans and size; then by part.

A part is a dimension with a value, None the whole. What has a size stands on its month's first day.
"""
_UP = (Span.DAY, Span.MONTH, Span.QUARTER, Span.YEAR, Span.ALL)


def collect(raw: Raw, contributions: Iterable[Contribution]) -> None:
    """Add contributions to what was collected. Raises: ValueError for a size below 0.

    A rebuild spends most of its time here: a place is looked up once for all parts of it.
    """
    for each in contributions:
        amount = each.amount
        places = [(each.measure, each.on, each.spans, UNSIZED)]
        if each.size is not None:
            # Sizes by single days would be as many rows as there are records.
            month = each.on.replace(day=1)
            places.append((each.measure, month, each.spans, binned(each.size)))
        for place in places:
            parts = raw.get(place)
            if parts is None:
                parts = raw[place] = defaultdict(int)
            if not each.in_parts_only:
                parts[None] += amount
            for part in each.cells.items():
                parts[part] += amount


def check(fold: Fold, raw: Raw) -> None:
    """Refuse what the fold never said it would give, and names that no row holds.

    Raises: ValueError.
    """
    for (measure, *_rest), parts in raw.items():
        if measure not in fold.measures:
            raise ValueError(f"{fold.code} does not contribute to {measure}")
        for part in parts:
            if part and not (0 < len(part[0]) <= NAME_LIMIT and len(part[1]) <= VALUE_LIMIT):
                raise ValueError(f"{measure} cannot be counted by {part[0]}")


def spread(raw: Raw) -> Counter[Key]:
    """Every sum that was collected for its periods; none that comes to nothing.

    Months are made of days, quarters of months, and so on: each step has fewer to add.
    """
    sums: dict[Key, int] = {}
    for span in _UP:
        raw = raw if span is Span.DAY else _joined(raw, span)
        for (measure, first, spans, size), parts in raw.items():
            if span not in spans or (span is Span.DAY and size != UNSIZED):
                continue
            code = span.value
            for part, amount in parts.items():
                dimension, value = part or ("", "")
                key = measure, dimension, code, first, value, size
                sums[key] = sums.get(key, 0) + amount
    return Counter({key: amount for key, amount in sums.items() if amount})


def _joined(raw: Raw, span: Span) -> Raw:
    """The same by a longer period."""
    found: Raw = {}
    for (measure, on, spans, size), parts in raw.items():
        place = measure, first_of(span, on), spans, size
        into = found.get(place)
        if into is None:
            found[place] = defaultdict(int, parts)
            continue
        for part, amount in parts.items():
            into[part] += amount
    return found


def add_up(contributions: Iterable[Contribution], fold: Fold | None = None) -> Counter[Key]:
    """Every sum that the contributions change, and by how much; none that they leave as it is.

    Raises: ValueError for a size below 0; for what the fold does not give, if one is named.
    """
    raw: Raw = {}
    collect(raw, contributions)
    if fold:
        check(fold, raw)
    return spread(raw)
