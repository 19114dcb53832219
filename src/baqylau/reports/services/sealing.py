"""Sealing items into a part: the row, and its entry in the sealed journal, always together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from django.db import IntegrityError, transaction

from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import Actor
from baqylau.reports import store
from baqylau.reports.models import Item, Part, Report
from baqylau.reports.parts import part_id, subject
from baqylau.reports.queries.entries import ITEM, entries_of
from baqylau.reports.rules.contents import FileHead, Kind, WithHead
from baqylau.seal import items
from baqylau.seal.envelope import Place
from baqylau.seal.errors import SealError
from baqylau.seal.items import Sealed
from baqylau.seal.keys import SecretKey

ATTEMPTS = 12
"""How often an item is sealed anew because somebody else was first with its number."""


@dataclass(frozen=True, slots=True, repr=False)
class Ready:
    """An item that is sealed and not yet written; `ciphertext` is None where it is stored."""

    part: str
    number: int
    digest: str
    bucket: int
    ciphertext: bytes | None

    def row(self, report: Report) -> Item:
        """The item's row."""
        return Item(
            report=report,
            part=self.part,
            number=self.number,
            digest=self.digest,
            ciphertext=self.ciphertext,
        )

    def draft(self, report: str, actor: Actor) -> Draft:
        """The item's entry in the journal: number and hash, nothing else."""
        payload: dict[str, str | int] = {"number": self.number, "digest": self.digest}
        return Draft(ITEM, actor, subject(report, self.part), payload)


def seal_words(key: SecretKey, part: str, place: Place, content: bytes) -> Ready:
    """Seal a small item. Raises: SealError."""
    ciphertext, sealed = items.seal(key, place, content)
    return Ready(part, sealed.entry.number, sealed.entry.digest, sealed.bucket, ciphertext)


def seal_file(key: SecretKey, part: str, place: Place, head: FileHead, file: IO[bytes]) -> Ready:
    """Seal a file as it is read; its ciphertext goes to the store.

    Raises: SealError; DomainError from the disk; whatever the file raises.
    """
    with store.writing() as target:
        sealed = items.seal_stream(key, place, WithHead(head, file), target)
    return stored(part, sealed)


def stored(part: str, sealed: Sealed) -> Ready:
    """An item whose ciphertext lies in the store already."""
    return Ready(part, sealed.entry.number, sealed.entry.digest, sealed.bucket, None)


def place_after(report: str, part: str, kind: str, entries: Sequence[items.Entry]) -> Place:
    """Where the next item of a part goes."""
    return items.following(part_id(report, part), kind, entries)


def add_words(
    *,
    report: Report,
    part: str,
    key: SecretKey,
    kind: Kind,
    content: bytes,
    actor: Actor,
    drafts: Sequence[Draft] = (),
    changes: dict[str, object] | None = None,
) -> int:
    """Seal words into a part as its next item; returns its number.

    `drafts` are told in the journal before the item; `changes` are columns of the report that
    change in the same transaction. Raises: SealError; DomainError `conflict` after ATTEMPTS.
    """
    for _attempt in range(ATTEMPTS):
        place = place_after(report.pk, part, kind, entries_of(report.pk, part))
        ready = seal_words(key, part, place, content)
        if write_item(report, ready, actor, drafts, changes or {}):
            return ready.number
    raise SealError("busy", status=503)


def add_file(
    *, report: Report, part: str, key: SecretKey, head: FileHead, file: IO[bytes], actor: Actor
) -> int:
    """Seal a file into a part as its next item; returns its number.

    Raises: SealError; DomainError from the disk or `busy` after ATTEMPTS. Nothing is left behind.
    """
    for _attempt in range(ATTEMPTS):
        file.seek(0)
        place = place_after(report.pk, part, Kind.FILE, entries_of(report.pk, part))
        ready = seal_file(key, part, place, head, file)
        try:
            written = write_item(report, ready, actor)
        except BaseException:
            store.remove(ready.digest)
            raise
        if written:
            return ready.number
        store.remove(ready.digest)
    raise SealError("busy", status=503)


def write_item(
    report: Report,
    ready: Ready,
    actor: Actor,
    drafts: Sequence[Draft] = (),
    changes: dict[str, object] | None = None,
    also: Callable[[], object] | None = None,
) -> bool:
    """Write row, changes and entry; False when somebody else has just taken the number.

    `also` writes more in the same transaction, before the journal.
    """
    try:
        with transaction.atomic(using="sealed"):
            ready.row(report).save(force_insert=True)
            if changes:
                Report.objects.filter(pk=report.pk).update(**changes)
            if also is not None:
                also()
            append_many(drafts=[*drafts, ready.draft(report.pk, actor)], using="sealed")
    except IntegrityError:
        return False
    return True


def part_of(kind: Kind) -> Part:
    """The part that an item of this kind stands in."""
    if kind is Kind.NAME:
        return Part.NAME
    desk = {Kind.NOTE, Kind.LABEL, Kind.TWIN, Kind.CASE, Kind.CLOSED}
    return Part.DESK if kind in desk else Part.REPORT
