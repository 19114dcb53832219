"""What fixes the numbers of a closed period: a digest of its cells, signed with the log's head."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from baqylau.figures.rules.answers import Plain, as_plain, canonical
from baqylau.figures.rules.results import Answer

FORMAT = "baqylau closing 1"
REASON = 1_000
"""Signs of the reason of a correction."""


@dataclass(frozen=True, slots=True)
class Published:
    """A cell to be: where it stands, and its answer as plain data."""

    figure: str
    window: str
    dimension: str
    value: str
    answer: Plain
    together: int = 0

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Where it stands among the cells of its period."""
        return self.figure, self.window, self.dimension, self.value


def as_rows(cells: Iterable[Published]) -> list[list[Any]]:
    """The cells as plain data, in the order of their places."""
    ordered = sorted(cells, key=lambda cell: cell.place)
    return [[*cell.place, cell.together, cell.answer] for cell in ordered]


def from_rows(rows: Iterable[Sequence[Any]]) -> list[Published]:
    """The cells that were written as plain data."""
    return [
        Published(figure, window, dimension, value, answer, together)
        for figure, window, dimension, value, together, answer in rows
    ]


def _hash(content: object) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def digest(cells: Iterable[Published]) -> str:
    """The SHA-256 (hex) over the cells in the order of their places."""
    return _hash(as_rows(cells))


def digest_of_answer(answer: Answer) -> str:
    """The SHA-256 (hex) of one answer."""
    return _hash(as_plain(answer))


@dataclass(frozen=True, slots=True)
class Corrected:
    """All that a correction tells the public; `turn` counts the corrections of its cell from 1."""

    period: str
    figure: str
    turn: int
    old: Plain
    new: Plain
    reasons: Mapping[str, str]
    dimension: str = ""
    value: str = ""

    @property
    def digest(self) -> str:
        """Its SHA-256 (hex); a part's place stands at the end."""
        told = [self.period, self.figure, self.turn, self.old, self.new, dict(self.reasons)]
        return _hash([*told, self.dimension, self.value] if self.dimension else told)


def message(span: str, first_on: date, number: int, head: str, cells_digest: str) -> bytes:
    """The bytes that are signed: ASCII, parts separated by one space."""
    return f"{FORMAT} {span} {first_on.isoformat()} {number} {head} {cells_digest}".encode("ascii")


def is_signed(words: bytes, key: str, signature: str) -> bool:
    """Whether the key (hex) signed the words; False for what is no key or no signature."""
    try:
        VerifyKey(bytes.fromhex(key)).verify(words, bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
