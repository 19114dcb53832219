"""What somebody learns from a published table who knows the method."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from baqylau.figures.rules.disclosing.facts import Cell, Outcome, Sum, Table
from baqylau.figures.rules.results import Why
from baqylau.stats.rounding import SLACK, THRESHOLD, to_base

Counted = Callable[[Sum], int]
"""Gives the true count of a sum."""
TOP = THRESHOLD - 1


@dataclass(frozen=True, slots=True)
class Told:
    """A sum lies between `low` and `high` (None: no bound), because of a cell.

    `cell` is the shown cell that tells it; "" where the table tells it as long as it shows
    anything at all.
    """

    atoms: Sum
    low: int
    high: int | None
    cell: str = ""


def is_small(cell: Cell, counted: Counted) -> bool:
    """Whether a cell must be hidden for its own sake."""
    return any(counted(each) < THRESHOLD for each in (*cell.sums, *cell.checks))


def outcome(cell: Cell, counted: Counted, *, is_shown: bool) -> Outcome:
    """What becomes of a cell."""
    if is_shown:
        return Outcome(tuple(to_base(counted(each)) for each in cell.sums))
    return Outcome(why=Why.SMALL if is_small(cell, counted) else Why.NARROW)


def size(cell: Cell, counted: Counted) -> int:
    """The smallest number that a cell shows: what is hidden first."""
    return min(to_base(counted(each)) for each in cell.sums)


def told_by(table: Table, shown: Collection[str], counted: Counted) -> Iterator[Told]:
    """All that a table tells: nothing when it shows nothing.

    Of every hidden sum it is known whether it is below 10, and of a count that is hidden for
    others' sake that it is no larger than the smallest that is shown, where this is so.
    """
    if not shown:
        return
    least = min(shown, key=lambda key: (size(table.cells[key], counted), key))
    ceiling = size(table.cells[least], counted) + SLACK
    for key, cell in table.cells.items():
        if key in shown:
            yield from _shown(key, cell, counted)
            continue
        is_single = len(cell.sums) == 1 and not cell.checks
        for each in (*cell.sums, *cell.checks):
            count = counted(each)
            if count < THRESHOLD:
                yield Told(each, 0, TOP)
            else:
                yield Told(each, THRESHOLD, None)
                if is_single and count <= ceiling:
                    yield Told(each, 0, ceiling, least)


def _shown(key: str, cell: Cell, counted: Counted) -> Iterator[Told]:
    for each in cell.sums:
        number = to_base(counted(each))
        yield Told(each, THRESHOLD, None)
        yield Told(each, number - SLACK, number + SLACK, key)
    for each in cell.checks:
        yield Told(each, THRESHOLD, None)
