"""What has changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from baqylau.catalogue.rules.wording import PARTS, Wording

WORD_LIMIT: Final = 4_000
"""Words of one text that are compared one by one; a longer text is shown as replaced whole."""

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")

Change = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: in both, only in the old one, or only in the new one."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class PartDifference:
    """How one part of a card has changed."""

    part: str
    pieces: tuple[Piece, ...]


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from the old text to the new one, in reading order.

    The pieces that are not "new" make up the old text, those not "gone" the new one.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > WORD_LIMIT:
        return tuple(_pieces(("gone", old), ("new", new)))
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            found += _pieces(("same", "".join(before[first:last])))
        else:
            gone, added = "".join(before[first:last]), "".join(after[start:end])
            found += _pieces(("gone", gone), ("new", added))
    return tuple(found)


def _pieces(*pairs: tuple[Change, str]) -> Iterator[Piece]:
    return (Piece(change, text) for change, text in pairs if text)


def changed_parts(old: Wording, new: Wording, kind: str) -> tuple[str, ...]:
    """The parts in which the two differ, in the order in which they are read."""
    return tuple(part for part in PARTS[kind] if getattr(old, part) != getattr(new, part))


def part_differences(old: Wording, new: Wording, kind: str) -> tuple[PartDifference, ...]:
    """The changed parts with their pieces; a list is compared line by line as one text."""
    return tuple(
        PartDifference(part, differences(_text(old, part), _text(new, part)))
        for part in changed_parts(old, new, kind)
    )


def _text(text: Wording, part: str) -> str:
    value = getattr(text, part)
    return "\n".join(value) if isinstance(value, tuple) else str(value)
