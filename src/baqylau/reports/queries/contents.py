"""Opening what is sealed, for whoever holds the key of a part."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.conf import settings

from baqylau.files.spool import EncryptedFile
from baqylau.reports import store
from baqylau.reports.models import Item, Part, Report, Wrap
from baqylau.reports.parts import part_id
from baqylau.reports.queries.entries import entries_of
from baqylau.seal import items, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Binding, Role

LOOKS = 3
"""How often rows and entries are read until they agree: an item may be added in between."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenedItem:
    """An item that was opened: its number, its kind, its content (empty where `is_stored`)."""

    number: int
    kind: str
    content: bytes
    is_stored: bool = False


def public_of(report: Report, part: str) -> str:
    """The public half of a part's key."""
    return {
        Part.REPORT: report.public,
        Part.NAME: report.name_public,
        Part.DESK: report.desk_public,
    }[Part(part)]


def open_wrap(report: Report, part: str, role: Role, own: SecretKey, holder: str) -> SecretKey:
    """The secret of a part, from the wrap to a person (or to recovery: holder "").

    Raises: SealError `wrap_closed` where there is none, or it is not what it says.
    """
    row = Wrap.objects.filter(report=report.pk, part=part, role=role, holder=holder).first()
    if row is None:
        raise SealError("wrap_closed")
    binding = Binding(part_id(report.pk, part), role, holder)
    return wraps.unwrap(own, binding, bytes(row.wrapped), public=public_of(report, part))


def open_part(
    key: SecretKey, report: Report, part: str, wanted: Collection[int] | None = None
) -> list[OpenedItem]:
    """Every item of a part, in order; contents of stored files are left where they are.

    Of a long part `wanted` may choose numbers: the others are compared with the sealed journal all
    the same, by number and hash, and left closed. Raises: SealError when one is missing, too many,
    changed or moved.
    """
    rows, entries = _rows_and_entries(report, part)
    found = []
    for row in rows:
        if wanted is not None and row.number not in wanted:
            _require_same(row)
            continue
        if row.ciphertext is None:
            found.append(OpenedItem(row.number, "file", b"", is_stored=True))
            continue
        name = part_id(report.pk, part)
        opened = items.open_item(key, name, entries, row.number, bytes(row.ciphertext))
        found.append(OpenedItem(row.number, opened.kind, opened.content))
    return found


def _require_same(row: Item) -> None:
    """Compare a closed item with its hash; stored files are compared when they are read."""
    if row.ciphertext is not None and sha256(bytes(row.ciphertext)).hexdigest() != row.digest:
        raise SealError("item_changed", number=row.number)


def _rows_and_entries(report: Report, part: str) -> tuple[list[Item], list[Entry]]:
    """What is stored and what was told, the same numbers and hashes. Raises: SealError."""
    rows, entries = list[Item](), list[Entry]()
    for _look in range(LOOKS):
        rows = list(Item.objects.filter(report=report.pk, part=part).order_by("number"))
        entries = entries_of(report.pk, part)
        if [(row.number, row.digest) for row in rows] == [(e.number, e.digest) for e in entries]:
            return rows, entries
    raise SealError("items_missing", expected=len(entries), found=len(rows))


def open_file(key: SecretKey, report: Report, part: str, number: int) -> IO[bytes]:
    """A stored file's head and bytes, whole and checked, in a spool that dies with it.

    Raises: SealError when anything does not fit or the file is gone.
    """
    row = Item.objects.filter(report=report.pk, part=part, number=number).first()
    entries = entries_of(report.pk, part)
    if row is None:
        raise SealError("items_missing", expected=len(entries), found=0)
    spool = EncryptedFile(Path(settings.SPOOL_ROOT))
    try:
        with ciphertext_of(row) as source:
            name = part_id(report.pk, part)
            items.open_stream(key, name, entries, number, source, spool)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return io.BufferedReader(spool)


def ciphertext_of(row: Item) -> IO[bytes]:
    """An item's ciphertext, wherever it lies. Raises: SealError when the file is gone."""
    if row.ciphertext is not None:
        return io.BytesIO(bytes(row.ciphertext))
    try:
        return store.reading(row.digest)
    except FileNotFoundError:
        raise SealError("items_missing", expected=row.number, found=row.number - 1) from None
