"""Items of a report: sealed in a row, each to the report's key, each naming the one before.

What the caller keeps of an item besides its ciphertext is an `Entry`: number and SHA-256 of the
ciphertext, in a journal of its own. Opening compares all three: entries, ciphertext, and what
stands inside. A name that a reporter gave is a row of one item under a key of its own.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import pyrage

from baqylau.seal import envelope, keys
from baqylau.seal.envelope import FIRST, EnvelopeError, Place
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.streams import Carrier, Emptying, Filling, Reading, Source, Target, Writing


@dataclass(frozen=True, slots=True)
class Entry:
    """What a journal holds of an item: number from 1, SHA-256 of the ciphertext in hex."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """An item that was sealed: its entry, the bytes of ciphertext, and of its bucket."""

    entry: Entry
    size: int
    bucket: int


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """An item that was opened and is whole, and the only one that can be there."""

    kind: str
    content: bytes


def following(report: str, kind: str, entries: Sequence[Entry]) -> Place:
    """The place of the next item after these."""
    return Place(report, len(entries) + 1, kind, entries[-1].digest if entries else FIRST)


def seal_stream(key: SecretKey, place: Place, source: Source, target: Target) -> Sealed:
    """Seal what the source gives; the ciphertext goes to the target as it comes.

    Raises: SealError; whatever source or target raise.
    """
    reading, writing = Filling(envelope.head(key, place), source), Writing(target)
    try:
        pyrage.encrypt_io(reading, writing, [keys.recipient(key.public)])
    except Exception:
        _raise_first(reading, writing)
        raise
    entry = Entry(place.number, writing.digest())
    return Sealed(entry, writing.size, envelope.bucket(reading.length))


def seal(key: SecretKey, place: Place, content: bytes) -> tuple[bytes, Sealed]:
    """Seal a small item: its ciphertext, and what is to be kept of it. Raises: SealError."""
    target = io.BytesIO()
    sealed = seal_stream(key, place, io.BytesIO(content), target)
    return target.getvalue(), sealed


def open_stream(
    key: SecretKey,
    report: str,
    entries: Sequence[Entry],
    number: int,
    source: Source,
    target: Target,
) -> str:
    """Open an item whose ciphertext the source gives; returns its kind.

    The target gets only pieces that age has authenticated, of an item that belongs here. Whether it
    is whole is known at the end: after an error, drop what was written.

    Raises: SealError when anything does not fit; whatever source or target raise.
    """
    expected = _expected(report, entries, number)
    reading, writing = Reading(source), Emptying(key, expected, target)
    try:
        pyrage.decrypt_io(reading, writing, [key.identity()])
        place = writing.finish()
    except (pyrage.DecryptError, EnvelopeError, OSError) as error:
        _raise_first(reading, writing)
        raise SealError(_reason(error), number=number) from None
    if reading.digest() != entries[number - 1].digest:
        raise SealError("item_changed", number=number)
    return place.kind


def open_item(
    key: SecretKey, report: str, entries: Sequence[Entry], number: int, ciphertext: bytes
) -> Opened:
    """Open a small item. Raises: SealError; nothing of the content comes out before."""
    _expected(report, entries, number)
    if sha256(ciphertext).hexdigest() != entries[number - 1].digest:
        raise SealError("item_changed", number=number)
    target = io.BytesIO()
    kind = open_stream(key, report, entries, number, io.BytesIO(ciphertext), target)
    return Opened(kind, target.getvalue())


def open_all(
    key: SecretKey, report: str, entries: Sequence[Entry], ciphertexts: Sequence[bytes]
) -> list[Opened]:
    """Open every item of a report. Raises: SealError when one is missing or one too many."""
    if len(ciphertexts) != len(entries):
        raise SealError("items_missing", expected=len(entries), found=len(ciphertexts))
    return [
        open_item(key, report, entries, number, ciphertext)
        for number, ciphertext in enumerate(ciphertexts, start=1)
    ]


def _expected(report: str, entries: Sequence[Entry], number: int) -> Place:
    """Where the item has to be. Raises: SealError when the journal's entries are not in a row."""
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        raise SealError("items_missing", expected=len(entries), found=len(entries))
    if not 1 <= number <= len(entries):
        raise SealError("items_missing", expected=number, found=len(entries))
    return following(report, "", entries[: number - 1])


def _raise_first(*sides: Carrier) -> None:
    """Raise what the caller's own source or target raised, if anything did."""
    for side in sides:
        if side.failure is not None and not isinstance(side.failure, EnvelopeError):
            raise side.failure from None


def _reason(error: Exception) -> str:
    if isinstance(error, EnvelopeError):
        return "item_elsewhere"
    return "key_not_this" if "atching key" in str(error) else "item_changed"
