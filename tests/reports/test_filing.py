"""A report is taken in: whole, once, and readable by those alone who may."""

import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connections

from baqylau.journal.models import Entry
from baqylau.kernel import clock, roles
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports import store
from baqylau.reports.models import Draft, DraftFile, Item, Keyholder, Part, Report, Slip, Wrap
from baqylau.reports.queries.contents import open_file, open_part, open_wrap
from baqylau.reports.rules.contents import FileHead, Kind, dumped, loaded, read_head
from baqylau.reports.services.comparing import confirm
from baqylau.reports.services.drafts import GoneError, add_to_draft, begin_draft
from baqylau.reports.services.filing import ClosedError, Filed, Sent, file_report
from baqylau.reports.services.keyholding import enrol
from baqylau.reports.store import all_digests
from baqylau.seal import receipts, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.people import fingerprint
from baqylau.seal.queue import KdfQueue
from baqylau.seal.receipts import Receipt
from baqylau.seal.wraps import Role
from tests.reports.making import PASSPHRASE, STORY, House, file, make_account, make_holder, sent

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def test_an_officer_reads_what_was_filed(ready: House) -> None:
    _filed, report = file()
    officer = ready.officers[0]
    key = open_wrap(report, Part.REPORT, Role.OFFICER, officer.key, officer.actor.key)
    (first,) = open_part(key, report, Part.REPORT)
    assert first.kind == Kind.REPORT
    assert loaded(first.content)["story"] == STORY


def test_the_receipt_opens_the_report(ready: House) -> None:
    filed, report = file()
    receipt = receipts.read(filed.receipt.printed())
    assert receipt.locator == report.locator
    assert report.lock is not None
    key = wraps.open_with_receipt(receipt, report.pk, bytes(report.lock), public=report.public)
    assert key.public == report.public


def test_the_recovery_key_opens_the_report_and_never_the_name(ready: House) -> None:
    _filed, report = file(name=dumped({"name": "Айгүл"}))
    assert ready.recovery is not None
    key = open_wrap(report, Part.REPORT, Role.RECOVERY, ready.recovery, "")
    assert key.public == report.public
    assert not Wrap.objects.filter(part=Part.NAME).exclude(role=Role.CUSTODIAN).exists()
    with pytest.raises(SealError):
        open_wrap(report, Part.NAME, Role.RECOVERY, ready.recovery, "")


def test_a_name_opens_for_the_custodian_alone(ready: House) -> None:
    _filed, report = file(name=dumped({"name": "Айгүл"}))
    custodian, officer = ready.custodians[0], ready.officers[0]
    key = open_wrap(report, Part.NAME, Role.CUSTODIAN, custodian.key, custodian.actor.key)
    (item,) = open_part(key, report, Part.NAME)
    assert loaded(item.content) == {"name": "Айгүл"}
    for role in Role:
        with pytest.raises(SealError):
            open_wrap(report, Part.NAME, role, officer.key, officer.actor.key)


def test_nothing_shows_who_gave_a_name(ready: House) -> None:
    _a, with_name = file(name=dumped({"name": "Айгүл Серікова", "phone": "+77000000000"}))
    _b, without = file()

    def shape(report: Report) -> list[tuple[str, int, str]]:
        rows = Item.objects.filter(report=report).order_by("part", "number")
        held = Wrap.objects.filter(report=report).order_by("part", "holder")
        return [(row.part, len(row.ciphertext or b"") // 1024, "") for row in rows] + [
            (row.part, len(row.wrapped) // 1024, row.role) for row in held
        ]

    assert shape(with_name) == shape(without)


def test_the_same_page_sent_again_gives_the_same_receipt(ready: House) -> None:
    page = sent(site="example.org")
    first, second = file_report(sent=page), file_report(sent=page)
    assert first == second
    assert Report.objects.count() == 1
    assert Slip.objects.count() == 1


def test_another_page_with_a_known_id_gets_nothing(ready: House) -> None:
    page = sent()
    file_report(sent=page)
    with pytest.raises(ConflictError):
        file_report(sent=sent(id=page.id))


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_a_page_sent_by_many_threads_at_once_is_one_report(ready: House) -> None:
    page = sent()

    def send(_number: int) -> str:
        try:
            return file_report(sent=page).receipt.number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        numbers = set(pool.map(send, range(6)))
    assert len(numbers) == 1
    assert Report.objects.count() == 1


@dataclass
class Draws:
    """Locators as they are drawn: the same one for the first `wrong` draws, then others."""

    wrong: int
    lock: threading.Lock = field(default_factory=threading.Lock)
    drawn: int = 0

    def __call__(self) -> str:
        with self.lock:
            number, self.drawn = self.drawn, self.drawn + 1
        return "111111" if number < self.wrong else f"{222222 + number}"


def test_a_locator_that_a_report_has_is_drawn_again(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = Draws(3)
    monkeypatch.setattr(receipts, "draw_locator", draws)
    first, second = file()[0], file()[0]
    assert first.receipt.locator == "111111"
    assert second.receipt.locator == "222225"
    assert draws.drawn == 4


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_people_who_draw_the_same_locator_at_once_all_get_a_receipt_that_opens(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(4, timeout=20)
    monkeypatch.setattr(receipts, "draw_locator", Draws(4))
    derive = wraps.lock_with_receipt

    def locked(key: SecretKey, report: str, receipt: Receipt) -> bytes:
        # Each has looked, and found the locator free, before anybody writes.
        if receipt.locator == "111111":
            together.wait()
        return derive(key, report, receipt)

    monkeypatch.setattr(wraps, "lock_with_receipt", locked)
    monkeypatch.setattr("baqylau.reports.services.filing.queue", KdfQueue(workers=4))
    pages = [sent() for _number in range(4)]

    def send(page: Sent) -> Filed:
        try:
            return file_report(sent=page)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        filed = list(pool.map(send, pages))
    assert len({one.receipt.locator for one in filed}) == 4
    assert "111111" in {one.receipt.locator for one in filed}
    for page, one in zip(pages, filed, strict=True):
        report = Report.objects.get(locator=one.receipt.locator)
        assert report.pk == page.id
        assert report.lock is not None
        wraps.open_with_receipt(one.receipt, report.pk, bytes(report.lock), public=report.public)
        assert file_report(sent=page) == one
    assert Item.objects.count() == 8


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_evidence_sent_by_many_threads_at_once_is_one_report(ready: House) -> None:
    draft = begin_draft()
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        head = FileHead(name, "image/jpeg", 400_000)
        add_to_draft(draft=draft, head=head, file=io.BytesIO(b"x" * 400_000))
    page = sent(draft=draft)

    def send(number: int) -> str:
        # Not all at the same step: some find the draft half gone.
        time.sleep(number * 0.01)
        try:
            return file_report(sent=page).receipt.number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(send, range(8)))
    assert len(numbers) == 1
    stored = set(Item.objects.filter(ciphertext=None).values_list("digest", flat=True))
    assert len(stored) == 3
    assert all_digests() == stored


def test_evidence_whose_file_is_gone_says_so_and_stores_nothing(ready: House) -> None:
    draft = begin_draft()
    head = FileHead("a.jpg", "image/jpeg", 5)
    add_to_draft(draft=draft, head=head, file=io.BytesIO(b"bytes"))
    store.remove(DraftFile.objects.get().digest)
    with pytest.raises(GoneError):
        file(draft=draft)
    assert not Report.objects.exists()
    assert not all_digests()


def test_an_officer_with_a_tie_is_left_out_before_sealing(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tied = ready.officers[0].actor.key
    monkeypatch.setattr(
        "baqylau.reports.queries.holders.tied_to",
        lambda person, _day: frozenset({7}) if person == tied else frozenset(),
    )
    filed, report = file(avoid=frozenset({7}))
    assert filed.readers == 1
    assert tied not in report.holders


def test_when_nobody_is_left_to_read_it_nothing_is_stored(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baqylau.reports.queries.holders.tied_to", lambda *_: frozenset({7}))
    with pytest.raises(DomainError) as refused:
        file(avoid=frozenset({7}))
    assert refused.value.code == "nobody"
    assert not Report.objects.exists()


def test_without_enough_keys_the_form_is_closed(ready: House) -> None:
    Keyholder.objects.filter(holder=ready.custodians[0].actor.key).delete()
    with pytest.raises(ClosedError):
        file()


def test_evidence_moves_from_the_draft_into_the_report(ready: House) -> None:
    draft = begin_draft()
    for content in (b"first" * 9_000, b""):
        head = FileHead("сурет.jpg", "image/jpeg", len(content))
        add_to_draft(draft=draft, head=head, file=io.BytesIO(content))
    filed, report = file(draft=draft)
    assert not Draft.objects.exists()
    assert not DraftFile.objects.exists()
    stored = set(Item.objects.filter(ciphertext=None).values_list("digest", flat=True))
    assert all_digests() == stored
    assert report.lock is not None
    key = wraps.open_with_receipt(
        filed.receipt, report.pk, bytes(report.lock), public=report.public
    )
    with open_file(key, report, Part.REPORT, 2) as opened:
        assert read_head(opened) == FileHead("сурет.jpg", "image/jpeg", 45_000)
        assert opened.read() == b"first" * 9_000
    assert [item.is_stored for item in open_part(key, report, Part.REPORT)] == [False, True, True]


def test_a_draft_that_has_died_says_so_and_stores_nothing(ready: House) -> None:
    with pytest.raises(DomainError) as refused:
        file(draft=begin_draft())
    assert refused.value.code == "draft_gone"
    assert not Report.objects.exists()
    assert not all_digests()


def test_an_item_that_was_changed_moved_or_dropped_is_found(ready: House) -> None:
    filed, report = file()
    _other_filed, other = file()
    assert report.lock is not None
    key = wraps.open_with_receipt(
        filed.receipt, report.pk, bytes(report.lock), public=report.public
    )
    row = Item.objects.get(report=report, part=Part.REPORT)
    foreign = Item.objects.get(report=other, part=Part.REPORT)
    right = bytes(row.ciphertext or b"")
    for wrong in (
        right[:-1],
        right[:-1] + bytes([right[-1] ^ 1]),
        bytes(foreign.ciphertext or b""),
    ):
        row.ciphertext = wrong
        row.save()
        with pytest.raises(SealError):
            open_part(key, report, Part.REPORT)
    row.delete()
    with pytest.raises(SealError):
        open_part(key, report, Part.REPORT)


def test_the_journal_holds_days_and_hashes_only(ready: House) -> None:
    file()
    for entry in Entry.objects.using("sealed").filter(action__startswith="reports."):
        assert entry.at == "2026-07-01"
        assert STORY[:6] not in entry.payload


def test_an_officer_who_comes_later_has_no_key_to_older_reports(ready: House) -> None:
    _filed, report = file()
    late = make_holder(Actor("officer-3"), "officer")
    with pytest.raises(SealError):
        open_wrap(report, Part.REPORT, Role.OFFICER, late.key, late.actor.key)


def test_a_key_that_ended_a_moment_ago_is_never_sealed_to(ready: House) -> None:
    """The keys are remembered for a moment; what is written is asked of the rows."""
    file()
    ended = Keyholder.objects.filter(holder=ready.officers[0].actor.key)
    ended.update(until_on=clock.today(), by_passphrase=None, by_code=None)
    with pytest.raises(ClosedError):
        file()
    make_holder(Actor("officer-3", frozenset({roles.Role.INTAKE_OFFICER})), "officer")
    _filed, report = file()
    assert not Wrap.objects.filter(report=report, holder=ready.officers[0].actor.key).exists()


def test_whoever_has_just_got_a_key_that_was_compared_reads_the_next_report(ready: House) -> None:
    file()
    third = Actor("officer-3", frozenset({roles.Role.INTAKE_OFFICER}))
    make_account(third, "officer")
    enrol(actor=third, office=Keyholder.Office.OFFICER, passphrase=PASSPHRASE)
    last = fingerprint(Keyholder.objects.get(holder=third.key).public).split()[-1]
    confirm(actor=ready.officers[0].actor, holder=third.key, last=last)
    _filed, report = file()
    assert Wrap.objects.filter(report=report, holder=third.key).exists()
