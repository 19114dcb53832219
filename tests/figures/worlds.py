"""Small programmes whose tables are published quarter by quarter."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from baqylau.figures.rules.disclosing.choosing import choose
from baqylau.figures.rules.disclosing.facts import Cell, Choice, Fact, Question, Sum, Table

WINDOW = 2
"""Quarters that are shown together."""


@dataclass(frozen=True)
class World:
    """Counts by (side, value, quarter); `groups` puts values together.

    A whole with a part has two sides. `linked`: the part is a count of its own, else a share.
    `owed` are values whose exact sum everybody knows.
    """

    counts: Mapping[Hashable, int]
    groups: Sequence[int]
    quarters: int
    sides: str
    linked: bool = False
    owed: frozenset[int] = frozenset()

    def sum(self, values: Sequence[int], quarters: Sequence[int], sides: str = "") -> Sum:
        """The atoms of some values in some quarters."""
        return frozenset(
            (side, value, quarter)
            for side in sides or self.sides
            for value in values
            for quarter in quarters
        )

    def wholes(self, until: int) -> list[Fact]:
        """What is owed by contract: each quarter's exact number, of each side."""
        everything = range(len(self.groups))
        sums = [self.sum(everything, [q], side) for q in range(until) for side in self.sides]
        sums += [self.sum(sorted(self.owed), [q]) for q in range(until) if self.owed]
        return [Fact(each, number, number) for each in sums for number in [self.count(each)]]

    def count(self, atoms: Sum) -> int:
        """How many a sum counts."""
        return sum(self.counts[atom] for atom in atoms)

    def tables(self, quarter: int) -> list[Table]:
        """All that is published when a quarter is closed."""
        window = range(quarter + 1 - WINDOW, quarter + 1)
        values = range(len(self.groups))
        found = [
            Table(f"quarter {quarter}", {f"{v}": Cell((self.sum([v], [quarter]),)) for v in values})
        ]
        if self.linked:
            found.append(self._parts("part", quarter, [quarter]))
        if quarter + 1 < WINDOW:
            return found
        found.append(
            Table(f"window {quarter}", {f"{v}": Cell((self.sum([v], window),)) for v in values})
        )
        members = {g: [v for v in values if self.groups[v] == g] for g in sorted(set(self.groups))}
        found.append(
            Table(
                f"groups {quarter}",
                {f"{g}": Cell((self.sum(m, window),)) for g, m in members.items()},
            )
        )
        if self.linked:
            found.append(self._parts("part window", quarter, window))
        elif len(self.sides) == 2:
            found.append(
                Table(f"shares {quarter}", {f"{v}": self._share(v, window) for v in values})
            )
        return found

    def _parts(self, name: str, quarter: int, over: Sequence[int]) -> Table:
        """How many of each value lie in the part: never more than in the whole."""
        values = range(len(self.groups))
        side = self.sides[0]
        return Table(
            f"{name} {quarter}", {f"{v}": Cell((self.sum([v], over, side),)) for v in values}
        )

    def _share(self, value: int, window: Sequence[int]) -> Cell:
        part, rest = (self.sum([value], window, side) for side in self.sides)
        return Cell((part, part | rest), (rest,))

    def later(self, quarter: int) -> list[Sum]:
        """What the next windows will hold of the last quarters."""
        return [
            self.sum([v], [quarter], side)
            for v in range(len(self.groups))
            for side in ((self.sides[0], self.sides) if self.linked else self.sides)
        ]


@dataclass(frozen=True)
class Release:
    """What was chosen, of which question."""

    question: Question
    choice: Choice

    @property
    def told(self) -> list[Table]:
        """All tables that are public now."""
        return [
            table
            if table.told is not None
            else replace(table, told=self.choice.outcomes[table.key])
            for table in self.question.tables
        ]


def released(world: World, first: int) -> list[Release]:
    """Quarters before `first` at once, then those after one by one."""
    before: list[Table] = []
    found = []
    for until in range(first, world.quarters + 1):
        quarters = range(until) if until == first else [until - 1]
        tables = [table for quarter in quarters for table in world.tables(quarter)]
        question = Question(
            world.counts, world.wholes(until), [*before, *tables], world.later(until - 1)
        )
        found.append(Release(question, choose(question)))
        before = found[-1].told
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two to five values over two or three quarters, many of them near the threshold."""
    groups = draw(st.lists(st.integers(0, 1), min_size=2, max_size=5))
    quarters, sides = draw(st.integers(2, 3)), draw(st.sampled_from(("n", "pr")))
    atoms = [(s, v, q) for s in sides for v in range(len(groups)) for q in range(quarters)]
    count = st.integers(0, 9) | st.integers(0, 14) | st.integers(0, 60)
    counts = draw(st.lists(count, min_size=len(atoms), max_size=len(atoms)))
    linked = len(sides) > 1 and draw(st.booleans())
    owed = draw(st.frozensets(st.integers(0, len(groups) - 1), max_size=2))
    return World(dict(zip(atoms, counts, strict=True)), groups, quarters, sides, linked, owed)
