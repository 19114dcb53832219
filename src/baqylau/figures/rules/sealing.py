"""What fixes the numbers of a closed period: a digest of its cells, signed with the log's head."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baqylau.figures.rules.answers import Plain, canonical

FORMAT = "baqylau closing 1"


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


def digest(cells: Iterable[Published]) -> str:
    """The SHA-256 (hex) over the cells in the order of their places."""
    rows = [
        [*cell.place, cell.together, cell.answer] for cell in sorted(cells, key=lambda c: c.place)
    ]
    return hashlib.sha256(canonical(rows)).hexdigest()


def message(span: str, first_on: date, number: int, head: str, cells_digest: str) -> bytes:
    """The bytes that are signed: ASCII, parts separated by one space."""
    return f"{FORMAT} {span} {first_on.isoformat()} {number} {head} {cells_digest}".encode("ascii")
