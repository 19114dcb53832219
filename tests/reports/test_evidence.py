"""Evidence with the form: sealed at once, refused one by one, removed for good."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as chosen
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.files.uploads import LIMIT
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports import store
from baqylau.reports.models import Draft, DraftFile, Report
from baqylau.reports.queries.evidence import files_of
from baqylau.reports.rules.contents import FileHead, read_head_line
from baqylau.reports.services import admission, drafts
from baqylau.reports.services.drafts import (
    FILES,
    DraftKey,
    add_to_draft,
    begin_draft,
    forget_old_drafts,
    remove_from_draft,
)
from baqylau.reports.store import all_digests
from baqylau.seal.errors import SealError
from baqylau.web.networks import LOCAL
from tests.reports.browsing import Reporter
from tests.reports.conftest import TODAY
from tests.reports.making import STORY, House, file
from tests.reports.reading import answers_in, files_in, only_report

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
JPEG = b"\xff\xd8\xff\xe0" + b"\x07" * 3_000
PDF = b"%PDF-1.7\n" + b"1" * 2_000


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    admission.forget()
    yield
    admission.forget()


def upload(name: str = "сурет.jpg", content: bytes = JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def at_evidence() -> Reporter:
    """The form at the page for files, with a story already written."""
    return Reporter().open().press("step-story").press("step-evidence", story=STORY)


def put(draft: DraftKey, name: str = "a.jpg", content: bytes = JPEG) -> int:
    head = FileHead(name, "image/jpeg", len(content))
    return add_to_draft(draft=draft, head=head, file=io.BytesIO(content))


def names(draft: DraftKey) -> list[str]:
    return [one.head.name for one in files_of(draft.id, draft.key())]


def test_files_are_sealed_at_once_and_come_with_the_report(ready: House) -> None:
    reporter = at_evidence().press("add", files=[upload(), upload("хат.pdf", PDF)])
    assert "сурет.jpg" in reporter.words
    assert "қандай телефонмен" in reporter.words
    assert all(JPEG[8:40] not in path.read_bytes() for path in _stored())
    reporter.press("review").press("send")
    found = files_in(ready, only_report())
    assert [(head.name, head.media_type) for head, _content in found] == [
        ("сурет.jpg", "image/jpeg"),
        ("хат.pdf", "application/pdf"),
    ]
    assert [content for _head, content in found] == [JPEG, PDF]
    assert not Draft.objects.exists()


def _stored() -> list[Path]:
    return [path for path in Path(chosen.FILES_ROOT).rglob("*") if path.is_file()]


def test_files_that_were_chosen_and_not_added_come_along_when_one_goes_on(ready: House) -> None:
    reporter = at_evidence().press("next", files=[upload()])
    assert reporter.answer.status_code == 200
    reporter.press("review")
    assert "сурет.jpg" in reporter.words


def test_a_removed_file_is_gone_from_the_disk_and_the_others_are_whole(ready: House) -> None:
    files = [upload("1.jpg"), upload("2.jpg", JPEG + b"2"), upload("3.pdf", PDF)]
    reporter = at_evidence().press("add", files=files)
    before = all_digests()
    reporter.press("remove-2")
    assert "2.jpg" not in reporter.words
    assert len(before - all_digests()) == 1
    reporter.press("remove-2").press("add", files=[upload("4.jpg", JPEG + b"4")])
    reporter.press("review").press("send")
    found = files_in(ready, only_report())
    assert [head.name for head, _content in found] == ["1.jpg", "3.pdf", "4.jpg"]
    assert [content for _head, content in found] == [JPEG, PDF, JPEG + b"4"]
    assert len(all_digests()) == 3


def test_when_all_files_are_removed_the_report_goes_without(ready: House) -> None:
    at_evidence().press("add", files=[upload()]).press("remove-1").press("review").press("send")
    assert files_in(ready, only_report()) == []
    assert not all_digests()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("бос.jpg", b"", "Бұл файл бос"),
        ("virus.jpg", b"MZ\x90\0" + b"\0" * 100, "түрлерге жатпайды"),
        ("сурет.svg", b"<svg><script>alert(1)</script></svg>", "түрлерге жатпайды"),
        ("page.pdf", b"<html>%PDF-</html>", "түрлерге жатпайды"),
        ("large.jpg", JPEG + b"\0" * LIMIT, "30 МБ"),
    ],
)
def test_a_bad_file_has_its_sentence_and_spoils_no_other(
    ready: House, name: str, content: bytes, said: str
) -> None:
    reporter = at_evidence().press("next", files=[upload(name, content), upload("жақсы.jpg")])
    assert name in reporter.words
    assert said in reporter.words
    assert "жақсы.jpg" in reporter.words
    assert reporter.fields["step"] == ["evidence"]
    assert reporter.fields["story"] == [STORY]
    assert DraftFile.objects.count() == 1


def test_a_bomb_is_not_unpacked(ready: House) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 5_000_000)
    reporter = at_evidence().press("add", files=[upload("қағаз.docx", packed.getvalue())])
    assert "қағаз.docx" in reporter.words
    assert not DraftFile.objects.exists()


def test_two_hundred_files_lose_no_word(ready: House) -> None:
    many = [upload(f"{number}.jpg", JPEG + bytes([number])) for number in range(200)]
    reporter = at_evidence().press("add", files=many)
    assert reporter.answer.status_code == 200
    assert "20" in reporter.words
    assert "20.jpg …" in reporter.words
    assert DraftFile.objects.count() == FILES
    assert reporter.fields["story"] == [STORY]
    reporter.press("add", files=[upload("тағы.jpg")])
    assert "тағы.jpg" in reporter.words
    assert DraftFile.objects.count() == FILES


def test_what_is_too_much_together_is_thrown_away_as_it_comes(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baqylau.reports.forms.evidence.TOTAL", 8_000)
    reporter = at_evidence().press("add", files=[upload("1.jpg"), upload("2.jpg", JPEG * 3)])
    assert "1.jpg" in reporter.words
    assert "60 МБ" in reporter.words
    assert DraftFile.objects.count() == 1


def test_an_upload_that_was_cut_off_says_so_and_keeps_the_words(ready: House) -> None:
    reporter = at_evidence()
    page = {name: value for name, value in reporter.fields.items() if name != "end"}
    reporter.send({**page, "go": "add", "files": [upload("жарты.jpg", JPEG[:900])]})
    assert reporter.answer.status_code == 400
    assert "Байланыс үзіліп" in reporter.words
    assert reporter.fields["story"] == [STORY]
    assert not DraftFile.objects.exists()


def test_an_upload_that_breaks_in_the_middle_stores_nothing(ready: House) -> None:
    reporter = at_evidence()
    token = reporter.fields["token"][0]
    head = f'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'
    part = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    answer = reporter.client.post(
        "/report/new/",
        head.encode() + part.encode() + JPEG[:1_000],
        content_type="multipart/form-data; boundary=b",
        headers={"Origin": "http://testserver"},
    )
    assert answer.status_code == 400
    assert not DraftFile.objects.exists()
    assert not all_digests()


def test_files_of_a_form_that_lay_open_too_long_are_asked_for_again(ready: House) -> None:
    reporter = at_evidence().press("add", files=[upload()])
    with clock.frozen(TODAY + timedelta(days=2)):
        forget_old_drafts()
        reporter.press("next")
        assert "уақыты өтіп" in reporter.words
        reporter.press("add", files=[upload("жаңа.jpg")]).press("review").press("send")
        found = files_in(ready, only_report())
    assert [head.name for head, _content in found] == ["жаңа.jpg"]


def test_files_that_die_just_before_sending_hold_the_report_back(ready: House) -> None:
    reporter = at_evidence().press("add", files=[upload()]).press("review")
    Draft.objects.all().delete()
    reporter.press("send")
    assert reporter.answer.status_code == 400
    assert "уақыты өтіп" in reporter.words
    assert not Report.objects.exists()
    reporter.press("send")
    assert answers_in(ready, only_report()).story == STORY


def test_sending_a_report_with_files_again_gives_the_same_receipt(ready: House) -> None:
    reporter = at_evidence().press("add", files=[upload()]).press("review")
    page = {**reporter.fields, "go": "send"}
    assert reporter.send(page).digits == reporter.send(page).digits
    assert len(files_in(ready, only_report())) == 1


@pytest.mark.parametrize("secret", ["", "x", "AGE-SECRET-KEY-1QQQ", "🙂"])
def test_a_draft_with_a_strange_key_is_forgotten(ready: House, secret: str) -> None:
    reporter = at_evidence().press("add", files=[upload()])
    reporter.send({**reporter.fields, "draft_key": secret, "go": "stay"})
    assert reporter.answer.status_code == 200
    assert "сурет.jpg" not in reporter.words
    assert "draft" not in reporter.fields


def test_too_many_uploads_are_refused_with_a_sentence(ready: House) -> None:
    reporter = at_evidence()
    for number in range(60):
        data = {**reporter.fields, "go": "add", "files": [upload(f"{number}.jpg")]}
        answer = reporter.client.post(
            "/report/new/",
            data,
            headers={"Origin": "http://testserver", "X-Visitor-Network": "198.51.100.0"},
        )
        if "Тым көп файл" in answer.text or "минуттан" in answer.text:
            break
    else:
        pytest.fail("nobody was refused")
    assert DraftFile.objects.count() <= number


# ── The services beneath ─────────────────────────────────────────────────────────────────────────


def test_only_the_draft_s_own_key_removes(ready: House) -> None:
    draft = begin_draft()
    put(draft)
    with pytest.raises(SealError):
        remove_from_draft(draft=DraftKey(draft.id, begin_draft().secret), number=1)
    assert names(draft) == ["a.jpg"]
    remove_from_draft(draft=draft, number=7)
    assert names(draft) == ["a.jpg"]


def test_a_removed_file_makes_room_for_another(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "FILES", 2)
    draft = begin_draft()
    put(draft, "1.jpg")
    put(draft, "2.jpg")
    with pytest.raises(DomainError):
        put(draft, "3.jpg")
    remove_from_draft(draft=draft, number=1)
    assert put(draft, "3.jpg") == 3
    assert names(draft) == ["2.jpg", "3.jpg"]


def test_a_dead_draft_takes_its_removed_files_with_it(ready: House) -> None:
    draft = begin_draft()
    put(draft)
    put(draft, "b.jpg")
    remove_from_draft(draft=draft, number=1)
    with clock.frozen(TODAY + timedelta(days=2)):
        forget_old_drafts()
    assert not all_digests()
    assert not DraftFile.objects.exists()


def test_a_report_takes_what_is_left_of_a_draft(ready: House) -> None:
    draft = begin_draft()
    for number in range(4):
        put(draft, f"{number}.jpg", JPEG + bytes([number]))
    remove_from_draft(draft=draft, number=1)
    remove_from_draft(draft=draft, number=4)
    _filed, report = file(draft=draft)
    assert [head.name for head, _content in files_in(ready, report)] == ["1.jpg", "2.jpg"]


@settings(max_examples=30, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_a_head_of_any_name_is_listed_without_the_file(name: str) -> None:
    head = FileHead(name, "image/jpeg", 3)
    assert read_head_line(head.line() + b"any\nthing") == head


def test_a_disk_that_gets_full_takes_words_and_no_files(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "SPARE", shutil.disk_usage("/").total * 1_000)
    reporter = at_evidence().press("add", files=[upload()])
    assert reporter.answer.status_code == 200
    assert "орын жоқ" in reporter.words
    assert not Draft.objects.exists()
    reporter.press("review").press("send")
    assert answers_in(ready, only_report()).story == STORY


def spend_bytes() -> None:
    """As if a flood had come by the way of everybody without a network."""
    for _number in range(admission.LOCAL_BYTES):
        admission.admit_bytes(network=LOCAL, size=int(admission.BYTES_BURST))


def test_when_the_bytes_of_a_way_are_spent_words_still_go(ready: House) -> None:
    spend_bytes()
    reporter = at_evidence().press("add", files=[upload()])
    assert reporter.answer.status_code == 200
    assert "түбіртегіңізбен" in reporter.words
    assert not Draft.objects.exists()
    reporter.press("review").press("send")
    assert answers_in(ready, only_report()).story == STORY


def test_by_a_shared_way_drafts_fill_a_quarter_of_the_room_at_most(ready: House) -> None:
    put(begin_draft())
    usage = shutil.disk_usage(chosen.FILES_ROOT)
    DraftFile.objects.update(bucket=(usage.free - store.SPARE) // 2)
    head, file = FileHead("a.jpg", "image/jpeg", len(JPEG)), io.BytesIO(JPEG)
    with pytest.raises(store.NoRoomError):
        add_to_draft(draft=begin_draft(), head=head, file=file, is_shared=True)
    put(begin_draft())


def test_files_that_were_never_sent_take_half_of_the_room_at_most(ready: House) -> None:
    put(begin_draft())
    # As if a flood had left so much.
    total = shutil.disk_usage(chosen.FILES_ROOT).total
    DraftFile.objects.update(bucket=total // 2 + 1)
    with pytest.raises(store.NoRoomError):
        put(begin_draft())
    store.require_room(len(JPEG))
