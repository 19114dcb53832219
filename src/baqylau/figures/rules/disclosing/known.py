"""All that is known together: facts, earlier tables, and the new tables as they stand."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from baqylau.figures.rules.disclosing.facts import Outcome, Question, Sum, Table
from baqylau.figures.rules.disclosing.knowledge import Told, is_small, outcome, size, told_by
from baqylau.stats.rounding import THRESHOLD

ANY = float("inf")
Bounds = tuple[float, float]
Blamed = tuple[int, str]
"""A new table by its place, and the cell that tells something; "" for the table as a whole."""


class Known:
    """Bounds of every sum that matters, from facts, earlier tables and what is chosen so far.

    `sums` are numbered; `members` are their atoms, numbered too. Both orders follow from the
    question alone. Raises: ValueError when a fact or an earlier table contradicts the counts.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._count = question.counts
        self.new = [table for table in question.tables if table.told is None]
        self.sums = _sums(question)
        self._number = {each: n for n, each in enumerate(self.sums)}
        atoms = sorted({atom for each in self.sums for atom in each}, key=repr)
        column = {atom: n for n, atom in enumerate(atoms)}
        self.members = [sorted(column[atom] for atom in each) for each in self.sums]
        self.truth = [question.counts.get(atom, 0) for atom in atoms]
        self.counts = [sum(self.truth[atom] for atom in each) for each in self.members]
        self.shown = [
            {
                key
                for key, cell in table.cells.items()
                if not is_small(cell, self.counted) and (table.key, key) not in question.unneeded
            }
            for table in self.new
        ]
        self.base = [(0.0, ANY)] * len(self.sums)
        for told in self._told_before():
            self._narrow(told)
        self._by_table = [self._told_by_new(place) for place in range(len(self.new))]

    def counted(self, atoms: Sum) -> int:
        """The true count of a sum."""
        return sum(self._count.get(atom, 0) for atom in atoms)

    def bounds(self, n: int) -> Bounds:
        """Between what a sum is known to lie, by itself."""
        low, high = self.base[n]
        for told in self._by_table:
            for each in told.get(n, ()):
                low = max(low, each.low)
                high = high if each.high is None else min(high, each.high)
        return low, high

    def hide(self, place: int, cells: Iterable[str]) -> Mapping[int, Bounds]:
        """Show some cells of a new table no longer; the sums that are known otherwise now."""
        before = self._by_table[place].keys()
        self.shown[place] -= set(cells)
        self._by_table[place] = self._told_by_new(place)
        return {n: self.bounds(n) for n in sorted(before | self._by_table[place].keys())}

    def blamed(self, n: int, *, is_low: bool) -> Iterator[Blamed]:
        """What new tables tell a bound of a sum; nothing when it is known without them."""
        side = 0 if is_low else 1
        bound = self.bounds(n)[side]
        if self.base[n][side] == bound:
            return
        for place, told in enumerate(self._by_table):
            for each in told.get(n, ()):
                if (each.low if is_low else each.high) == bound:
                    yield place, each.cell

    def size(self, place: int, key: str) -> int:
        """The smallest number that a cell of a new table shows."""
        return size(self.new[place].cells[key], self.counted)

    def secret(self) -> list[int]:
        """The sums that are to be protected: below 10 and in a cell, or asked for."""
        wanted = {self._number[each] for each in self._question.protected}
        wanted |= {self._number[each] for table in self._question.tables for each in _of(table)}
        return [n for n in sorted(wanted) if self.counts[n] < THRESHOLD]

    def caps(self, secret: Sequence[int]) -> Mapping[int, float]:
        """No more than what of each sum: what a small whole says of its parts by itself."""
        small = [(high, self.sums[n]) for n, (_, high) in enumerate(self.base) if high < THRESHOLD]
        return {
            n: min((high for high, whole in small if self.sums[n] <= whole), default=ANY)
            for n in secret
        }

    def outcomes(self) -> Mapping[str, Mapping[str, Outcome]]:
        """What becomes of every cell of the new tables."""
        return {
            table.key: {
                key: outcome(cell, self.counted, is_shown=key in shown)
                for key, cell in table.cells.items()
            }
            for table, shown in zip(self.new, self.shown, strict=True)
        }

    def _told_before(self) -> Iterator[Told]:
        for fact in self._question.known:
            yield Told(fact.atoms, fact.low, fact.high)
        for table in self._question.tables:
            if table.told is not None:
                told = table.told
                shown = {key for key, each in told.items() if each.shown}
                if any(
                    told[key] != outcome(table.cells[key], self.counted, is_shown=True)
                    for key in shown
                ):
                    raise ValueError(f"table {table.key} does not agree with the counts")
                yield from told_by(table, shown, self.counted)

    def _narrow(self, told: Told) -> None:
        n = self._number[told.atoms]
        high = ANY if told.high is None else told.high
        if not told.low <= self.counts[n] <= high:
            raise ValueError("a fact does not agree with the counts")
        self.base[n] = (max(self.base[n][0], told.low), min(self.base[n][1], high))

    def _told_by_new(self, place: int) -> Mapping[int, list[Told]]:
        found: defaultdict[int, list[Told]] = defaultdict(list)
        for each in told_by(self.new[place], self.shown[place], self.counted):
            found[self._number[each.atoms]].append(each)
        return found


def _of(table: Table) -> Iterator[Sum]:
    for cell in table.cells.values():
        yield from (*cell.sums, *cell.checks)


def _sums(question: Question) -> list[Sum]:
    """Every sum of the question once, in an order that does not depend on how it is written."""
    found: set[Sum] = {fact.atoms for fact in question.known} | set(question.protected)
    for table in question.tables:
        found.update(_of(table))
    names: dict[Hashable, str] = {atom: repr(atom) for each in found for atom in each}
    return sorted(found, key=lambda each: (len(each), sorted(names[atom] for atom in each)))
