"""Attendance sheets: sealed as they came, opened by few, sealed anew, forgotten in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from baqylau.contacts import keyring
from baqylau.contacts.services.rotation import rotate
from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.outreach.models import Event, Sheet, Stage
from baqylau.outreach.queries.unknown import UnknownError
from baqylau.outreach.rules.heads import Heads
from baqylau.outreach.services.reporting import Told, report_event
from baqylau.outreach.services.sheets import (
    KEPT,
    LIMIT,
    LostSheetError,
    Scan,
    add_sheet,
    forget_old,
    open_sheet,
    remove_sheet,
)
from tests.casework.making import TARAZ
from tests.outreach.making import BOSS, LECTURER, TODAY, make_event

NAMES = "Айгүл Сәрсенова, Нұрлан Әбенов".encode()
PDF = b"%PDF-1.7 " + NAMES + b" %%EOF"
SCAN = Scan(PDF, "application/pdf")


pytestmark = [pytest.mark.django_db]


def held() -> Event:
    """An event that was held today."""
    return make_event(stage=Stage.HELD)


@pytest.mark.usefixtures("reach")
def test_a_sheet_is_worthless_on_the_disk_and_in_the_database(settings: Settings) -> None:
    made = add_sheet(actor=LECTURER, event=held(), scan=SCAN)
    kept = [path.read_bytes() for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]
    assert kept
    assert not any(NAMES[:12] in content or b"%PDF" in content for content in kept)
    assert NAMES[:12] not in bytes(made.key)
    assert not Entry.objects.filter(payload__contains="Айгүл").exists()


@pytest.mark.usefixtures("reach")
def test_few_open_it_and_every_opening_is_written_down() -> None:
    row = held()
    add_sheet(actor=LECTURER, event=row, scan=SCAN)
    with pytest.raises(NotAllowedError):
        open_sheet(actor=LECTURER, event=row, number=1)
    _sheet, content = open_sheet(actor=BOSS, event=row, number=1)
    assert content == PDF
    entry = Entry.objects.get(action="outreach.sheet_opened")
    assert (entry.actor, entry.subject) == (BOSS.key, f"event:{row.code}")


@pytest.mark.usefixtures("reach")
def test_a_sheet_of_one_event_does_not_open_in_the_place_of_another() -> None:
    one, other = held(), held()
    first = add_sheet(actor=LECTURER, event=one, scan=SCAN)
    add_sheet(actor=LECTURER, event=other, scan=Scan(PDF + b" 2", "application/pdf"))
    Sheet.objects.filter(event=other).update(key=first.key, file=first.file)
    with pytest.raises(DomainError):
        open_sheet(actor=BOSS, event=other, number=1)


@pytest.mark.usefixtures("reach")
def test_a_changed_file_is_told_and_not_shown() -> None:
    row = held()
    made = add_sheet(actor=LECTURER, event=row, scan=SCAN)
    path = store.path_of(made.file_id or "")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(LostSheetError):
        open_sheet(actor=BOSS, event=row, number=1)


@pytest.mark.usefixtures("reach")
def test_a_rotation_seals_the_sheets_anew_and_drops_the_old_key() -> None:
    row = held()
    add_sheet(actor=LECTURER, event=row, scan=SCAN)
    old = keyring.ring().current
    assert rotate() == 1
    assert old not in keyring.ring().keys
    assert Sheet.objects.get().key_id == keyring.ring().current
    assert open_sheet(actor=BOSS, event=row, number=1)[1] == PDF


@pytest.mark.usefixtures("reach")
def test_content_and_key_are_forgotten_when_the_time_is_over(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    row = held()
    made = add_sheet(actor=LECTURER, event=row, scan=SCAN)
    digest = made.file_id or ""
    day = datetime(2026, 7, 1, 7, tzinfo=UTC) + KEPT
    with clock.frozen(day - timedelta(days=1)):
        assert forget_old() == "0 forgotten"
    with clock.frozen(day), django_capture_on_commit_callbacks(execute=True):
        assert forget_old() == "1 forgotten"
        assert forget_old() == "0 forgotten"
    made.refresh_from_db()
    assert (bytes(made.key), made.key_id, made.file) == (b"", "", None)
    assert not store.path_of(digest).exists()
    with pytest.raises(UnknownError):
        open_sheet(actor=BOSS, event=row, number=1)
    assert rotate() == 0


@pytest.mark.usefixtures("reach")
def test_a_removed_sheet_leaves_its_number_behind() -> None:
    row = held()
    add_sheet(actor=LECTURER, event=row, scan=SCAN)
    remove_sheet(actor=LECTURER, event=row, number=1)
    assert add_sheet(actor=LECTURER, event=row, scan=SCAN).number == 2


@pytest.mark.usefixtures("reach")
@pytest.mark.parametrize(
    "scan",
    [
        Scan(b"", "application/pdf"),
        Scan(b"<html>", "text/html"),
        Scan(b"0" * (LIMIT + 1), "image/png"),
    ],
)
def test_what_is_no_scan_or_too_large_is_refused_and_nothing_kept(scan: Scan) -> None:
    with pytest.raises(DomainError) as caught:
        add_sheet(actor=LECTURER, event=held(), scan=scan)
    assert caught.value.field == "sheet"
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("reach")
def test_a_sheet_comes_after_the_event_and_a_refused_one_leaves_no_file() -> None:
    with pytest.raises(ConflictError):
        add_sheet(actor=LECTURER, event=make_event(), scan=SCAN)
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("reach")
def test_a_sheet_comes_with_the_report_and_goes_with_its_refusal() -> None:
    row = make_event(on=TODAY, district_id=TARAZ)
    report_event(actor=LECTURER, event=row, told=Told(Heads(9), scan=SCAN))
    assert Sheet.objects.get(event=row).number == 1
    with pytest.raises(ConflictError):
        report_event(actor=LECTURER, event=row, told=Told(Heads(8), scan=SCAN), revision=1)
    assert StoredFile.objects.count() == 1
