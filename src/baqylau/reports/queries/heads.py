"""Name, kind and size of a sealed file, from the first piece of it alone."""

import io
from typing import Final

from baqylau.reports.models import Item, Report
from baqylau.reports.parts import part_id
from baqylau.reports.queries.contents import ciphertext_of
from baqylau.reports.queries.entries import entries_of
from baqylau.reports.rules.contents import HEADER, FileHead, read_head
from baqylau.seal import items
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey

LINE_END: Final = b"\n"


class _EnoughError(Exception):
    """The first line is there."""


class _FirstLine:
    """Takes a file until its first line is whole."""

    def __init__(self) -> None:
        self.taken = b""

    def write(self, piece: bytes, /) -> int:
        """Take a piece. Raises: _EnoughError."""
        self.taken += piece[:HEADER]
        if LINE_END in self.taken or len(self.taken) > HEADER:
            raise _EnoughError
        return len(piece)


def head_of(key: SecretKey, report: Report, part: str, number: int) -> FileHead:
    """A file's head; what follows it is neither read nor checked. Raises: SealError."""
    row = Item.objects.filter(report=report.pk, part=part, number=number).first()
    entries = entries_of(report.pk, part)
    if row is None:
        raise SealError("items_missing", expected=len(entries), found=0)
    line = _FirstLine()
    try:
        with ciphertext_of(row) as source:
            items.open_stream(key, part_id(report.pk, part), entries, number, source, line)
    except _EnoughError:
        pass
    try:
        return read_head(io.BytesIO(line.taken))
    except (ValueError, KeyError, TypeError):
        raise SealError("item_changed", number=number) from None
