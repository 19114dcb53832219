"""How wide the columns of an annex stand on paper, so that words fit and nothing overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_PAPER: Final = 169.2
"""Millimetres of a table: the text's width and the gaps at its ends."""
_GAP: Final = 3.2
"""Millimetres beside the text of a cell."""
_POINT: Final = 0.3528
"""Millimetres of a point."""
_LETTER, _DIGIT, _MEAN = 0.6, 0.47, 0.47
"""Parts of the size that signs are wide: letters of a wide word, digits, a line with its gaps.

Measured on Libertinus Serif, with which Kazakh and Russian are set.
"""
_HEAD: Final = 0.9
"""Size of a heading beside that of the cells."""
_WHOLE: Final = 18
"""Signs of a word that a column gives way to."""
_FULL: Final = 60
"""Signs after which a longer text asks for no more width."""


@dataclass(frozen=True, slots=True)
class Column:
    """Millimetres wide; a word longer than `run` signs breaks."""

    width: float
    run: int


def size(columns: int) -> float:
    """Points of the text in a table of so many columns."""
    return 9.5 if columns <= 5 else 8.0


def set_out(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Column]:
    """A column for each: first what its words need, then what its texts want, then all the rest."""
    unit = size(len(heads)) * _POINT
    both = list(zip(heads, columns, strict=True))
    least = [_GAP + unit * max(_word(head) * _HEAD, *map(_word, cells)) for head, cells in both]
    full = [_GAP + unit * max(_text(head) * _HEAD, *map(_text, cells)) for head, cells in both]
    rest = _PAPER - sum(least)
    parts = [max(want - need, 0.0) for want, need in zip(full, least, strict=True)]
    if rest < 0 or not sum(parts):
        widths = [need * _PAPER / sum(least) for need in least]
    else:
        shares = zip(least, parts, strict=True)
        widths = [need + rest * part / sum(parts) for need, part in shares]
    return [Column(round(w, 1), max(int((w - _GAP) / unit / _LETTER), 1)) for w in widths]


def _word(text: str) -> float:
    """The width of the longest word, in parts of the size."""
    longest = max(text.split(), key=len, default="")[:_WHOLE]
    return sum((_LETTER if sign.isalpha() else _DIGIT for sign in longest), _LETTER)


def _text(text: str) -> float:
    return min(len(text), _FULL) * _MEAN
