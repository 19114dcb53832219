"""Evidence before a report is sent: sealed at once, to a key that lives in the form alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports import store
from baqylau.reports.models import Draft, DraftFile, Part, new_id
from baqylau.reports.rules.contents import FileHead, Kind, WithHead
from baqylau.reports.services.sealing import Ready, place_after, stored
from baqylau.seal import items, keys
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry, Sealed
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.moving import From, move

SLOT = 6 * 3_600
"""Seconds of a slot: a draft's age is known no better."""
SLOTS = 4
"""A draft dies when so many slots have begun after its own: after 18 to 24 hours."""
FILES = 20
"""Files of one report at most."""
TOTAL = 60 * 1_048_576
"""Bytes of all files of one report at most, as they are stored."""

SHARED = 3
"""By a shared way no more comes once drafts have taken a quarter of the room, else half: so a flood
through Tor leaves others as much as it took."""


class GoneError(DomainError):
    """The draft is no longer there: its files have to be added again."""

    code = "draft_gone"


@dataclass(frozen=True, slots=True, repr=False)
class DraftKey:
    """What the form carries: the draft's id and its secret key (AGE-SECRET-KEY-1…)."""

    id: str
    secret: str

    def key(self) -> SecretKey:
        """The key. Raises: SealError."""
        return keys.from_text(Use.REPORT, self.secret)


def gone() -> GoneError:
    """What is said when the draft has died."""
    return GoneError(
        _("The files that you added have expired. Add them again, or send without them.")
    )


def slot_now() -> int:
    """The present six-hour slot."""
    return int(clock.now().timestamp()) // SLOT


def begin_draft() -> DraftKey:
    """A new draft; its row comes with its first file."""
    return DraftKey(new_id(), keys.generate(Use.REPORT).text)


def add_to_draft(
    *, draft: DraftKey, head: FileHead, file: IO[bytes], is_shared: bool = False
) -> int:
    """Seal a file into the draft; returns its number.

    `is_shared`: it came by a way on which nobody can be told apart.

    Raises: DomainError `too_many`, `too_much` or `no_room`; SealError; DomainError from the disk.
    Then nothing is stored.
    """
    key = draft.key()
    rows = _rows(draft.id)
    _refuse_full(rows, head.size)
    unsent = DraftFile.objects.aggregate(all=Sum("bucket"))["all"] or 0
    store.require_room(head.size, unsent * (SHARED if is_shared else 1))
    place = items.following(draft.id, Kind.FILE, _entries(rows))
    file.seek(0)
    with store.writing() as target:
        sealed = items.seal_stream(key, place, WithHead(head, file), target)
    try:
        _store(draft.id, key, sealed)
    except IntegrityError:
        # The same page in a second tab was first: the person sends this file once more.
        store.remove(sealed.entry.digest)
        raise SealError("busy", status=503) from None
    except BaseException:
        store.remove(sealed.entry.digest)
        raise
    return sealed.entry.number


def _store(draft: str, key: SecretKey, sealed: Sealed) -> None:
    with transaction.atomic(using="sealed"):
        row, _is_new = Draft.objects.get_or_create(
            pk=draft, defaults={"public": key.public, "slot": slot_now()}
        )
        if row.public != key.public:
            raise SealError("key_not_this")
        DraftFile.objects.create(
            draft=row,
            number=sealed.entry.number,
            digest=sealed.entry.digest,
            bucket=sealed.bucket,
        )


def moved_files(
    *, draft: DraftKey, key: SecretKey, report: str, entries: list[Entry]
) -> list[Ready]:
    """Seal the draft's files anew to a report, after `entries`, which grow with them.

    Raises: GoneError when the draft has died; SealError; DomainError from the disk. Then nothing
    is left behind.
    """
    rows, ready = _rows(draft.id), list[Ready]()
    if not rows:
        raise gone()
    own, old = draft.key(), _entries(rows)
    try:
        for row in (row for row in rows if row.bucket):
            place = place_after(report, Part.REPORT, Kind.FILE, entries)
            there = From(own, draft.id, old, row.number)
            with _reading(row) as source, store.writing() as target:
                sealed = move(there, source, key, place, target)
            entries.append(sealed.entry)
            ready.append(stored(Part.REPORT, sealed))
    except BaseException:
        for one in ready:
            store.remove(one.digest)
        raise
    return ready


def _reading(row: DraftFile) -> IO[bytes]:
    try:
        return store.reading(row.digest)
    except FileNotFoundError:
        # The same page was sent twice at once: the other one has dropped the draft.
        raise gone() from None


def remove_from_draft(*, draft: DraftKey, number: int) -> None:
    """Delete one file of a draft for good; safe to repeat.

    Its row stays with a bucket of 0, because the files after it name its hash.
    Raises: SealError when it is not the draft's key.
    """
    row = DraftFile.objects.filter(draft=draft.id, number=number).select_related("draft").first()
    if row is None:
        return
    if row.draft.public != draft.key().public:
        raise SealError("key_not_this")
    DraftFile.objects.filter(pk=row.pk).update(bucket=0)
    store.remove(row.digest)


def drop_draft(*, draft: str) -> None:
    """Delete a draft and its files; safe to repeat."""
    digests = [row.digest for row in _rows(draft)]
    Draft.objects.filter(pk=draft).delete()
    for digest in digests:
        store.remove(digest)


def forget_old_drafts() -> str:
    """Delete the drafts that are older than a day."""
    old = list(Draft.objects.filter(slot__lte=slot_now() - SLOTS).values_list("pk", flat=True))
    for draft in old:
        drop_draft(draft=draft)
    return f"{len(old)} deleted"


def _rows(draft: str) -> list[DraftFile]:
    return list(DraftFile.objects.filter(draft=draft).order_by("number"))


def _entries(rows: Sequence[DraftFile]) -> list[Entry]:
    return [Entry(row.number, row.digest) for row in rows]


def _refuse_full(rows: Sequence[DraftFile], size: int) -> None:
    if sum(1 for row in rows if row.bucket) >= FILES:
        raise DomainError(
            _("There are %(count)s files already: no more can be added."),
            code="too_many",
            params={"count": FILES},
        )
    if sum(row.bucket for row in rows) + size > TOTAL:
        raise too_much()


def too_much() -> DomainError:
    """What is said when the files are too large together."""
    return DomainError(
        _("All files together may have %(limit)s MB."),
        code="too_much",
        params={"limit": TOTAL // 1_048_576},
    )
