"""`verify` finds without a key what is missing or changed; `doctor` warns of the rest."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from baqylau.files.store import path_of
from baqylau.kernel import clock
from baqylau.operation import doctor
from baqylau.operation.services import mark_installation
from baqylau.reports import store
from baqylau.reports.models import Counter, Item, Keyholder, Part, Report
from baqylau.reports.rules.contents import FileHead
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.retention import delete_what_is_over
from baqylau.reports.taxonomy import State
from baqylau.reports.verification import differences, health, rebuild
from tests.reports.making import House, file

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


@pytest.fixture
def report(ready: House) -> Report:
    """A report with a file."""
    draft = begin_draft()
    head = FileHead("a.pdf", "application/pdf", 5_000)
    add_to_draft(draft=draft, head=head, file=io.BytesIO(b"%PDF-" * 1_000))
    _filed, found = file(draft=draft)
    return found


def test_what_was_filed_agrees_with_the_journal(report: Report) -> None:
    file()
    assert list(differences()) == []
    assert rebuild() == 0


def drop_item(report: Report) -> None:
    Item.objects.filter(report=report, part=Part.NAME).delete()


def change_item(report: Report) -> None:
    Item.objects.filter(report=report, part=Part.REPORT, number=1).update(ciphertext=b"other")


def change_digest(report: Report) -> None:
    Item.objects.filter(report=report, part=Part.REPORT, number=1).update(digest="0" * 64)


def drop_file(report: Report) -> None:
    store.remove(Item.objects.get(report=report, ciphertext=None).digest)


def cut_file(report: Report) -> None:
    path = path_of(Item.objects.get(report=report, ciphertext=None).digest, store.FOLDER)
    path.write_bytes(path.read_bytes()[:-1])


def empty(report: Report) -> None:
    Item.objects.filter(report=report).delete()


@pytest.mark.parametrize(
    "change", [drop_item, change_item, change_digest, drop_file, cut_file, empty]
)
def test_whatever_is_missing_or_changed_is_told(
    report: Report, change: Callable[[Report], None]
) -> None:
    file()
    change(report)
    told = list(differences())
    assert told
    assert all(str(report.locator) in sentence for sentence in told)


def test_a_report_that_has_vanished_is_told(report: Report) -> None:
    report.delete()
    assert len(list(differences())) == 1


def test_a_report_that_the_journal_does_not_know_is_told(ready: House) -> None:
    day = clock.today()
    Report.objects.create(locator="123456", filed_on=day, acknowledge_by=day, feedback_by=day)
    assert len(list(differences())) == 1


def test_a_deleted_report_is_in_order_and_what_is_left_of_one_is_told(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(state=State.CLOSED, delete_on=clock.today())
    delete_what_is_over()
    assert list(differences()) == []
    Item.objects.create(report=report, part=Part.REPORT, number=9, digest="1" * 64)
    assert len(list(differences())) == 1


def test_more_labels_than_reports_are_told(report: Report) -> None:
    month = report.filed_on.replace(day=1)
    counter = Counter.objects.create(month=month, by="district", value="311000000", number=1)
    assert list(differences()) == []
    Counter.objects.filter(pk=counter.pk).update(number=2)
    assert len(list(differences())) == 1


def test_doctor_warns_of_reports_that_one_key_opens(report: Report, ready: House) -> None:
    assert list(health()) == []
    Keyholder.objects.filter(holder=ready.officers[0].actor.key).update(
        until_on=clock.today(), by_passphrase=None, by_code=None
    )
    mark_installation()
    (told,) = health()
    assert told.what in [found.what for found in doctor.findings() if found.is_warning]
    with clock.frozen(datetime(2027, 1, 1, tzinfo=UTC)):
        Report.objects.update(
            state=State.DELETED, locator=None, lock=None, public="", name_public=""
        )
        assert list(health()) == []
