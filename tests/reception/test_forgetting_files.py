"""Who is forgotten takes the files of their cases along; the numbers stay."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.casework import verification as casework
from baqylau.casework.models import Attachment, Case, Step
from baqylau.casework.services import attach
from baqylau.casework.services.attaching import Sheet
from baqylau.contacts.services import erase
from baqylau.files.models import StoredFile
from baqylau.journal.models import Entry
from baqylau.kernel.modules import registry
from baqylau.reception import verification
from baqylau.reception.models import Consultation
from baqylau.reception.services.helping import begin_help, link_case
from tests.casework.making import AKIMAT
from tests.casework.papers import JPEG, PDF
from tests.reception.making import ADVISER, record
from tests.reception.visitors import visited

pytestmark = pytest.mark.django_db
AtTheEnd = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def root(settings: Settings, tmp_path: Path) -> Path:
    """A content store of its own."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def contents(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.is_file()]


def helped(row: Consultation) -> Case:
    """A case of the consultation with a letter and a photograph."""
    case = begin_help(
        actor=ADVISER,
        number=row.number,
        kind="service_failure",
        territory="311000000",
        body=AKIMAT,
    )
    for content, kind in ((PDF, "pdf"), (JPEG, "jpeg")):
        attach(actor=ADVISER, number=case.number, step=1, sheet=Sheet(content, kind))
    return case


def counted() -> tuple[int, ...]:
    """How many cases, steps, consultations and numbers of files there are."""
    return tuple(model.objects.count() for model in (Case, Step, Consultation, Attachment))


def test_files_go_with_the_person_and_the_numbers_stay(
    desk: None, root: Path, django_capture_on_commit_callbacks: AtTheEnd
) -> None:
    row, other = visited(kind="service_failure"), record(kind="service_failure")
    case, stays = helped(row), helped(other)
    before = counted()
    assert len(contents(root)) == 4
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(actor=ADVISER, key=row.contact) >= 2
    kept = Attachment.objects.filter(case=stays).values_list("file", flat=True)
    assert sorted(contents(root)) == sorted(kept)
    assert StoredFile.objects.count() == 2
    assert {bytes(each.key) for each in Attachment.objects.filter(case=case)} == {b""}
    assert counted() == before
    assert [*verification.differences(), *casework.differences()] == []
    entry = Entry.objects.get(action="casework.file_removed")
    assert row.contact not in entry.payload + entry.subject


def test_a_case_of_two_visits_of_a_person_loses_its_files_once(
    desk: None, root: Path, django_capture_on_commit_callbacks: AtTheEnd
) -> None:
    row = visited(kind="service_failure")
    case = helped(row)
    again = record(kind="service_failure", contact=row.contact)
    link_case(actor=ADVISER, number=again.number, case=case.number)
    with django_capture_on_commit_callbacks(execute=True):
        erase(actor=ADVISER, key=row.contact)
    assert contents(root) == []
    assert Entry.objects.filter(action="casework.file_removed").count() == 1


def test_a_restored_copy_drops_the_files_again(
    desk: None, root: Path, django_capture_on_commit_callbacks: AtTheEnd
) -> None:
    row = visited(kind="service_failure")
    helped(row)
    for expected in (2, 0):
        with django_capture_on_commit_callbacks(execute=True):
            run = next(item.run for item in registry.gather("erase") if "reception" in item.code)
            assert run(row.contact) == expected
    assert contents(root) == []
