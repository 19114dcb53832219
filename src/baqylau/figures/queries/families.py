"""Which published figures have to be chosen together, because one tells of another.

A family is one whole by one dimension: its counts, the counts of its part, the shares of the one in
the other. What lies in a part lies in its whole too, cell by cell, so both are made of the same
atoms: those of the part, and the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from baqylau.figures.rules.evaluating import measures_of
from baqylau.kernel.figures import Count, Dimension, Figure, Share

REST, PART = "rest", "part"


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that are counted from one whole, by one dimension; one part at most.

    `owed` are values whose sum is public as another figure's exact whole, each with the side that
    it counts ("": both).
    """

    by: Dimension
    whole: str
    part: str = ""
    figures: tuple[Figure, ...] = ()
    owed: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """What it is counted from."""
        return (self.whole, self.part) if self.part else (self.whole,)

    @property
    def has_shares(self) -> bool:
        """Whether a share is published of it; then the rest is a number of its own."""
        return any(isinstance(figure.kind, Share) for figure in self.figures)

    def side_of(self, figure: Figure) -> str:
        """The side that a count counts; "" for both."""
        return PART if self.part and measures_of(figure) == (self.part,) else ""


def families(figures: Sequence[Figure]) -> list[Family]:
    """The questions; there is none where nothing is a secret.

    Raises: ValueError when a whole has two parts by one dimension, or a part has parts itself: the
    engine would take them for strangers.
    """
    found: dict[tuple[str, str], list[Figure]] = {}
    parts: dict[tuple[str, str], str] = {}
    dimensions = {by.code: by for figure in figures for by in _published_by(figure)}
    for code in dimensions:
        mine = [each for each in figures if code in {by.code for by in _published_by(each)}]
        within = _within(mine, code)
        for part, whole in within.items():
            parts[code, whole] = part
        for figure in mine:
            first = measures_of(figure)[0]
            found.setdefault((code, within.get(first, first)), []).append(figure)
    exact = {name for figure in figures for name in measures_of(figure)}
    made = []
    for (code, whole), mine in found.items():
        family = Family(dimensions[code], whole, parts.get((code, whole), ""), tuple(mine))
        made.append(_with_owed(family, exact))
    return made


def _published_by(figure: Figure) -> Iterator[Dimension]:
    """The dimensions by which a figure is chosen for the public."""
    if not figure.has_public_records and isinstance(figure.kind, Count | Share):
        yield from (by for by in figure.dimensions if by.code in (figure.published or ()))


def _within(figures: Sequence[Figure], code: str) -> Mapping[str, str]:
    """By part, the whole in which it lies. Raises: ValueError."""
    found: dict[str, str] = {}
    for figure in figures:
        match figure.kind:
            case Share(part, whole):
                pair = part, whole
            case Count(measure) if figure.within:
                pair = measure, figure.within
            case _other:
                continue
        if found.setdefault(*pair) != pair[1]:
            raise ValueError(f"{pair[0]} is a part of two wholes by {code}")
    wholes = list(found.values())
    if double := {whole for whole in wholes if wholes.count(whole) > 1}:
        raise ValueError(f"two parts of {sorted(double)} are published by {code}")
    if chained := found.keys() & set(wholes):
        raise ValueError(f"parts that have parts are published by {code}: {sorted(chained)}")
    return found


def _with_owed(family: Family, exact: set[str]) -> Family:
    """The family with the sums that the exact wholes of other figures tell of it."""
    owed = {
        (family.side_of(figure), part.values): None
        for figure in family.figures
        if isinstance(figure.kind, Count)
        for part in figure.parts
        if part.dimension == family.by.code and part.measure in exact
    }
    return Family(family.by, family.whole, family.part, family.figures, tuple(owed))
