"""What is published, what is known, what is to be protected: the shapes of the disclosure rules.

An *atom* is the finest thing that is counted: any hashable key, such as (measure, side, value,
quarter). Every number that is published is the sum of some atoms, and every atom counts each record
once. A share has two sides: its part is {part}, its whole is {part, rest}, its complement {rest}.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baqylau.figures.rules.results import Why

Sum = frozenset[Hashable]
"""The atoms that are added up."""
WIDTH = 5
"""A hidden sum keeps at least so much between its bounds, six values: a shown one has 4."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that everybody knows: a sum lies between `low` and `high`, both included.

    Raises: ValueError when nothing lies between them.
    """

    atoms: Sum
    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError("a fact leaves at least one number")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table shows in one place, all of it or nothing.

    `sums` are shown, each of them rounded; one for a count, part and whole for a share.
    `checks` are not shown and must reach the threshold too: the complement of a share.
    Raises: ValueError when there is nothing to add up.
    """

    sums: tuple[Sum, ...]
    checks: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        if not self.sums or not all((*self.sums, *self.checks)):
            raise ValueError("a cell adds up at least one atom")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a cell: the rounded numbers in the order of its sums, or why there are none.

    `why` is Why.SMALL (one of the sums or checks is below 10) or Why.NARROW (hidden, so that
    another one stays hidden). Which of the two it is may be told to nobody.
    """

    shown: tuple[int, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by their keys. `told` is what became of them where the table is published already.

    `told` None: still to be chosen. Cells that `told` does not name were hidden (NARROW).
    """

    key: str
    cells: Mapping[str, Cell]
    told: Mapping[str, Outcome] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be published of each new table, by table and cell.

    `given_away`: hidden sums below 10 that the facts and the earlier tables bound more closely than
    the rule wants, whatever is published now (a quarter with three cases in all). The new tables
    add nothing to what is known of them. `solved` counts linear programmes, `searched` the searches
    for whole numbers.
    """

    outcomes: Mapping[str, Mapping[str, Outcome]]
    given_away: Sequence[Sum] = ()
    solved: int = 0
    searched: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """All that a choice depends on.

    `counts`: how many each atom counts, as it stood when its quarter was closed; an atom that is
    left out counts 0. `known`: what everybody knows beside the tables; the programme's wholes.
    `tables`: from the oldest and most wanted to the newest and least wanted; cells of the last are
    hidden first. `protected`: further sums that stay protected while they are below 10.
    `unneeded`: cells of new tables (table, cell) that are hidden without need (see `chance`).
    """

    counts: Mapping[Any, int]
    known: Sequence[Fact]
    tables: Sequence[Table]
    protected: Sequence[Sum] = ()
    unneeded: Collection[tuple[str, str]] = ()
