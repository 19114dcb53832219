"""What a reporter does in the open channel: write, send files, say who they are, agree, close it.

Every form carries a mark, which is sealed inside the item: sent twice, it is there once. An officer
who writes at the same moment takes one number, the reporter the next.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Nobody
from baqylau.kernel.errors import DomainError
from baqylau.reports import store
from baqylau.reports.models import Part, Report
from baqylau.reports.parts import part_id
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.queries.entries import entries_of, of_reporter
from baqylau.reports.queries.talk import Talk, files_since, receipt_report, talk_of
from baqylau.reports.rules.answers import Name, read_name
from baqylau.reports.rules.contents import FileHead, Kind, loaded
from baqylau.reports.rules.states import after_reporter
from baqylau.reports.services.once import Opened, add_once
from baqylau.reports.services.sealing import ATTEMPTS, place_after, seal_file, write_item
from baqylau.reports.services.slow import queue
from baqylau.reports.taxonomy import State
from baqylau.seal import notes, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.receipts import Receipt

REPORTER: Final = Nobody()
ITEMS: Final = 400
"""Items of a conversation at which the reporter cannot add more; officers still can."""
FILES: Final = 60
TOTAL: Final = 150 * 1_048_576
"""Files of a reporter and their bytes, those of the form included."""


@dataclass(frozen=True, slots=True, repr=False)
class Sending:
    """A file that comes: its head and its bytes."""

    head: FileHead
    file: IO[bytes]


def open_channel(*, receipt: Receipt, report: Report) -> Opened:
    """Open a channel with its receipt. Derives one key; guesses at one report wait in one lane.

    Find `report` by `receipt_report`, which derives nothing.
    Raises: SealError `receipt_unknown` or `busy`.
    """
    locked = bytes(report.lock or b"")
    key = queue.run(
        partial(wraps.open_with_receipt, receipt, report.pk, locked, public=report.public),
        lane=receipt.locator,
    )
    return Opened(report, Part.REPORT, key)


def found(receipt: Receipt) -> Report:
    """The report that a receipt names. Derives nothing. Raises: SealError `receipt_unknown`."""
    report = receipt_report(receipt.locator)
    if report is None:
        raise SealError("receipt_unknown")
    return report


def write(
    *, to: Opened, text: str, mark: str, files: Sequence[Sending] = (), seen: int = 0
) -> bool:
    """Seal a message and the files beside it; whether it was new.

    `seen` is how many items the page showed: of a file sent twice from one page, one is kept.
    Raises: DomainError `ended`, `too_many`, `too_much`, `no_room`; SealError; DomainError from the
    disk.
    """
    talk = _open_talk(to)
    if any(one.mark == mark and one.kind == Kind.REPORTER for one in talk.said):
        return False
    _refuse_full(talk, files)
    if files:
        store.require_room(sum(one.head.size for one in files))
    for one in files:
        _add_file(to, one, seen)
    return _say(to, Kind.REPORTER, {"text": text}, mark)


def give_name(*, to: Opened, name: Name, mark: str) -> bool:
    """Seal who the reporter is to the report's name key, which custodians alone hold.

    The note lies in an item of R, so nothing in clear shows that there is one.
    Raises: DomainError `ended`, `too_many`; SealError.
    """
    talk = _open_talk(to)
    _refuse_full(talk)
    note = notes.seal(name.dumped().decode(), _name_id(to.report), [to.report.name_public])
    return _say(to, Kind.NAMED, {"sealed": b64encode(note).decode()}, mark)


def names_told_later(
    *, report: Report, items: Sequence[OpenedItem], name_key: SecretKey
) -> list[Name]:
    """The names in a conversation, oldest first, for whoever holds R and was given I.

    What an officer has written as a name is none. Raises: SealError when one does not open with
    I, or is about another report.
    """
    named = [item for item in items if item.kind == Kind.NAMED]
    own = of_reporter(report.pk, Part.REPORT) if named else frozenset()
    sealed = [loaded(item.content)["sealed"] for item in named if item.number in own]
    about = _name_id(report)
    return [read_name(notes.unseal(name_key, about, b64decode(one)).encode()) for one in sealed]


def agree(*, to: Opened, mark: str) -> bool:
    """Agree that a case without names is opened; False when nobody asked, or it was agreed to.

    Raises: DomainError `ended`; SealError.
    """
    asked = _open_talk(to).asked
    return asked is not None and _say(to, Kind.AGREED, {"asked": asked.number}, mark)


def decline(*, to: Opened, mark: str) -> bool:
    """Say no to a case; False when nobody asked, or it was answered. Nothing else changes.

    Raises: DomainError `ended`; SealError.
    """
    asked = _open_talk(to).asked
    return asked is not None and _say(to, Kind.DECLINED, {"asked": asked.number}, mark)


def end(*, to: Opened, mark: str) -> bool:
    """Close the channel for good; whether it was open. Raises: SealError."""
    if talk_of(to.report, to.part, to.key).is_ended:
        return False
    return _say(to, Kind.ENDED, {}, mark)


def _open_talk(to: Opened) -> Talk:
    """What was said so far, of a channel that its reporter has not closed."""
    talk = talk_of(to.report, to.part, to.key)
    if talk.is_ended:
        raise DomainError(
            _("You have closed this conversation: nothing can be added any more."), code="ended"
        )
    return talk


def _say(to: Opened, kind: Kind, values: dict[str, object], mark: str) -> bool:
    """Seal words; the report is unread again for its officers, also one that they had closed."""
    is_farewell = kind == Kind.ENDED and to.report.state == State.CLOSED
    changes = {} if is_farewell else after_reporter()
    on = clock.today().isoformat()
    is_new = add_once(
        to=to,
        kind=kind,
        values={**values, "on": on},
        mark=mark,
        actor=REPORTER,
        changes=changes,
    )
    to.report.refresh_from_db()
    return is_new


def _add_file(to: Opened, sending: Sending, seen: int) -> None:
    """Seal a file as the next item, unless it came since the page was drawn."""
    report, part = to.report, to.part
    for _attempt in range(ATTEMPTS):
        # Entries first: an item that comes in between takes the number, and we look again.
        entries = entries_of(report.pk, part)
        if sending.head in files_since(report, part, to.key, seen):
            return
        sending.file.seek(0)
        place = place_after(report.pk, part, Kind.FILE, entries)
        ready = seal_file(to.key, part, place, sending.head, sending.file)
        try:
            if write_item(report, ready, REPORTER):
                return
        except BaseException:
            store.remove(ready.digest)
            raise
        store.remove(ready.digest)
    raise SealError("busy", status=503)


def _refuse_full(talk: Talk, files: Sequence[Sending] = ()) -> None:
    """Refuse what no conversation needs and a flood would bring."""
    heads = [*talk.own_files, *(one.head for one in files)]
    if talk.count + len(files) >= ITEMS or (files and len(heads) > FILES):
        raise DomainError(
            _("This conversation is full. Please go on in a new report, and say so there."),
            code="too_many",
        )
    if files and sum(head.size for head in heads) > TOTAL:
        raise DomainError(
            _("All files of one report together may have %(limit)s MB."),
            code="too_much",
            params={"limit": TOTAL // 1_048_576},
        )


def _name_id(report: Report) -> str:
    return part_id(report.pk, Part.NAME)
