"""Small programmes about a sum and what is near it, where the whole is large.

Atoms that meet in a short sum are near each other (a value's quarters, by its windows). What such a
group says by itself bounds a sum from outside: whoever knows more, knows no less. What the
group and a few others can do while all the rest stays as it is bounds it from inside.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from baqylau.figures.rules.disclosing.linear import Extreme, Programme
from baqylau.figures.rules.disclosing.witnesses import NEAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEW: Final = 24
"""Atoms that are near each other at most: a value's own."""
MANY: Final = 200
"""The same for larger groups: values that are shown together."""
PARTNERS: Final = 8
"""Other groups that give and take, of those that share the most sums and of all."""
COMPANY: Final = 400
"""Atoms from which on no other group is asked in."""


@dataclass(frozen=True, slots=True)
class Part:
    """A programme over some of the atoms; `atoms` and `sums` give their numbers in the whole."""

    programme: Programme
    atoms: Sequence[int]
    sums: Sequence[int]

    def extreme(self, atoms: Collection[int], *, is_most: bool) -> Extreme:
        """The least or most of what these atoms add up to; it rests on sums of the whole."""
        found = self.programme.extreme(self._weights(atoms), is_most=is_most)
        low = tuple(self.sums[n] for n in found.at_low)
        high = tuple(self.sums[n] for n in found.at_high)
        return Extreme(found.value, found.point, low, high)

    def whole(self, atoms: Collection[int], *, is_most: bool) -> "Floats | None":
        """As `Programme.whole`."""
        return self.programme.whole(self._weights(atoms), is_most=is_most)

    def mended(self, weights: Mapping[int, float], *, is_most: bool) -> "Floats | None":
        """Whole numbers that come near the least or most of weighted atoms of the whole."""
        mine = {place: weights[atom] for place, atom in enumerate(self.atoms) if atom in weights}
        return self.programme.whole(mine, is_most=is_most, is_rough=True)

    def _weights(self, atoms: Collection[int]) -> dict[int, float]:
        return {place: 1.0 for place, atom in enumerate(self.atoms) if atom in atoms}


class Near:
    """Finds what is near a sum. `members` are the atoms of each sum, `truth` counts the atoms."""

    def __init__(
        self, members: Sequence[Sequence[int]], truth: Sequence[int], most: int = FEW
    ) -> None:
        self._members, self._truth = members, truth
        self._sums_of: list[list[int]] = [[] for _ in truth]
        for n, atoms in enumerate(members):
            for atom in atoms:
                self._sums_of[atom].append(n)
        self._group_of = _joined(members, len(truth), most)
        self._groups: dict[int, list[int]] = {}
        for atom, group in enumerate(self._group_of):
            self._groups.setdefault(group, []).append(atom)

    def alone(self, n: int, bounds: "Floats") -> Part:
        """What a sum's own groups say of it."""
        atoms = self._own(n)
        sums = [
            each
            for each in sorted({each for atom in atoms for each in self._sums_of[atom]})
            if atoms.issuperset(self._members[each])
        ]
        return self._part(sorted(atoms), sums, bounds, self._truth)

    def among(self, n: int, bounds: "Floats", shift: int) -> Part:
        """A sum's own groups and some others, all the rest as it truly is.

        Another `shift` takes others.
        """
        own = self._own(n)
        groups = {self._group_of[atom] for atom in own}
        shared = self._shared(own)
        others = [
            group for group in sorted(shared, key=lambda g: (-shared[g], g)) if group not in groups
        ]
        close = others[shift * PARTNERS : (shift + 1) * PARTNERS]
        far = others[shift :: max(1, len(others) // PARTNERS)][:PARTNERS]
        atoms = set(own)
        for group in (*close, *far):
            if len(atoms) < COMPANY:
                atoms.update(self._groups[group])
        sums = sorted({each for atom in atoms for each in self._sums_of[atom]})
        return self._part(sorted(atoms), sums, bounds, self._truth)

    def around(self, point: "Floats", bounds: "Floats", most: int) -> Part:
        """Where a point is no whole numbers, and some groups that give and take, the rest as it is.

        `most`: of those groups.
        """
        broken = [a for a, count in enumerate(point.tolist()) if abs(count - round(count)) > NEAR]
        groups = {self._group_of[atom] for atom in broken}
        shared = self._shared([atom for group in groups for atom in self._groups[group]])
        others = sorted(shared.keys() - groups, key=lambda g: (-shared[g], g))
        groups.update(others[:: max(1, len(others) // most)][:most])
        atoms = sorted(atom for group in groups for atom in self._groups[group])
        sums = sorted({each for atom in atoms for each in self._sums_of[atom]})
        return self._part(atoms, sums, bounds, [round(count) for count in point.tolist()])

    def _shared(self, atoms: Collection[int]) -> dict[int, int]:
        """The groups that meet these atoms in sums, and how often."""
        found: dict[int, int] = {}
        for each in sorted({each for atom in atoms for each in self._sums_of[atom]}):
            for atom in self._members[each]:
                found[self._group_of[atom]] = found.get(self._group_of[atom], 0) + 1
        return found

    def _own(self, n: int) -> set[int]:
        groups = {self._group_of[atom] for atom in self._members[n]}
        return {atom for group in groups for atom in self._groups[group]}

    def _part(
        self, atoms: Sequence[int], sums: Sequence[int], bounds: "Floats", base: Sequence[int]
    ) -> Part:
        """A programme over some atoms; of the rest each is what it is in `base`."""
        place = {atom: n for n, atom in enumerate(atoms)}
        inside, between = [], []
        for n in sums:
            inside.append([place[atom] for atom in self._members[n] if atom in place])
            rest = sum(base[atom] for atom in self._members[n] if atom not in place)
            low, high = bounds[n]
            between.append((float(low) - rest, float(high) - rest))
        return Part(Programme(len(atoms), inside, between), atoms, sums)


def _joined(members: Sequence[Sequence[int]], atoms: int, most: int) -> Sequence[int]:
    """The group of each atom: those that sums hold together, the short ones first."""
    group = list(range(atoms))
    size = [1] * atoms

    def first(atom: int) -> int:
        while group[atom] != atom:
            group[atom] = group[group[atom]]
            atom = group[atom]
        return atom

    for each in sorted((each for each in members if len(each) <= most), key=len):
        firsts = sorted({first(atom) for atom in each})
        together = sum(size[atom] for atom in firsts)
        if together <= most:
            for other in firsts[1:]:
                group[other] = firsts[0]
            size[firsts[0]] = together
    return [first(atom) for atom in range(atoms)]
