"""Choose what is published of new tables.

A hidden sum below 10 is protected when two tables of whole numbers can be named that agree with all
that is told, and differ in the sum by 5 or more within 0 to 9. Such a pair is found by a solver and
checked here, in whole numbers: nothing rests on the solver's being right. Where there is no pair,
the cells on which the bounds rest are hidden one by one, the newest table's smallest first. Where
that takes too many steps, whole tables are given up, the newest first: with none left it is done.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from baqylau.figures.rules.disclosing.facts import WIDTH, Choice, Question
from baqylau.figures.rules.disclosing.known import Blamed, Known
from baqylau.figures.rules.disclosing.linear import Extreme, Programme
from baqylau.figures.rules.disclosing.near import MANY, Near
from baqylau.figures.rules.disclosing.witnesses import Witnesses
from baqylau.stats.rounding import THRESHOLD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOP = THRESHOLD - 1
ROUNDS = 7
"""Points that are looked for at most before single sums are asked about."""
COMPANIES = (8, 40)
"""Groups that help a point to whole numbers; the larger number where the smaller does not."""
YIELD = 8
"""Sums that a point must settle, else single sums are asked about: that costs as much by then."""
Pair = tuple[Extreme, Extreme]
"""The least and the most of a sum."""
WORK = 60_000_000.0
"""Steps of the solver until tables are given up: some 100 seconds of the machine of 2026.

Not seconds: the same question has the same answer on a slower machine.
"""
MORE = WORK / 8
"""Steps for what is left, after each table that was given up."""
SEARCH = 6
"""A search for whole numbers takes so many times as long as a linear programme."""
MARGIN = 1e-4
"""How far a solver's bound may lie from the whole number that it stands for."""


def choose(question: Question, work: float = WORK) -> Choice:
    """What may be published of the new tables; the same for the same question.

    `work`: steps of the solver until tables are given up.

    Raises: ValueError when a fact or an earlier table does not agree with the counts.
    """
    known = Known(question)
    search = _Search(known, work)
    search.run()
    return Choice(
        known.outcomes(),
        tuple(known.sums[n] for n in search.given_away()),
        search.solved,
        search.searched,
    )


class _Search:
    """The choice while it is made: what is known, the solver, the pairs found so far."""

    def __init__(self, known: Known, work: float) -> None:
        import numpy as np  # noqa: PLC0415 - only a process that publishes needs it

        self._known = known
        bounds = [known.bounds(n) for n in range(len(known.sums))]
        self._bounds = np.array(bounds, dtype=np.float64).reshape(-1, 2)
        self._programme = Programme(len(known.truth), known.members, bounds)
        self._base: Programme | None = None
        self._base_bounds = np.array(known.base, dtype=np.float64).reshape(-1, 2)
        self._measured: set[int] = set()
        self._near = Near(known.members, known.truth)
        self._wider = Near(known.members, known.truth, MANY)
        self._secret = known.secret()
        self._witnesses = Witnesses(known.truth, known.members, self._secret, self._bounds)
        self._wanted = {n: min(WIDTH, cap) for n, cap in known.caps(self._secret).items()}
        self._random = np.random.default_rng(len(known.sums))
        self._left, self._more = work, work * MORE / WORK
        self.solved = self.searched = 0

    def given_away(self) -> list[int]:
        """The secret sums for which no pair was found at the end."""
        return [n for n in self._secret if self._witnesses.width(n) < WIDTH]

    def run(self) -> None:
        """Hide cells until every secret sum is protected as far as it can be."""
        self._scatter()
        while left := self._open():
            for n in left:
                self._protect(n)
                if self._left < 0:
                    break
            if self._left < 0 and not self._give_up():
                return

    def _give_up(self) -> bool:
        """Show nothing of the least wanted table that still shows something."""
        places = [place for place, shown in enumerate(self._known.shown) if shown]
        if not places:
            return False
        self._take_away(places[-1], list(self._known.shown[places[-1]]))
        self._left = self._more
        return True

    def _solves(self, atoms: int, times: int = 1) -> None:
        """Count linear programmes over so many atoms: their time grows a little faster."""
        self.solved += times
        self._left -= times * atoms**1.5

    def _searches(self, atoms: int) -> None:
        """Count a search for whole numbers."""
        self.searched += 1
        self._left -= SEARCH * atoms**1.5

    def _open(self) -> list[int]:
        return [n for n in self._secret if self._is_open(n)]

    def _is_open(self, n: int) -> bool:
        return self._witnesses.width(n) < self._wanted[n]

    def _scatter(self) -> None:
        """Points far from each other: most sums have their pair among a few of them."""
        left = self._secret * 2
        for _round in range(ROUNDS):
            before, left = len(left), self._open()
            if not left or before - len(left) < YIELD:
                return
            signs = self._random.choice((-1.0, 1.0), len(left))
            weights: dict[int, float] = {}
            for n, sign in zip(left, signs, strict=True):
                for atom in self._known.members[n]:
                    weights[atom] = weights.get(atom, 0.0) + sign
            self._extreme(weights, is_most=True)

    def _protect(self, n: int) -> None:
        """Hide what a sum's bounds rest on until it has its pair, or until nothing is left."""
        while self._is_open(n) and self._left >= 0:
            found = (
                self._narrow_alone(n, self._near)
                or self._narrow_alone(n, self._wider)
                or self._narrow_among_all(n)
            )
            if found is None:
                continue
            if n not in self._measured:
                self._measured.add(n)
                self._wanted[n] = min(self._wanted[n], self._width_before(n))
            if self._is_open(n) and not self._hide(found):
                self._wanted[n] = self._witnesses.width(n)

    def _narrow_alone(self, n: int, near: Near) -> Pair | None:
        """The bounds from a sum's own groups where these are too narrow already."""
        atoms, part = set(self._known.members[n]), near.alone(n, self._bounds)
        pair = part.extreme(atoms, is_most=False), part.extreme(atoms, is_most=True)
        self._solves(len(part.atoms), 2)
        return pair if _width(*pair) < self._wanted[n] else None

    def _narrow_among_all(self, n: int) -> Pair | None:
        """The bounds from everything, unless the sum has its pair; few come as far as this."""
        for near, shift in ((self._near, 0), (self._near, 1), (self._wider, 0)):
            if self._has_pair_among(n, near, shift):
                return None
        weights = dict.fromkeys(self._known.members[n], 1.0)
        pair = self._extreme(weights, is_most=False), self._extreme(weights, is_most=True)
        return pair if self._is_open(n) else None

    def _has_pair_among(self, n: int, near: Near, shift: int) -> bool:
        """Look for a sum's pair where a few others change only."""
        atoms, part = set(self._known.members[n]), near.among(n, self._bounds, shift)
        pair = part.extreme(atoms, is_most=False), part.extreme(atoms, is_most=True)
        self._solves(len(part.atoms), 2)
        are_whole = [self._witnesses.add(each.point, part.atoms) for each in pair]
        if _width(*pair) < self._wanted[n]:
            return False
        for is_most, is_whole in zip((False, True), are_whole, strict=True):
            if self._is_open(n) and not is_whole:
                self._searches(len(part.atoms))
                self._witness(part.whole(atoms, is_most=is_most), part.atoms)
        return not self._is_open(n)

    def _witness(self, point: "Floats | None", atoms: Sequence[int] | None = None) -> None:
        if point is not None:
            self._witnesses.add(point, atoms)

    def _extreme(self, weights: Mapping[int, float], *, is_most: bool) -> Extreme:
        self._solves(self._programme.atoms)
        found = self._programme.extreme(weights, is_most=is_most)
        if not self._witnesses.add(found.point):
            self._mend(found.point, weights, is_most=is_most)
        return found

    def _mend(self, point: "Floats", weights: Mapping[int, float], *, is_most: bool) -> None:
        """Take the point with whole numbers where it has none: few atoms are broken, as a rule."""
        for most in COMPANIES:
            part = self._near.around(point, self._bounds, most)
            self._searches(len(part.atoms))
            found = part.mended(weights, is_most=is_most)
            if found is not None:
                whole = point.copy()
                whole[part.atoms] = found
                if self._witnesses.add(whole):
                    return

    def _width_before(self, n: int) -> int:
        """How far apart a sum's bounds are as long as nothing new is published."""
        atoms, part = set(self._known.members[n]), self._near.among(n, self._base_bounds, 0)
        self._solves(len(part.atoms), 2)
        pair = part.extreme(atoms, is_most=False), part.extreme(atoms, is_most=True)
        if _width(*pair) >= self._wanted[n]:  # all that changes among few can change among all
            return _width(*pair)
        weights = dict.fromkeys(atoms, 1.0)
        if self._base is None:
            known = self._known
            self._base = Programme(len(known.truth), known.members, known.base)
        self._solves(self._base.atoms, 2)
        low = self._base.extreme(weights, is_most=False)
        return _width(low, self._base.extreme(weights, is_most=True))

    def _hide(self, pair: Pair) -> bool:
        """Hide one cell that these bounds rest on; whether there was one."""
        blamed = {each for extreme in _tight(*pair) for each in self._blamed(extreme)}
        if not blamed:
            blamed = {(place, key) for place, keys in enumerate(self._known.shown) for key in keys}
        if not blamed:
            return False
        shown = [(place, key) for place, key in blamed if key]
        if shown:
            place, key = min(shown, key=self._order)
            self._take_away(place, [key])
        else:
            place = max(place for place, _key in blamed)
            self._take_away(place, list(self._known.shown[place]))
        return True

    def _take_away(self, place: int, cells: Sequence[str]) -> None:
        """Show some cells no longer, and let go of what does not hold then."""
        changed = self._known.hide(place, cells)
        is_tighter = False
        for n, (low, high) in changed.items():
            is_tighter |= bool(low > self._bounds[n, 0] or high < self._bounds[n, 1])
            self._bounds[n] = low, high
        self._programme.bound(changed)
        if is_tighter:  # a larger smallest shown one says more of those that were hidden before
            self._witnesses.renew()

    def _order(self, blamed: Blamed) -> tuple[int, int, str]:
        place, key = blamed
        return -place, self._known.size(place, key), key

    def _blamed(self, extreme: Extreme) -> Iterator[Blamed]:
        for n in extreme.at_low:
            yield from self._known.blamed(n, is_low=True)
        for n in extreme.at_high:
            yield from self._known.blamed(n, is_low=False)


def _tight(low: Extreme, high: Extreme) -> Sequence[Extreme]:
    """Those of two extremes within 0 to 9: what the other rests on makes nothing narrow."""
    found = []
    if low.value > MARGIN:
        found.append(low)
    if high.value < TOP - MARGIN:
        found.append(high)
    return found or (low, high)


def _width(low: Extreme, high: Extreme) -> int:
    """How many whole numbers apart two extremes are, within 0 to 9."""
    most = min(TOP, math.floor(high.value + MARGIN))
    return max(0, most - math.ceil(low.value - MARGIN))
