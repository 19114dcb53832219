"""Two breakdowns of the same records, laid beside each other: by district and by kind, say.

Each dimension is a question of its own to the engine. Somebody who has both tables knows more than
each of them tells: that they count the same records. The reader here is told so, atom by atom.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.figures.rules.disclosing.facts import Cell, Fact, Sum, Table
from tests.figures.solver import Reader, hidden_sums
from tests.figures.worlds import Release, World, released

pytestmark = pytest.mark.once
Crossed = dict[tuple[str, int, int, int], int]
"""How many by side, value of the first dimension, value of the second, quarter."""
WIDTH = 5


@dataclass(frozen=True)
class Beside:
    """The same records by two dimensions; `counts` are crossed, which nobody publishes."""

    counts: Crossed
    worlds: tuple[World, World]

    def release(self, which: int) -> Release:
        """All tables of one dimension up to the last quarter."""
        return released(self.worlds[which], self.worlds[which].quarters)[-1]

    def crossed(self, which: int, atoms: Sum) -> Sum:
        """A sum of one dimension as the sum of crossed atoms that it is."""
        wanted = set(atoms)
        return frozenset(key for key in self.counts if (key[0], key[1 + which], key[3]) in wanted)

    def table(self, which: int, table: Table) -> Table:
        """A published table, of crossed atoms."""
        cells = {
            key: Cell(
                tuple(self.crossed(which, each) for each in cell.sums),
                tuple(self.crossed(which, each) for each in cell.checks),
            )
            for key, cell in table.cells.items()
        }
        return Table(table.key, cells, table.told)

    def reader(self, empty: Iterable[tuple[str, int, int, int]] = ()) -> Reader:
        """Somebody who keeps both, and knows which pairs cannot be (`empty`)."""
        found = Reader(dict[Hashable, int](self.counts.items()))
        found.hear(Fact(frozenset([key]), 0, 0) for key in empty)
        for which in (0, 1):
            release = self.release(which)
            found.hear(
                Fact(self.crossed(which, each.atoms), each.low, each.high)
                for each in release.question.known
            )
            for table in release.told:
                found.read(self.table(which, table), table.told or {})
        return found


def margin(
    counts: Crossed, which: int, groups: list[int], quarters: int, *, is_linked: bool = False
) -> World:
    """What one dimension's tables are made of."""
    found: dict[Hashable, int] = {}
    for (side, *values, quarter), number in counts.items():
        key = side, values[which], quarter
        found[key] = found.get(key, 0) + number
    sides = "".join(sorted({key[0] for key in counts}))
    return World(found, groups, quarters, sides, is_linked)


@st.composite
def besides(draw: st.DrawFn) -> Beside:
    """Two or three values by two or three, over two quarters, many counts near the threshold."""
    first, second = (draw(st.integers(2, 3)) for _dimension in range(2))
    sides = draw(st.sampled_from(("n", "pr")))
    linked = len(sides) > 1 and draw(st.booleans())
    keys = [
        (s, a, b, q) for s in sides for a in range(first) for b in range(second) for q in (0, 1)
    ]
    count = st.integers(0, 4) | st.integers(0, 12) | st.integers(0, 40)
    numbers = draw(st.lists(count, min_size=len(keys), max_size=len(keys)))
    counts = dict(zip(keys, numbers, strict=True))
    worlds = [
        margin(
            counts, which, [draw(st.integers(0, 1)) for _value in range(size)], 2, is_linked=linked
        )
        for which, size in ((0, first), (1, second))
    ]
    return Beside(counts, (worlds[0], worlds[1]))


def alone(release: Release) -> Reader:
    """Somebody who keeps the tables of one dimension."""
    found = Reader(release.question.counts)
    found.hear(release.question.known)
    for table in release.told:
        found.read(table, table.told or {})
    return found


@given(besides())
@settings(max_examples=12, deadline=None)
def test_two_breakdowns_beside_each_other_tell_what_each_tells_alone_and_no_more(
    beside: Beside,
) -> None:
    both = beside.reader()
    for which in (0, 1):
        release = beside.release(which)
        reader = alone(release)
        for each in hidden_sums(release.told, release.question.protected, reader):
            assert both.interval(beside.crossed(which, each)) == reader.interval(each)


def test_who_knows_which_pairs_cannot_be_may_learn_more() -> None:
    """The limit that the docs name: a body that people of one district alone come about."""
    counts: Crossed = {(s, a, b, 0): 0 for s in "n" for a in range(3) for b in range(5)}
    counts |= {("n", 0, 0, 0): 40, ("n", 1, 1, 0): 29, ("n", 1, 2, 0): 1}
    counts |= {("n", 2, 3, 0): 25, ("n", 2, 4, 0): 6}
    places, bodies = (margin(counts, which, [0] * size, 1) for which, size in ((0, 3), (1, 5)))
    beside = Beside(counts, (places, bodies))
    small = beside.crossed(1, frozenset({("n", 2, 0)}))
    low, high = beside.reader().interval(small)
    assert high - low >= WIDTH
    # The district's 30 people and the large body's 30: what is left for the small one is little.
    own = {0: {0}, 1: {1, 2}, 2: {3, 4}}
    empty = [key for key in counts if key[2] not in own[key[1]]]
    low, high = beside.reader(empty).interval(small)
    assert high - low < WIDTH
