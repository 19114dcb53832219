"""Somebody who wants to know what was hidden: written apart from the gate, by trying sums.

Known to them: the exact whole, the rule, which groups are shown and as what, the rounded sum of the
hidden ones, and even which of these are below 10. Every whole number that fits is kept, so that no
bound is missed that a cleverer method would find.
"""

from collections.abc import Iterable, Mapping

Set = frozenset[int]


def _rounded(number: int) -> int:
    """To the nearest 5, the school's way."""
    down = number - number % 5
    return down if number - down < 2.5 else down + 5


def possible(shown: int) -> Set:
    """The counts that are shown as this."""
    return frozenset(n for n in range(max(10, shown - 5), shown + 6) if _rounded(n) == shown)


def _sums(one: Set, other: Iterable[int], limit: int) -> Set:
    return frozenset(a + b for a in one for b in other if a + b <= limit)


def _all_sums(sets: Iterable[Iterable[int]], limit: int) -> Set:
    found: Set = frozenset({0})
    for each in sets:
        found = _sums(found, each, limit)
    return found


def feasible(
    whole: int,
    shown: Iterable[int],
    small: int,
    merged: int,
    together: int | None,
) -> Set:
    """The values that one hidden count below 10 may have, as far as anybody can know."""
    shown = list(shown)
    ceiling = min((max(possible(each)) for each in shown), default=whole)
    outside = _all_sums([possible(each) for each in shown], whole)
    others = _all_sums([*([range(10)] * (small - 1)), *([range(10, ceiling + 1)] * merged)], whole)
    hidden = range(10) if together is None else possible(together)
    found = set()
    for value in range(10):
        for rest in others:
            is_said = value + rest in hidden
            if is_said and whole - value - rest in outside:
                found.add(value)
                break
    return frozenset(found)


def narrowest(cells: Mapping[str, int], shown: Mapping[str, int], together: int | None) -> int:
    """The width of the bounds about the hidden counts below 10; 9 when there are none."""
    hidden = [cells[value] for value in cells if value not in shown]
    small = sum(count < 10 for count in hidden)
    if not small:
        return 9
    found = feasible(sum(cells.values()), shown.values(), small, len(hidden) - small, together)
    assert {count for count in hidden if count < 10} <= found, "the attacker lost the truth"
    return max(found) - min(found)
