"""A new key pair takes the place of the old one, however often it is interrupted."""

from itertools import pairwise

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import Keyholder, NextKey, NextWrap, Part, Report, Unlocked, Wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.services import batches, filing, slow
from baqylau.reports.services.keyholding import unlock
from baqylau.reports.services.locking import opened_by_passphrase, recover_with_code
from baqylau.reports.services.rotation import begin_rotation, drop_rotation, proceed
from baqylau.seal import people, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.wraps import Role
from tests.reports.making import PASSPHRASE, Held, House, file, sent
from tests.reports.opening import readable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NEW = "бес бұрыш тас үстінде"


@pytest.fixture
def piecemeal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One report is a piece, and a request ends after it."""
    monkeypatch.setattr(batches, "PIECE", 1)


def changed(held: Held, passphrase: str = NEW) -> Held:
    return Held(held.actor, opened_by_passphrase(held.actor, passphrase), "")


def test_the_new_key_opens_everything_and_the_old_one_nothing(ready: House) -> None:
    reports = {file()[1].pk for _ in range(3)}
    officer = ready.officers[0]
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    done = proceed(actor=officer.actor, own=officer.key)
    assert (done.done, done.left, done.damaged) == (3, 0, 0)
    assert readable(officer) == set()
    assert readable(changed(officer)) == reports
    assert not NextKey.objects.exists()


def test_a_custodians_names_move_to_the_new_key(ready: House) -> None:
    _filed, report = file()
    custodian = ready.custodians[0]
    begin_rotation(actor=custodian.actor, old=PASSPHRASE, new=NEW)
    proceed(actor=custodian.actor, own=custodian.key)
    assert readable(changed(custodian), Part.NAME, Role.CUSTODIAN) == {report.pk}
    assert readable(custodian, Part.NAME, Role.CUSTODIAN) == set()


def test_nothing_changes_for_anybody_until_all_is_wrapped(ready: House, piecemeal: None) -> None:
    reports = {file()[1].pk for _ in range(3)}
    officer = ready.officers[0]
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    assert proceed(actor=officer.actor, own=officer.key, seconds=0).left == 2
    # Here the process is killed. The old key still opens everything, the new one nothing yet.
    assert readable(officer) == reports
    with pytest.raises(SealError):
        unlock(actor=officer.actor, passphrase=NEW)
    assert proceed(actor=officer.actor, own=officer.key, seconds=0).left == 1
    assert proceed(actor=officer.actor, own=officer.key, seconds=0).left == 0
    assert readable(changed(officer)) == reports


def test_a_piece_that_was_cut_off_is_done_again(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = {file()[1].pk for _ in range(3)}
    officer, calls, wrap = ready.officers[0], [], wraps.wrap

    def cut_off(*arguments: object) -> bytes:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return wrap(*arguments)  # type: ignore[arg-type]  # mypy does not follow values into a call

    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    with monkeypatch.context() as patch:
        patch.setattr(wraps, "wrap", cut_off)
        with pytest.raises(KeyboardInterrupt):
            proceed(actor=officer.actor, own=officer.key)
    assert not NextWrap.objects.exists()
    assert readable(officer) == reports
    assert proceed(actor=officer.actor, own=officer.key).left == 0
    assert readable(changed(officer)) == reports


def test_a_report_that_is_filed_halfway_is_not_lost(ready: House, piecemeal: None) -> None:
    file(), file()
    officer = ready.officers[0]
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    proceed(actor=officer.actor, own=officer.key, seconds=0)
    file()
    while proceed(actor=officer.actor, own=officer.key, seconds=0).left:
        """Until all is done."""
    assert readable(changed(officer)) == set(Report.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("changes", [1, 2])
def test_a_report_sealed_to_a_key_that_ends_before_it_is_stored_is_never_half_there(
    ready: House, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    officer, lock = ready.officers[0], wraps.lock_with_receipt
    words = [PASSPHRASE, *["жеті өзен бір арнаға"] * (changes - 1), NEW]
    left = list(pairwise(words))

    def meanwhile(*arguments: object) -> bytes:
        assert not Report.objects.exists()
        if left:
            old, new = left.pop(0)
            begin_rotation(actor=officer.actor, old=old, new=new)
            proceed(actor=officer.actor, own=opened_by_passphrase(officer.actor, old))
        return lock(*arguments)  # type: ignore[arg-type]  # mypy does not follow values into a call

    page = sent()
    with monkeypatch.context() as patch:
        patch.setattr(filing, "partial", lambda _lock, *rest: lambda: meanwhile(*rest))
        # The derivation of the receipt runs in another thread; here it is the caller's own.
        patch.setattr(slow.queue, "run", lambda work, **_lane: work())
        if changes == 1:
            # The keys are read anew, once.
            filing.file_report(sent=page)
        else:
            with pytest.raises(ConflictError):
                filing.file_report(sent=page)
            assert not Report.objects.exists()
    filing.file_report(sent=page)
    assert readable(changed(officer)) == {page.id}


def test_a_wrap_that_is_damaged_stops_nothing_and_is_told(ready: House) -> None:
    _filed, report = file()
    _filed, other = file()
    officer = ready.officers[0]
    Wrap.objects.filter(report=report, holder=officer.actor.key).update(wrapped=b"age-encryption")
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    done = proceed(actor=officer.actor, own=officer.key)
    assert (done.done, done.damaged, done.left) == (1, 1, 0)
    assert readable(changed(officer)) == {other.pk}


def test_the_old_passphrase_and_code_open_nothing_afterwards(ready: House) -> None:
    officer = ready.officers[0]
    code = begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    proceed(actor=officer.actor, own=officer.key)
    for refused in (PASSPHRASE, "мүлде басқа сөйлем"):
        with pytest.raises(SealError):
            opened_by_passphrase(officer.actor, refused)
    with pytest.raises(SealError):
        recover_with_code(actor=officer.actor, code=officer.code, passphrase=NEW)
    row = own_key(officer.actor.key)
    assert row is not None
    assert row.by_code is not None
    assert people.open_with_code(bytes(row.by_code), row.holder, code).public == row.public
    ended = Keyholder.objects.get(public=officer.key.public)
    assert (ended.by_passphrase, ended.by_code) == (None, None)
    assert ended.until_on is not None


def test_an_unlocked_key_is_locked_by_the_change(ready: House) -> None:
    officer = ready.officers[0]
    unlock(actor=officer.actor, passphrase=PASSPHRASE)
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    proceed(actor=officer.actor, own=officer.key)
    assert not Unlocked.objects.exists()


def test_a_change_needs_the_old_passphrase_and_one_runs_at_a_time(ready: House) -> None:
    officer = ready.officers[0]
    with pytest.raises(SealError):
        begin_rotation(actor=officer.actor, old=NEW, new=NEW)
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    with pytest.raises(ConflictError):
        begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    with pytest.raises(ConflictError):
        proceed(actor=officer.actor, own=ready.officers[1].key)


def test_a_change_can_be_dropped_and_the_old_key_goes_on(ready: House) -> None:
    _filed, report = file()
    officer = ready.officers[0]
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    drop_rotation(actor=officer.actor)
    drop_rotation(actor=officer.actor)
    assert readable(officer) == {report.pk}
    with pytest.raises(DomainError):
        proceed(actor=officer.actor, own=officer.key)


def test_the_journal_tells_each_step_and_holds_public_halves_alone(ready: House) -> None:
    officer = ready.officers[0]
    begin_rotation(actor=officer.actor, old=PASSPHRASE, new=NEW)
    proceed(actor=officer.actor, own=officer.key)
    told = Entry.objects.using("sealed").filter(subject=f"keyholder:{officer.actor.key}")
    assert [each.action for each in told.order_by("number")] == [
        "reports.rotation_begun",
        "reports.rotated",
    ]
    assert all("SECRET" not in each.payload.upper() for each in told)
