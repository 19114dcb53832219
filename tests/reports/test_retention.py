"""When a report's day has come nothing of it stays: no ciphertext, no key, no lock, no file."""

import io
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import QuerySet

from baqylau.files.store import path_of
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.reports import store
from baqylau.reports.models import Export, Item, NameRequest, Part, Report, Wrap
from baqylau.reports.rules.contents import FileHead
from baqylau.reports.services import retention
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.filing import file_report
from baqylau.reports.services.retention import delete_what_is_over, sweep
from baqylau.reports.taxonomy import State
from baqylau.seal import receipts
from tests.reports.conftest import TODAY
from tests.reports.making import House, file, sent

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
DAY = date(2027, 7, 1)


@pytest.fixture
def later(ready: House) -> Iterator[None]:
    """A year after the reports of a test were filed."""
    with clock.frozen(datetime(2027, 7, 2, 5, tzinfo=UTC)):
        yield


def with_evidence() -> Report:
    """A report with a file."""
    draft = begin_draft()
    content = os.urandom(30_000)
    head = FileHead("сурет.jpg", "image/jpeg", len(content))
    add_to_draft(draft=draft, head=head, file=io.BytesIO(content))
    _filed, report = file(draft=draft)
    NameRequest.objects.create(
        report=report, asker="officer-1", reason="wish", note=b"n" * 99, asked_on=report.filed_on
    )
    Export.objects.create(
        report=report, asker="officer-1", reason="court", asked_on=report.filed_on
    )
    return report


def close(report: Report, on: date = DAY) -> None:
    """Closed, to be deleted on the day."""
    Report.objects.filter(pk=report.pk).update(
        state=State.CLOSED, closed_on=report.filed_on, delete_on=on, is_urgent=True
    )


def traces(report: Report) -> list[bytes]:
    """Runs of bytes that nobody may find again: of each ciphertext, wrap, lock, public key."""
    report.refresh_from_db()
    wholes = [bytes(wrap.wrapped) for wrap in Wrap.objects.filter(report=report)]
    for item in Item.objects.filter(report=report):
        if item.ciphertext is not None:
            wholes.append(bytes(item.ciphertext))
        else:
            with store.reading(item.digest) as stored:
                wholes.append(stored.read())
    wholes.append(bytes(report.lock or b""))
    runs = [whole[at : at + 24] for whole in wholes for at in range(64, len(whole) - 24, 240)]
    return [run for run in runs if len(set(run)) > 4] + [report.public.encode()]


def bytes_on_disk() -> bytes:
    """Both databases' files with their logs and every stored file, as a thief finds them."""
    if connections["sealed"].vendor == "sqlite":
        name = Path(str(connections["sealed"].settings_dict["NAME"]))
        files = sorted(name.parent.glob(name.name + "*"))
    else:
        files = postgresql_files()
    files += [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


def postgresql_files() -> list[Path]:
    """The files of the tables and of what is too long for their rows."""
    with connections["sealed"].cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        home = Path(cursor.fetchone()[0])
        cursor.execute(
            "SELECT pg_relation_filepath(c.oid), pg_relation_filepath(nullif(c.reltoastrelid, 0))"
            " FROM pg_class c WHERE c.relname LIKE 'reports_%' AND c.relkind IN ('r', 'i')"
        )
        names = [name for row in cursor.fetchall() for name in row if name]
    return [home / name for name in names if (home / name).exists()]


def test_no_byte_run_of_a_deleted_report_is_left_on_the_disk(ready: House) -> None:
    gone, kept = with_evidence(), with_evidence()
    close(gone)
    lost, living = traces(gone), traces(kept)
    assert len(lost) > 100
    before = bytes_on_disk()
    # A run may lie across two pages; PostgreSQL keeps most of them as they are too.
    assert sum(run in before for run in lost) > 0.9 * len(lost), "the search would be blind"
    with clock.frozen(datetime(2027, 7, 1, 5, tzinfo=UTC)):
        assert delete_what_is_over() == "1 deleted, 0 swept"
    after = bytes_on_disk()
    assert [run for run in lost if run in after] == []
    assert sum(run in after for run in living) > 0.9 * len(living)


def test_a_deleted_report_keeps_its_day_and_its_state(later: None) -> None:
    with clock.frozen(datetime(2026, 7, 1, 5, tzinfo=UTC)):
        report = with_evidence()
    close(report)
    delete_what_is_over()
    report.refresh_from_db()
    assert (report.state, report.filed_on) == (State.DELETED, date(2026, 7, 1))
    told = (report.locator, report.lock, report.public, report.bucket, report.is_urgent)
    assert told == (None, None, "", 0, False)
    assert (report.closed_on, report.delete_on) == (None, None)
    for model in retention.dependants():
        assert not QuerySet(model, using="sealed").filter(report=report.pk).exists()
    assert not store.all_digests()


def test_the_tables_that_belong_to_a_report_are_all_found() -> None:
    assert {Wrap, Item, NameRequest, Export} <= set(retention.dependants())


def test_what_is_not_yet_due_stays(ready: House) -> None:
    _filed, report = file()
    close(report, clock.today() + timedelta(days=1))
    assert delete_what_is_over() == "0 deleted, 0 swept"
    assert Item.objects.filter(report=report, part=Part.REPORT).exists()


def test_a_deletion_is_told_in_the_journal_once(later: None) -> None:
    _filed, report = file()
    close(report)
    delete_what_is_over()
    delete_what_is_over()
    told = Entry.objects.using("sealed").filter(action="reports.deleted")
    assert [(entry.subject, entry.payload, entry.at) for entry in told] == [
        (f"report:{report.pk}", "{}", "2027-07-02")
    ]


@pytest.mark.parametrize("step", ["_delete", "sweep", "rewrite"])
def test_a_run_that_was_killed_is_ended_by_the_next(
    ready: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    report = with_evidence()
    close(report)
    lost = traces(report)
    with clock.frozen(datetime(2027, 7, 2, 5, tzinfo=UTC)):
        with monkeypatch.context() as patch:
            patch.setattr(retention, step, _killed)
            with pytest.raises(KeyboardInterrupt):
                delete_what_is_over()
        assert Report.objects.get(pk=report.pk).delete_on == DAY
        assert delete_what_is_over().startswith("1 deleted")
    after = bytes_on_disk()
    assert [run for run in lost if run in after] == []
    assert Report.objects.get(pk=report.pk).delete_on is None


def test_files_of_a_deletion_that_was_killed_before_them_are_swept(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = with_evidence()
    close(report)
    with clock.frozen(datetime(2027, 7, 2, 5, tzinfo=UTC)):
        with monkeypatch.context() as patch:
            patch.setattr(store, "remove", _killed)
            with pytest.raises(KeyboardInterrupt):
                delete_what_is_over()
        assert len(store.all_digests()) == 1
        assert delete_what_is_over() == "1 deleted, 1 swept"
    assert not store.all_digests()


def _killed(*_given: object) -> None:
    raise KeyboardInterrupt


def test_a_ciphertext_that_nothing_names_is_swept_after_a_day_and_not_before(
    ready: House,
) -> None:
    report = with_evidence()
    with store.writing() as target:
        target.write(os.urandom(500))
    unfinished = Path(settings.FILES_ROOT) / store.FOLDER / ".0011.part"
    unfinished.write_bytes(b"half")
    os.utime(unfinished, (clock.now().timestamp(),) * 2)
    assert sweep() == 0
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert sweep() == 0
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert sweep() == 2
    named = Item.objects.filter(report=report, ciphertext=None).values_list("digest", flat=True)
    assert store.all_digests() == set(named)


def test_the_times_of_files_and_folders_tell_the_day_alone(later: None) -> None:
    kept, gone = with_evidence(), with_evidence()
    close(gone)
    assert list(store.stray_times()) == []
    delete_what_is_over()
    assert list(store.stray_times()) == []
    shutil.rmtree(Path(settings.FILES_ROOT))
    assert kept.bucket


def test_a_receipt_of_a_deleted_report_opens_nothing_and_a_page_is_not_sent_twice(
    later: None,
) -> None:
    page = sent(secret=receipts.draw_secret())
    file_report(sent=page)
    report = Report.objects.get(pk=page.id)
    close(report)
    delete_what_is_over()
    assert not Report.objects.exclude(locator=None).exists()


def test_the_night_takes_away_the_moment_at_which_a_file_came(ready: House) -> None:
    report = with_evidence()
    (digest,) = Item.objects.filter(report=report, ciphertext=None).values_list("digest", flat=True)
    path = path_of(digest, store.FOLDER)
    before, content = path.stat(), path.read_bytes()
    delete_what_is_over()
    assert path.stat().st_ctime_ns == before.st_ctime_ns
    with clock.frozen(TODAY + timedelta(days=1)):
        delete_what_is_over()
    after = path.stat()
    assert after.st_ctime_ns > before.st_ctime_ns
    assert after.st_mtime == before.st_mtime
    assert path.read_bytes() == content
    with clock.frozen(TODAY + timedelta(days=9)):
        delete_what_is_over()
    assert path.stat().st_ctime_ns == after.st_ctime_ns
    assert not list(store.stray_times())
