"""Which files a draft holds, for whoever carries its key in the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from baqylau.reports import store
from baqylau.reports.models import DraftFile
from baqylau.reports.rules.contents import HEADER, FileHead, read_head_line
from baqylau.seal import items
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.seal.keys import SecretKey


@dataclass(frozen=True, slots=True)
class Added:
    """A file of a draft: its number there, and what its head says."""

    number: int
    head: FileHead


class _EnoughError(Exception):
    """The head is there: the rest need not be opened."""


class _Head:
    """Takes the first line of what is opened and no more."""

    def __init__(self) -> None:
        self.line = b""

    def write(self, piece: bytes, /) -> int:
        """Take a piece. Raises: _EnoughError once the line is whole."""
        self.line += piece[: HEADER - len(self.line)]
        if b"\n" in self.line or len(self.line) >= HEADER:
            raise _EnoughError
        return len(piece)


def files_of(draft: str, key: SecretKey) -> list[Added]:
    """The files of a draft that are still there, in the order in which they were added.

    Only their heads are opened: whether a file is whole shows when it is moved into its report.
    Raises: SealError when the key does not fit.
    """
    rows = list(DraftFile.objects.filter(draft=draft).order_by("number"))
    entries = [Entry(row.number, row.digest) for row in rows]
    return [_added(draft, key, entries, row.number) for row in rows if row.bucket]


def _added(draft: str, key: SecretKey, entries: Sequence[Entry], number: int) -> Added:
    taken = _Head()
    try:
        with store.reading(entries[number - 1].digest) as source:
            items.open_stream(key, draft, entries, number, source, taken)
    except _EnoughError:
        pass
    except FileNotFoundError:
        raise SealError("items_missing", expected=number, found=number - 1) from None
    return Added(number, read_head_line(taken.line))
