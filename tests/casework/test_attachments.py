"""Files of a step: what is taken, what is refused, who gets them, and what is left of them."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from baqylau.casework.models import Attachment, Case, Step
from baqylau.casework.queries.attachments import LostContentError, UnknownAttachmentError
from baqylau.casework.rules import papers
from baqylau.casework.services import (
    Sheet,
    attach,
    drop_attachments,
    open_attachment,
    remove_attachment,
    strike_step,
)
from baqylau.casework.services.writing import TiedError
from baqylau.casework.taxonomy import Paper
from baqylau.casework.verification import differences
from baqylau.files import store
from baqylau.files.metadata import strip
from baqylau.files.models import StoredFile
from baqylau.institutions.queries import institution
from baqylau.institutions.services import add_interest
from baqylau.journal.models import Entry
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import ConflictError, DomainError
from tests.casework.making import ADVISER, AKIMAT, closed, filed, open_one
from tests.casework.papers import JPEG, PDF, WHOLE, docx
from tests.casework.test_pages import page
from tests.cast import Cast, SignIn

pytestmark = pytest.mark.django_db
MEGABYTE = 1_048_576
AtTheEnd = Callable[..., AbstractContextManager[object]]
"""Does at the end of the block what waits for the end of the transaction."""


@pytest.fixture(autouse=True)
def root(settings: Settings, tmp_path: Path) -> Path:
    """A content store of its own."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.SPOOL_ROOT = tmp_path / "spool"
    return tmp_path / "files"


def contents(root: Path) -> list[Path]:
    """Everything that lies in the store, finished or not."""
    return [path for path in root.rglob("*") if path.is_file()]


def added(case: Case, content: bytes = PDF, kind: str = "pdf", step: int = 1) -> Attachment:
    return attach(actor=ADVISER, number=case.number, step=step, sheet=Sheet(content, kind))


def send(client: Client, case: Case, content: bytes, name: str, **more: object) -> str:
    """Fill in the form; returns the page that answers."""
    file = SimpleUploadedFile(name, content)
    sent = {"step": 2, "seen": 0, "file": file, **more}
    return client.post(f"{page(case)}attach/", sent, follow=True).text


@pytest.mark.parametrize("kind", list(Paper))
def test_each_kind_is_added_listed_and_comes_back_as_it_was(
    house: None, cast: Cast, kind: Paper
) -> None:
    case, client = filed(), cast.adviser.client
    assert f"1-файл, {kind.label}, 1 КБ" in send(client, case, WHOLE[kind], "Асанов Асан.exe")
    answer = client.get(f"{page(case)}files/1/")
    assert answer.content == WHOLE[kind]
    assert papers.KINDS[answer["Content-Type"]] == kind
    name = f"{case.year}-{case.serial:06}-1.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


def test_neither_disk_nor_journal_knows_the_name_or_the_content(
    house: None, cast: Cast, root: Path
) -> None:
    case = filed()
    send(cast.adviser.client, case, PDF.replace(b"<<>>", b"Asanov"), "Асанов.pdf")
    (file,) = contents(root)
    assert b"Asanov" not in file.read_bytes()
    assert b"%PDF" not in file.read_bytes()
    entry = Entry.objects.get(action="casework.attached")
    told = json.loads(entry.payload)
    assert set(told) == {"number", "step", "kind", "size", "digest"}
    assert (told["number"], told["step"], told["kind"]) == (1, 2, "pdf")
    assert told["digest"] == file.name
    assert not list(differences())


MACHINE = b"MZ\x90\x00" + bytes(200)
REFUSED = {
    "an empty file": (b"", "hat.pdf", "Бұл файл бос."),
    "a program": (MACHINE, "hat.pdf", "қабылданатын түрлерге жатпайды"),
    "a page": (b"<html><script>alert(1)</script>", "a.jpg", "қабылданатын түрлерге жатпайды"),
    "a text": (b"plain words", "a.pdf", "қабылданатын түрлерге жатпайды"),
    "too large": (PDF + bytes(20 * MEGABYTE), "a.pdf", "Файл тым үлкен, шегі – 20 МБ."),
    "a macro": (docx(vbaProject_bin=b"x"), "a.docx", "бағдарлама бар"),
    "a bomb": (docx(a_xml=bytes(3 * MEGABYTE)), "a.docx", "көлемі көрінгенінен"),
    "a cut-off photograph": (JPEG[:-2], "a.jpg", "үзіліп қалған"),
    "a cut-off letter": (PDF[:-9], "a.pdf", "үзіліп қалған"),
    "a cut-off document": (docx()[:-30], "a.docx", "қабылданатын түрлерге жатпайды"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_is_no_paper_is_refused_in_a_sentence_and_nothing_is_kept(
    house: None, cast: Cast, root: Path, what: str
) -> None:
    content, name, said = REFUSED[what]
    case = filed()
    text = send(cast.adviser.client, case, content, name)
    assert said in text
    assert text.count('class="errorlist"') + text.count("id_file_error") > 0
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert contents(root) == []


def test_a_photograph_of_fifty_megabytes_is_refused_in_every_language(
    house: None, sign_in: SignIn, root: Path
) -> None:
    case, huge = filed(), JPEG + bytes(50 * MEGABYTE)
    for language, said in (("kk", "шегі – 20"), ("ru", "больше 20"), ("en", "larger than 20")):
        assert said in send(sign_in("adviser", language=language), case, huge, "a.jpg")
    assert contents(root) == []


def test_a_form_without_a_file_or_with_a_wrong_step_is_refused(house: None, cast: Cast) -> None:
    case, client = filed(), cast.adviser.client
    answer = client.post(f"{page(case)}attach/", {"step": 2, "seen": 0})
    assert answer.status_code == 400
    assert "Файлды таңдаңыз." in answer.text
    send(client, case, PDF, "a.pdf", step=9)
    assert not Attachment.objects.exists()
    with pytest.raises(DomainError) as refused:
        added(case, step=9)
    assert refused.value.field == "step"


def test_an_upload_that_breaks_off_leaves_nothing(house: None, cast: Cast, root: Path) -> None:
    case = filed()
    sent = {"step": 2, "seen": 0, "file": SimpleUploadedFile("a.pdf", PDF * 30_000)}
    body = encode_multipart(BOUNDARY, sent)
    for kept in (len(body) // 2, len(body) - 60, 200):
        answer = cast.adviser.client.generic(
            "POST", f"{page(case)}attach/", body[:kept], MULTIPART_CONTENT
        )
        assert answer.status_code == 400
    assert not Attachment.objects.exists()
    assert contents(root) == []


def test_the_same_form_sent_twice_adds_one_file(house: None, cast: Cast, root: Path) -> None:
    case = filed()
    send(cast.adviser.client, case, PDF, "a.pdf")
    assert "Осы арада мәселеге бірдеңе қосылды." in send(cast.adviser.client, case, PDF, "a.pdf")
    assert Attachment.objects.count() == len(contents(root)) == 1
    with pytest.raises(ConflictError):
        attach(actor=ADVISER, number=case.number, step=1, sheet=Sheet(PDF, "pdf"), seen=0)


def test_a_step_takes_ten_files_and_the_next_step_more(house: None, root: Path) -> None:
    case = filed()
    for _number in range(10):
        added(case)
    with pytest.raises(DomainError) as refused:
        added(case)
    assert refused.value.field == "step"
    assert len(contents(root)) == 10, "equal files share nothing"
    assert added(case, step=2).number == 11


def test_a_closed_case_takes_its_proof_and_a_struck_step_takes_none(house: None) -> None:
    case = closed()
    assert added(case, step=case.steps).step == case.steps
    other = filed()
    strike_step(actor=ADVISER, number=other.number, target=2)
    for step in (2, 3):
        with pytest.raises(DomainError):
            added(other, step=step)


def test_a_colleague_with_an_interest_neither_adds_nor_removes(
    house: None, cast: Cast, root: Path
) -> None:
    case = filed()
    added(case)
    akimat = institution(AKIMAT)
    add_interest(actor=SYSTEM, institution=akimat, person=ADVISER.key, tie="works")
    with pytest.raises(TiedError):
        added(case)
    with pytest.raises(TiedError):
        remove_attachment(actor=ADVISER, number=case.number, attached=1)
    assert len(StoredFile.objects.all()) == 1


def test_a_removed_file_leaves_its_number_and_nothing_else(
    house: None,
    cast: Cast,
    root: Path,
    django_capture_on_commit_callbacks: AtTheEnd,
) -> None:
    case, client = filed(), cast.adviser.client
    send(client, case, PDF, "a.pdf")
    assert "1-файл" in client.get(f"{page(case)}files/1/remove/").text
    with django_capture_on_commit_callbacks(execute=True):
        text = client.post(f"{page(case)}files/1/remove/", follow=True).text
    assert "<del>1-файл, PDF, 1 КБ</del>" in text
    assert contents(root) == []
    assert not StoredFile.objects.exists()
    row = Attachment.objects.get()
    assert (row.file, bytes(row.key)) == (None, b"")
    assert row.dropped_on is not None
    for address in ("files/1/", "files/1/remove/"):
        assert client.get(f"{page(case)}{address}").status_code == 404
    entry = Entry.objects.get(action="casework.file_removed")
    assert json.loads(entry.payload) == {"numbers": [1]}
    with pytest.raises(UnknownAttachmentError):
        remove_attachment(actor=ADVISER, number=case.number, attached=1)
    assert added(case).number == 2


def test_all_files_of_a_case_are_dropped_at_once_and_no_others(
    house: None,
    root: Path,
    django_capture_on_commit_callbacks: AtTheEnd,
) -> None:
    case, other = filed(), filed()
    added(case)
    added(case, JPEG, "jpeg", step=2)
    stays = added(other)
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_attachments(case.number) == 2
    assert [path.name for path in contents(root)] == [stays.file_id]
    assert drop_attachments(case.number) == 0
    assert Entry.objects.filter(action="casework.file_removed").count() == 1
    assert Attachment.objects.filter(case=case).count() == 2


def test_who_opens_a_file_is_kept(house: None, cast: Cast) -> None:
    case = filed()
    added(case)
    cast.lawyer.client.get(f"{page(case)}files/1/")
    entry = Entry.objects.get(action="casework.file_opened")
    assert (entry.actor, entry.subject) == (cast.lawyer.user.key, f"case:{case.number}")


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "intake_officer"])
def test_others_get_no_file(house: None, sign_in: SignIn, role: str) -> None:
    case = filed()
    added(case)
    client = sign_in(role)
    for address in ("attach/", "files/1/", "files/1/remove/"):
        assert client.get(f"{page(case)}{address}").status_code == 403, address
    assert client.post(f"{page(case)}files/1/remove/").status_code == 403
    assert not Entry.objects.filter(action="casework.file_opened").exists()


def test_a_file_of_another_case_is_not_found_here(house: None, cast: Cast) -> None:
    case, other = filed(), open_one()
    added(case)
    for number in ("1", "2", "9" * 30):
        assert cast.adviser.client.get(f"{page(other)}files/{number}/").status_code == 404


def test_a_content_that_the_disk_changed_is_told_and_never_served(house: None) -> None:
    case = filed()
    row = added(case)
    path = store.path_of(row.file_id or "")
    path.write_bytes(path.read_bytes()[:-1] + b"\x00\x01")
    with pytest.raises(LostContentError):
        open_attachment(actor=ADVISER, number=case.number, attached=1)
    path.unlink()
    with pytest.raises(LostContentError):
        open_attachment(actor=ADVISER, number=case.number, attached=1)


def test_the_page_says_what_a_photograph_carries(house: None, cast: Cast) -> None:
    text = cast.adviser.client.get(f"{page(filed())}attach/").text
    assert "түсірілген жері, уақыты" in text
    assert 'enctype="multipart/form-data"' in text
    assert re.search(r'<input type="checkbox" name="is_cleaned"[^>]* checked', text)


PREVIEW = b"preview"
"""What the photograph of the tests says besides what it shows."""


@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_photograph_is_kept_without_its_place_unless_the_box_is_unticked(
    house: None, cast: Cast, is_ticked: bool
) -> None:
    case, client = filed(), cast.adviser.client
    assert PREVIEW in JPEG
    send(client, case, JPEG, "a.jpg", **({"is_cleaned": "on"} if is_ticked else {}))
    content = client.get(f"{page(case)}files/1/").content
    assert (PREVIEW in content) != is_ticked
    assert content == (strip(JPEG, "image/jpeg") if is_ticked else JPEG)
    assert Attachment.objects.get().size == len(content)
    told = json.loads(Entry.objects.get(action="casework.attached").payload)
    assert told.get("cleaned", False) == is_ticked


@pytest.mark.parametrize("kind", [Paper.PDF, Paper.DOCX, Paper.HEIC])
def test_the_box_changes_nothing_of_other_kinds(house: None, cast: Cast, kind: Paper) -> None:
    case, client = filed(), cast.adviser.client
    send(client, case, WHOLE[kind], "a", is_cleaned="on")
    assert client.get(f"{page(case)}files/1/").content == WHOLE[kind]
    assert "cleaned" not in json.loads(Entry.objects.get(action="casework.attached").payload)


def test_a_picture_built_in_an_unknown_way_is_refused_or_kept_as_it_is(
    house: None, cast: Cast, root: Path
) -> None:
    case, client = filed(), cast.adviser.client
    odd = JPEG.replace(b"\xff\xda", b"\xff\xf7\x00\x02\xff\xda")
    assert "ерекше құрылған" in send(client, case, odd, "a.jpg", is_cleaned="on")
    assert contents(root) == []
    assert "1-файл" in send(client, case, odd, "a.jpg")


STEP = {"on": "2026-06-01", "seen": 2, "reference": "ЗТ-5", "is_cleaned": "on"}


def answered(client: Client, case: Case, content: bytes, **changes: object) -> HttpResponse:
    """Fill in the form of a step with its file."""
    sent = {**STEP, "file": SimpleUploadedFile("Асанов.pdf", content), **changes}
    return cast_to(client.post(f"{page(case)}step/answered/", sent))


def cast_to(answer: object) -> HttpResponse:
    """Django's test client names a class of its own."""
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_step_and_its_file_are_added_by_one_form(house: None, cast: Cast, root: Path) -> None:
    case, client = filed(), cast.adviser.client
    assert 'enctype="multipart/form-data"' in client.get(f"{page(case)}step/answered/").text
    assert answered(client, case, PDF).status_code == 302
    row = Attachment.objects.get()
    assert (row.step, row.number) == (3, 1)
    assert Step.objects.get(case=case, number=3).reference == "ЗТ-5"
    assert len(contents(root)) == 1
    assert not list(differences())
    text = client.get(page(case)).text
    assert "1-файл, PDF, 1 КБ" in text


def test_a_step_needs_no_file(house: None, cast: Cast) -> None:
    case = filed()
    answer = cast.adviser.client.post(f"{page(case)}step/answered/", STEP)
    assert answer.status_code == 302
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("what", [key for key in REFUSED if key != "too large"])
def test_a_file_that_is_refused_leaves_no_step_and_loses_no_word(
    house: None, cast: Cast, root: Path, what: str
) -> None:
    content, _name, said = REFUSED[what]
    case = filed()
    answer = answered(cast.adviser.client, case, content)
    assert answer.status_code == 400
    assert said in answer.text
    assert answer.text.count("id_file_error") > 0
    assert 'value="ЗТ-5"' in answer.text
    assert 'value="2026-06-01"' in answer.text
    assert Step.objects.filter(case=case).count() == 2
    assert not Attachment.objects.exists()
    assert contents(root) == []


def test_a_step_that_is_refused_keeps_no_file_and_asks_for_it_again(
    house: None,
    cast: Cast,
    root: Path,
    django_capture_on_commit_callbacks: AtTheEnd,
) -> None:
    case = filed()
    with django_capture_on_commit_callbacks(execute=True):
        answer = answered(cast.adviser.client, case, PDF, on="2026-05-01")
    assert answer.status_code == 400
    assert "бұрын келмейді" in answer.text
    assert "Файлды қайта таңдаңыз" in answer.text
    assert contents(root) == []
    assert not StoredFile.objects.exists()


def test_a_double_click_adds_one_step_and_one_file(
    house: None,
    cast: Cast,
    root: Path,
    django_capture_on_commit_callbacks: AtTheEnd,
) -> None:
    case = filed()
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            answered(cast.adviser.client, case, PDF)
    assert Step.objects.filter(case=case).count() == 3
    assert Attachment.objects.count() == len(contents(root)) == 1


@pytest.mark.parametrize(
    ("made", "kind", "takes"),
    [
        (filed, "answered", True),
        (filed, "closed", True),
        (filed, "silence", False),
        (open_one, "filed", False),
    ],
)
def test_the_form_of_a_step_takes_a_file_where_one_is_natural(
    house: None, cast: Cast, made: Callable[[], Case], kind: str, takes: bool
) -> None:
    text = cast.adviser.client.get(f"{page(made())}step/{kind}/").text
    assert ('type="file"' in text) == takes


@given(st.sampled_from(list(Paper)), st.data())
def test_no_cut_off_file_passes_for_a_whole_one(kind: Paper, data: st.DataObject) -> None:
    content = WHOLE[kind]
    assert papers.is_whole(content, kind)
    assert papers.is_harmless(content, kind)
    # A PDF may end without its last line break.
    cut = data.draw(st.integers(2, len(content) - 1))
    short = content[:-cut]
    assert not (papers.is_whole(short, kind) and papers.is_harmless(short, kind))


@given(st.sampled_from(list(Paper)), st.binary(max_size=300), st.integers(0, 40))
def test_any_bytes_are_judged_without_an_accident(kind: Paper, noise: bytes, keep: int) -> None:
    for content in (noise, WHOLE[kind][:keep] + noise):
        assert papers.is_whole(content, kind) in {True, False}
        assert papers.is_harmless(content, kind) in {True, False}
