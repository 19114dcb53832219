"""The tile map's geometry: squares with generous gaps, as felt is laid in a сырмақ."""

from dataclasses import dataclass

SIDE = 100
GAP = 12
SEAM = 4
"""Units of the drawing; the browser scales them to the page."""
LETTER = 0.6
"""Width of an average letter of the interface's fonts, in parts of the letter size."""
LETTERS = 19
"""The letter size that a short name has."""


@dataclass(frozen=True, slots=True)
class TileValue:
    """What a tile shows: a short `number`, the sentence that reads it out, and where it leads.

    `level` from 0 to 4 deepens the colour; 0 leaves it plain.
    """

    number: str
    sentence: str
    url: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Square:
    """A tile's corner and its text, in units of the drawing."""

    x: int
    y: int
    lines: tuple[tuple[str, int], ...]
    size: int
    number_y: int

    @property
    def inner(self) -> tuple[int, int]:
        """The corner of the thin line inside the tile."""
        return self.x + SEAM, self.y + SEAM

    @property
    def middle(self) -> int:
        """Where the texts are centred."""
        return self.x + SIDE // 2


def square(column: int, row: int, name: str) -> Square:
    """The tile at the place; every word of the name stands on a line of its own and fits."""
    x, y = column * (SIDE + GAP), row * (SIDE + GAP)
    words = name.split()
    longest = max(map(len, words))
    size = min(LETTERS, int((SIDE - 3 * SEAM) / (longest * LETTER)))
    is_short = len(words) == 1
    first = y + (34 if is_short else 25)
    lines = tuple((word, first + place * (size + 3)) for place, word in enumerate(words))
    return Square(x, y, lines, size, y + (80 if is_short else 85))


def box(places: list[tuple[int, int]]) -> tuple[int, int]:
    """Width and height of the drawing that holds the places (column, row)."""
    columns = max((column for column, _row in places), default=0) + 1
    rows = max((row for _column, row in places), default=0) + 1
    return columns * (SIDE + GAP) - GAP, rows * (SIDE + GAP) - GAP
