"""Taking a report in: everything is sealed first, then written at once; the receipt comes last."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal import keys as journal_keys
from baqylau.journal.services import Draft, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Nobody
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports import store
from baqylau.reports.models import Keyholder, Part, Report, Slip, SlipList, Wrap, new_id
from baqylau.reports.parts import part_id
from baqylau.reports.queries.entries import entries_of
from baqylau.reports.queries.holders import Readiness, forget, recent, without_ties
from baqylau.reports.queries.readers import require_living, was_filed
from baqylau.reports.rules.clocks import acknowledge_by, feedback_by
from baqylau.reports.rules.contents import Kind
from baqylau.reports.services.drafts import DraftKey, GoneError, drop_draft, moved_files
from baqylau.reports.services.sealing import Ready, place_after, seal_words
from baqylau.reports.services.slow import queue
from baqylau.seal import keys, receipts, slips, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.receipts import Receipt
from baqylau.seal.wraps import Binding, Role
from baqylau.storage.bulk import insert_few
from baqylau.storage.full import FullError

TAKEN = 20
"""How often a locator is drawn until one is free."""
REPORTER = Nobody()


class ClosedError(DomainError):
    """The form is closed: there are not enough keys."""

    code = "closed"
    status = 503


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """What the review page sends: drawn with the page, so that sending again is the same.

    `id` and `secret` come from the page; `answers` and `name` are JSON (`rules.contents.dumped`);
    `avoid` are ids of institutions whose people must not read it; `site` names us on a slip, and
    is "" when no slip is wanted.
    """

    id: str
    secret: str
    answers: bytes
    name: bytes = b"{}"
    is_urgent: bool = False
    avoid: frozenset[int] = frozenset()
    draft: DraftKey | None = None
    site: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Filed:
    """What the reporter takes away. `readers` is how many officers can read it.

    `is_again`: the page had been sent before, and what was changed in it since is not there.
    """

    receipt: Receipt
    filed_on: date
    acknowledge_by: date
    feedback_by: date
    readers: int
    slip: str = ""
    is_again: bool = field(default=False, compare=False)


@dataclass(slots=True, repr=False)
class _Sealed:
    """A report that is sealed and not yet written."""

    report: Report
    key: SecretKey
    items: list[Ready] = field(default_factory=list)
    wraps: list[Wrap] = field(default_factory=list)
    publics: frozenset[str] = frozenset()
    recovery: str = ""
    slip: str = ""


def file_report(*, sent: Sent) -> Filed:
    """Seal and store a report; when this returns it survives a power cut.

    Sent again with the same id and secret it gives the same receipt. Derives one key.

    Raises: ClosedError without enough keys; ConflictError when a key has changed meanwhile;
    DomainError `nobody` when no officer is left who may
    read it; SealError `busy`; DomainError from the disk. Then nothing is stored.
    """
    if was_filed(sent.id):
        return _again(Report.objects.get(pk=sent.id), sent)
    today = clock.today()
    try:
        return _file(sent, today, recent(today))
    except ConflictError:
        # A key has come or gone since the keys were read: they are read anew, once.
        forget()
        return _file(sent, today, recent(today))


def _file(sent: Sent, today: date, ready: Readiness) -> Filed:
    if not ready.is_open or ready.recovery is None:
        raise ClosedError(_("Reports cannot be taken in just now: nobody could read them."))
    readers = without_ties(ready.officers, sent.avoid, today)
    if not readers:
        raise DomainError(
            _("Nobody would be left who may read this. Name fewer offices to be kept out."),
            code="nobody",
            field="avoid",
        )
    try:
        sealed = _seal(sent, today, ready, readers)
    except GoneError:
        # The draft goes with a report that is stored: it may be this one, from a double click.
        before = Report.objects.filter(pk=sent.id).first()
        if before is None:
            raise
        return _again(before, sent)
    try:
        filed = _write(sent, sealed, len(readers))
    except _TwiceError:
        _drop_files(sealed.items)
        return _again(Report.objects.get(pk=sent.id), sent)
    except BaseException:
        _drop_files(sealed.items)
        raise
    if sent.draft is not None:
        # The report is on the disk; a draft that a full one keeps dies by itself within a day.
        with suppress(FullError):
            drop_draft(draft=sent.draft.id)
    return filed


def _seal(sent: Sent, today: date, ready: Readiness, readers: Sequence[Keyholder]) -> _Sealed:
    """Seal everything but the lock, which needs the locator."""
    key, name_key = keys.generate(Use.REPORT), keys.generate(Use.NAME)
    report = Report(
        id=sent.id,
        filed_on=today,
        is_urgent=sent.is_urgent,
        acknowledge_by=acknowledge_by(today),
        feedback_by=feedback_by(today),
        public=key.public,
        name_public=name_key.public,
    )
    sealed = _Sealed(report, key)
    entries: list[Entry] = []
    place = place_after(sent.id, Part.REPORT, Kind.REPORT, entries)
    sealed.items.append(seal_words(key, Part.REPORT, place, sent.answers))
    entries.append(Entry(1, sealed.items[0].digest))
    if sent.draft is not None:
        sealed.items += moved_files(draft=sent.draft, key=key, report=sent.id, entries=entries)
    place = place_after(sent.id, Part.NAME, Kind.NAME, [])
    sealed.items.append(seal_words(name_key, Part.NAME, place, sent.name))
    report.bucket = 1 << (sum(item.bucket for item in sealed.items) - 1).bit_length()
    sealed.wraps = _wraps(report, key, name_key, ready, readers)
    sealed.publics = frozenset(row.public for row in (*readers, *ready.custodians))
    sealed.recovery = ready.recovery.public if ready.recovery else ""
    if sent.site:
        seed = journal_keys.seed()
        sealed.slip = slips.make(seed, key, sent.id, entries[0], site=sent.site, on=today)
    return sealed


def _wraps(
    report: Report,
    key: SecretKey,
    name_key: SecretKey,
    ready: Readiness,
    readers: Sequence[Keyholder],
) -> list[Wrap]:
    """R for the readers and for recovery, I for the custodians."""
    recovery = ready.recovery.public if ready.recovery else ""
    wanted = [(Part.REPORT, key, Role.OFFICER, row.holder, row.public) for row in readers]
    wanted += [(Part.REPORT, key, Role.RECOVERY, "", recovery)]
    wanted += [
        (Part.NAME, name_key, Role.CUSTODIAN, row.holder, row.public) for row in ready.custodians
    ]
    return [
        Wrap(
            report=report,
            part=part,
            role=role,
            holder=holder,
            wrapped=wraps.wrap(one, Binding(part_id(report.pk, part), role, holder), public),
        )
        for part, one, role, holder, public in wanted
    ]


class _TwiceError(Exception):
    """The same page was sent twice at once, and the other one was first."""


def _write(sent: Sent, sealed: _Sealed, readers: int) -> Filed:
    """Lock R behind the receipt and write everything; a locator that is taken is drawn again.

    The database alone says so: asking before would cost every report a question, and would miss
    the locator that somebody else has drawn at the same moment.
    Raises: _TwiceError; SealError `busy`; DomainError from `_store`.
    """
    report = sealed.report
    for _attempt in range(TAKEN):
        locator = receipts.draw_locator()
        receipt = receipts.make(locator, sent.secret)
        report.locator = locator
        report.lock = queue.run(
            partial(wraps.lock_with_receipt, sealed.key, sent.id, receipt), lane=new_id()
        )
        try:
            _store(sealed)
        except IntegrityError:
            if Report.objects.filter(pk=sent.id).exists():
                raise _TwiceError from None
            if not Report.objects.filter(locator=locator).exists():
                raise
            continue
        return _filed(report, receipt, readers, sealed.slip)
    raise SealError("busy", status=503)


def _store(sealed: _Sealed) -> None:
    report = sealed.report
    drafts = [Draft("reports.filed", REPORTER, f"report:{report.pk}")]
    drafts += [item.draft(report.pk, REPORTER) for item in sealed.items]
    with transaction.atomic(using="sealed"):
        insert_few([report], "sealed")
        insert_few(sealed.wraps, "sealed")
        insert_few([item.row(report) for item in sealed.items], "sealed")
        if sealed.slip:
            slip = slips.read(sealed.slip, bytes.fromhex(journal_keys.public()))
            Slip.objects.create(digest=slip.hash, week=slips.week_of(slip.on))
        append_many(drafts=drafts, using="sealed")
        require_living(sealed.publics, sealed.recovery)


def _again(report: Report, sent: Sent) -> Filed:
    """The receipt of a report that the same page has sent before. Derives one key.

    Raises: ConflictError when it is not the same page.
    """
    refused = ConflictError(_("This page was sent before. Look into your receipt."))
    if report.locator is None or report.lock is None:
        raise refused
    receipt, locked = receipts.make(report.locator, sent.secret), bytes(report.lock)
    try:
        key = queue.run(
            lambda: wraps.open_with_receipt(receipt, report.pk, locked, public=report.public),
            lane=new_id(),
        )
    except SealError as error:
        if error.code == "receipt_unknown":
            raise refused from None
        raise
    slip = _slip_again(report, key, sent.site) if sent.site else ""
    held = Wrap.objects.filter(report=report.pk, part=Part.REPORT, role=Role.OFFICER).count()
    return replace(_filed(report, receipt, held, slip), is_again=True)


def _slip_again(report: Report, key: SecretKey, site: str) -> str:
    """The slip of a report that was filed before; "" when its week's list went out without it."""
    first, seed = entries_of(report.pk, Part.REPORT)[0], journal_keys.seed()
    text = slips.make(seed, key, report.pk, first, site=site, on=report.filed_on)
    slip = slips.read(text, bytes.fromhex(journal_keys.public()))
    week = slips.week_of(slip.on)
    with transaction.atomic(using="sealed"):
        published = SlipList.objects.filter(pk=week).first()
        if published is None:
            Slip.objects.get_or_create(digest=slip.hash, defaults={"week": week})
    return text if published is None or f"slip {slip.hash}\n" in published.text else ""


def _filed(report: Report, receipt: Receipt, readers: int, slip: str) -> Filed:
    return Filed(
        receipt=receipt,
        filed_on=report.filed_on,
        acknowledge_by=report.acknowledge_by,
        feedback_by=report.feedback_by,
        readers=readers,
        slip=slip,
    )


def _drop_files(items: Sequence[Ready]) -> None:
    for item in items:
        if item.ciphertext is None:
            store.remove(item.digest)
