"""Long things on pages that stay light."""

from collections.abc import Sequence
from typing import Final

SIGNS: Final = 4_500
"""Signs of text on a page: with its frame it stays within 14 KB."""
ROWS: Final = 12
"""Points or comments on a page."""


def pages(lengths: Sequence[int], signs: int = SIGNS, rows: int = ROWS) -> list[range]:
    """Which rows stand on which page: as many as fit, one at least."""
    found: list[range] = []
    first = weight = 0
    for place, length in enumerate(lengths):
        if place > first and (weight + length > signs or place - first >= rows):
            found.append(range(first, place))
            first, weight = place, 0
        weight += length
    if lengths:
        found.append(range(first, len(lengths)))
    return found


def page_at(number: str, pages_there: Sequence[range]) -> int:
    """The page that is asked for, from 1; the nearest that there is."""
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return max(1, min(asked, len(pages_there)))


def around(number: int, count: int) -> list[int]:
    """The numbers of pages to choose from: the first, the last, and two on each side."""
    near = range(max(1, number - 2), min(count, number + 2) + 1)
    return sorted({1, count, *near})
