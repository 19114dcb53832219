"""Coverage as numbers: how many there are, how many of them were reached. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of all. Raises: ValueError when more were reached than there are."""

    reached: int
    all: int

    def __post_init__(self) -> None:
        if not 0 <= self.reached <= self.all:
            raise ValueError("reached is a part of all")

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.reached + other.reached, self.all + other.all)

    @property
    def missing(self) -> int:
        """How many were not reached."""
        return self.all - self.reached

    @property
    def share(self) -> float | None:
        """Exact, from 0 to 1: every institution was looked at, so there is no interval."""
        return self.reached / self.all if self.all else None

    @property
    def percent(self) -> int | None:
        """Whole percent. 100 means all of them and 0 none: no rounding brings there."""
        if not self.all:
            return None
        if self.reached in (0, self.all):
            return 100 if self.reached else 0
        return min(99, max(1, round(100 * self.reached / self.all)))

    @property
    def level(self) -> int:
        """From 0 (nobody) to 4, for the colour of a tile."""
        return 0 if not self.reached else min(LEVELS, 1 + self.reached * LEVELS // (self.all + 1))


NONE = Tally(0, 0)
Cell = tuple[str, str, str]
"""District, kind, ownership."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of each district, kind and ownership."""

    cells: Mapping[Cell, Tally]

    @property
    def whole(self) -> Tally:
        """Of all."""
        return total(self.cells.values())

    def by_district(self) -> dict[str, Tally]:
        """By the district's code."""
        return self._by(0)

    def by_kind(self) -> dict[str, Tally]:
        """By the kind's code."""
        return self._by(1)

    def by_ownership(self) -> dict[str, Tally]:
        """By whose it is."""
        return self._by(2)

    def of(self, district: str = "", kind: str = "") -> Tally:
        """Of a district and a kind; "" means any."""
        return total(
            tally
            for (where, what, _whose), tally in self.cells.items()
            if district in ("", where) and kind in ("", what)
        )

    def inside(self, district: str) -> "Coverage":
        """Of one district."""
        cells = {cell: tally for cell, tally in self.cells.items() if cell[0] == district}
        return Coverage(cells)

    def _by(self, place: int) -> dict[str, Tally]:
        found: dict[str, Tally] = {}
        for cell, tally in self.cells.items():
            found[cell[place]] = found.get(cell[place], NONE) + tally
        return found


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    found = NONE
    for tally in tallies:
        found += tally
    return found


def heirs(reached: Iterable[int], successors: Mapping[int, int]) -> frozenset[int]:
    """Who stands at the end of each chain of successors that begins at somebody reached."""
    found = set()
    for start in reached:
        at, seen = start, {start}
        while (following := successors.get(at)) is not None and following not in seen:
            at = following
            seen.add(at)
        found.add(at)
    return frozenset(found)
