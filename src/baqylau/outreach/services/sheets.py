"""Scans of attendance sheets: kept sealed as they came, opened by few, forgotten in time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from baqylau.contacts import keyring
from baqylau.contacts.keyring import Ring
from baqylau.contacts.services.turns import join_writers
from baqylau.files import services as files
from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD, SHEETS
from baqylau.outreach.models import Event, Sheet, Stage
from baqylau.outreach.queries.events import holding, sheet
from baqylau.outreach.sealing import CONTENT, unwrap, wrap
from baqylau.outreach.services.events import locked
from baqylau.seal import pieces
from baqylau.seal.boxes import BoxError

KINDS: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
}
"""What a scan may be, and how its file's name ends."""
LIMIT: Final = 20 * 1_048_576
"""Bytes of a scan."""
AN_EVENT: Final = 10
"""Sheets of one event."""
KEPT: Final = timedelta(days=180)
"""How long names stay: until a quarter's account was given and looked at."""


class LostSheetError(DomainError):
    """The disk has lost or changed a sheet."""

    code = "lost"
    status = 500


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """A scan as it came; what it is was read from its content."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A scan that lies in the store already, sealed, and belongs to no event yet."""

    file: StoredFile
    key: bytes
    media_type: str
    size: int


def keep(scan: Scan) -> Kept:
    """Store a scan sealed, before any transaction: the disk is slow. Raises: DomainError."""
    if not scan.content or scan.media_type not in KINDS:
        raise DomainError(
            _("Only PDF, JPEG, PNG, WebP and HEIC are taken as a sheet."),
            code="kind",
            field="sheet",
        )
    if len(scan.content) > LIMIT:
        raise DomainError(
            _("The scan is larger than 20 MB. Photograph the sheet, or scan it in grey."),
            code="too_large",
            field="sheet",
        )
    keyring.ring()
    key = pieces.new_key()
    stored = files.keep(
        pieces=pieces.sealed(key, scan.content, CONTENT), media_type="application/octet-stream"
    )
    return Kept(stored, key, scan.media_type, len(scan.content))


def _name(event: Event, number: int) -> str:
    """What a sheet's key is bound to."""
    return f"{event.code}/{number}"


def add_row(actor: Actor, event: Event, kept: Kept) -> Sheet:
    """Give a kept scan to an event; call it within a transaction. Raises: DomainError."""
    join_writers()
    rows = Sheet.objects.filter(event=event)
    if rows.filter(dropped_on=None).count() >= AN_EVENT:
        raise DomainError(
            _("An event has at most %(limit)s sheets."),
            code="many",
            field="sheet",
            params={"limit": AN_EVENT},
        )
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    ring = keyring.ring()
    made = Sheet.objects.create(
        event=event,
        number=number,
        file=kept.file,
        key_id=ring.current,
        key=wrap(ring, _name(event, number), kept.key),
        media_type=kept.media_type,
        size=kept.size,
        added_by=actor.key,
        added_on=clock.today(),
    )
    append(
        action="outreach.sheet_added",
        actor=actor,
        subject=f"event:{event.code}",
        payload={"number": number, "size": kept.size},
    )
    return made


def add_sheet(*, actor: Actor, event: Event, scan: Scan) -> Sheet:
    """Add the scan of a sheet. Raises: NotAllowedError; ConflictError; DomainError."""
    require(actor, HOLD, holding(event))
    kept = keep(scan)
    try:
        with transaction.atomic():
            row = locked(event)
            _refuse_early(row)
            return add_row(actor, row, kept)
    except Exception:
        files.forget(digest=kept.file.digest)
        raise


def _refuse_early(row: Event) -> None:
    if row.stage not in {Stage.HELD, Stage.REPORTED}:
        raise ConflictError(_("A sheet comes once the event was held."))


def open_sheet(*, actor: Actor, event: Event, number: int) -> tuple[Sheet, bytes]:
    """A sheet and its content; that it was opened is kept, for it names people.

    Raises: NotAllowedError; UnknownError; LostSheetError.
    """
    require(actor, SHEETS)
    with transaction.atomic():
        join_writers()
        found = sheet(event, number)
        key = unwrap(keyring.ring(), found.key_id, _name(event, number), bytes(found.key))
        append(
            action="outreach.sheet_opened",
            actor=actor,
            subject=f"event:{event.code}",
            payload={"number": number},
        )
    try:
        with store.read(found.file_id or "") as file:
            return found, pieces.opened(key, file, CONTENT)
    except (OSError, ValueError, BoxError) as error:
        raise LostSheetError(
            _("This sheet is missing or damaged on the disk: it must come back from a backup.")
        ) from error


def remove_sheet(*, actor: Actor, event: Event, number: int) -> None:
    """Forget a sheet that was added by mistake, for good.

    Raises: NotAllowedError; UnknownError.
    """
    require(actor, HOLD, holding(event))
    with transaction.atomic():
        locked(event)
        _drop(actor, sheet(event, number))


def _drop(actor: Actor, row: Sheet) -> None:
    digest = row.file_id
    row.file, row.key, row.key_id, row.dropped_on = None, b"", "", clock.today()
    row.save(update_fields=["file", "key", "key_id", "dropped_on"])
    if digest:
        files.forget(digest=digest)
    append(
        action="outreach.sheet_forgotten",
        actor=actor,
        subject=f"event:{row.event.code}",
        payload={"number": row.number},
    )


def last_day(added_on: date) -> date:
    """The first day on which a sheet is forgotten."""
    return added_on + KEPT


def forget_old() -> str:
    """Forget every sheet whose time is over: its content and its key; safe to repeat."""
    old = Sheet.objects.filter(dropped_on=None, added_on__lte=clock.today() - KEPT)
    gone = 0
    for pk in list(old.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Sheet.objects.select_for_update(of=("self",)).select_related("event").get(pk=pk)
            if row.dropped_on is None:
                _drop(SYSTEM, row)
                gone += 1
    return f"{gone} forgotten"


def left_to_seal(ring: Ring) -> int:
    """Sheets whose key is sealed under an older key of identities that is still here."""
    return _older(ring).count()


def _older(ring: Ring) -> QuerySet[Sheet]:
    old = [key_id for key_id in ring.keys if key_id != ring.current]
    return Sheet.objects.filter(dropped_on=None, key_id__in=old)


def seal_anew(ring: Ring, most: int) -> int:
    """Seal the keys of some sheets under the current key; call it within a transaction.

    Returns how many.
    """
    rows = list(
        _older(ring).select_for_update(of=("self",)).select_related("event").order_by("pk")[:most]
    )
    for row in rows:
        name = _name(row.event, row.number)
        row.key = wrap(ring, name, unwrap(ring, row.key_id, name, bytes(row.key)))
        row.key_id = ring.current
    Sheet.objects.bulk_update(rows, ["key", "key_id"])
    return len(rows)
