"""Somebody who reads all tables ever published and solves for what is hidden.

Written apart from the rules, on the published numbers: what each of them says is read from the
docs, the bounds come from a programme in whole numbers that is stated anew, and for a few values
from trying all counts.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import highspy

from baqylau.figures.rules.disclosing.facts import Cell, Fact, Outcome, Sum, Table
from tests.figures.attacker import possible

Line = tuple[Sum, int, int]
"""A sum with its least and most."""
MOST = 10_000


@dataclass
class Reader:
    """What somebody knows: sums with bounds. `counts` is used for flags only, and for its keys."""

    counts: Mapping[Hashable, int]
    lines: list[Line] = field(default_factory=list)

    def hear(self, facts: Iterable[Fact]) -> None:
        """Take what is known to all."""
        self.lines += [(fact.atoms, fact.low, fact.high) for fact in facts]

    def read(self, table: Table, told: Mapping[str, Outcome]) -> None:
        """Take what a published table says; one without numbers says nothing."""
        numbers = [each.shown for each in told.values() if each.shown]
        if not numbers:
            return
        smallest = min(min(each) for each in numbers)
        for key, cell in table.cells.items():
            self.lines += self._said(cell, told[key], smallest)

    def _said(self, cell: Cell, outcome: Outcome, smallest: int) -> Iterator[Line]:
        if outcome.shown:
            for atoms, number in zip(cell.sums, outcome.shown, strict=True):
                yield atoms, min(possible(number)), max(possible(number))
            for atoms in cell.checks:
                yield atoms, 10, MOST
            return
        for atoms in (*cell.sums, *cell.checks):
            count = self.count(atoms)
            ceiling = max(possible(smallest))
            is_alone = len(cell.sums) + len(cell.checks) == 1
            if count < 10:
                yield atoms, 0, 9
            elif is_alone and count <= ceiling:
                yield atoms, 10, ceiling
            else:
                yield atoms, 10, MOST

    def count(self, atoms: Sum) -> int:
        """The true count: what the reader wants, and what says which are below 10."""
        return sum(self.counts.get(atom, 0) for atom in atoms)

    def interval(self, wanted: Sum) -> tuple[int, int]:
        """The least and most whole number that a sum can be, up to 9."""
        low, high = self.point(wanted, is_most=False), self.point(wanted, is_most=True)
        least, most = (sum(point[atom] for atom in wanted) for point in (low, high))
        assert least <= self.count(wanted) <= most, "the reader lost the truth"
        return least, min(most, 9)

    def point(self, wanted: Sum, *, is_most: bool) -> dict[Hashable, int]:
        """Counts that agree with everything and reach the least or most of a sum."""
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the package's own gap
        solver.silent()
        names = sorted(
            {*self.counts, *wanted, *(a for line in self.lines for a in line[0])}, key=repr
        )
        of = {name: solver.addIntegral(lb=0, ub=MOST) for name in names}
        for atoms, low, high in self.lines:
            total = solver.qsum([of[atom] for atom in atoms])
            solver.addConstr(total >= low)
            solver.addConstr(total <= high)
        aim = solver.qsum([of[atom] for atom in wanted])
        solver.maximize(aim) if is_most else solver.minimize(aim)
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return {name: round(solver.val(of[name])) for name in names}

    def tried(self, wanted: Sum) -> tuple[int, int]:
        """As `interval`, by trying all counts: for a few atoms, all of them in a line with a most.

        The last atom of the longest exact line follows from the others.
        """
        names = sorted(self.counts, key=repr)
        tops = {
            name: min(high for atoms, _low, high in self.lines if name in atoms) for name in names
        }
        found = set()
        for counts in product(*(range(tops[name] + 1) for name in names)):
            guess = dict(zip(names, counts, strict=True))
            if all(low <= sum(guess[a] for a in atoms) <= high for atoms, low, high in self.lines):
                found.add(min(9, sum(guess[atom] for atom in wanted)))
        return min(found), max(found)


def hidden_sums(tables: Iterable[Table], more: Collection[Sum], reader: Reader) -> list[Sum]:
    """Every sum below 10 that some table has a place for, and those asked for."""
    cells = [cell for table in tables for cell in table.cells.values()]
    found = {each for cell in cells for each in (*cell.sums, *cell.checks)} | set(more)
    small = [each for each in found if reader.count(each) < 10]
    return sorted(small, key=lambda each: sorted(map(repr, each)))
