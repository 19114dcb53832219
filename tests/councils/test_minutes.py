"""Minutes: made from the records, published once, frozen; and papers of the agenda."""

import io
import zipfile

import pypdf
import pytest
from django.urls import reverse
from PIL import Image

from baqylau.councils.models import Council, Material, Meeting, MinutesFile
from baqylau.councils.queries.minutes import minutes
from baqylau.councils.services.materials import LIMIT, Paper, add_material, remove_material
from baqylau.councils.services.minuting import document, publish_minutes, write_minutes
from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError, RefusalsError
from tests.cast import Cast
from tests.councils.making import (
    MEETS,
    SECRETARY,
    first_item,
    held,
    invited,
    make_meeting,
    published,
    vote_all,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def words_of(pdf: bytes) -> str:
    """What a PDF says."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def test_minutes_say_who_came_how_they_voted_and_what_was_decided(council: Council) -> None:
    with clock.frozen(MEETS):
        made = published(council, "Аула туралы")
    for language, said in (
        ("kk", ("Хаттама", "Серік Сынақов", "қатысты", "Қолдады: 5", "Шешім қабылданды.")),
        ("ru", ("Протокол", "Серік Сынақов", "присутствовал", "За: 5", "Решение принято.")),
    ):
        text = words_of(document(made, language, "pdf"))
        for words in (*said, "1. Аула туралы", "Жоба қолдау тапсын."):
            assert words in text
        with zipfile.ZipFile(io.BytesIO(document(made, language, "docx"))) as packed:
            inside = packed.read("word/document.xml").decode()
        assert said[0] in inside
        assert "Мүшелер жобаны талқылады." in inside


def test_the_same_records_make_the_same_bytes(council: Council) -> None:
    with clock.frozen(MEETS):
        made = published(council)
    for row in MinutesFile.objects.filter(meeting=made):
        with store.read(row.file_id) as file:
            assert file.read() == document(made, row.language, row.form)
    assert MinutesFile.objects.count() == 4


def test_minutes_without_a_quorum_say_that_nothing_is_decided(council: Council) -> None:
    with clock.frozen(MEETS):
        made = held(council, absent=("Серік Сынақов", "Гүлмира Мысалова"))
        row = write_minutes(
            actor=SECRETARY,
            meeting=made,
            minutes_kk="Отырыс өтпеді.",
            minutes_ru="",
            revision=made.revision,
        )
        done = publish_minutes(actor=SECRETARY, meeting=row, revision=row.revision)
    assert done.published_at
    assert "Кворум жоқ: шешім қабылданбайды." in minutes(done, "kk").head


def test_minutes_are_published_when_they_are_whole(council: Council) -> None:
    with clock.frozen(MEETS):
        early = make_meeting(council)
        with pytest.raises(RefusalsError, match="кім келгені"):
            publish_minutes(actor=SECRETARY, meeting=early, revision=early.revision)
        made = held(council)
        with pytest.raises(RefusalsError) as refused:
            publish_minutes(actor=SECRETARY, meeting=made, revision=made.revision)
        assert len(refused.value.refusals) == 2, "no words, and a vote that is open"
        vote_all(made)
    assert not MinutesFile.objects.exists()


def test_publishing_twice_is_publishing_once(council: Council) -> None:
    with clock.frozen(MEETS):
        made = published(council)
        again = publish_minutes(actor=SECRETARY, meeting=made, revision=0)
    assert again.published_at == made.published_at
    assert MinutesFile.objects.count() == 4


def test_whoever_publishes_has_seen_the_last_words(council: Council) -> None:
    with clock.frozen(MEETS):
        made = held(council)
        vote_all(made)
        row = write_minutes(
            actor=SECRETARY,
            meeting=made,
            minutes_kk="Бірінші.",
            minutes_ru="",
            revision=made.revision,
        )
        with pytest.raises(ConflictError):
            publish_minutes(actor=SECRETARY, meeting=row, revision=row.revision - 1)
        with pytest.raises(ConflictError):
            write_minutes(
                actor=SECRETARY,
                meeting=row,
                minutes_kk="Екінші.",
                minutes_ru="",
                revision=row.revision - 1,
            )
    assert not MinutesFile.objects.exists()
    assert not StoredFile.objects.exists(), "nothing half-made is left"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Сөз 🙂 соңы", "басып шығару мүмкін емес"),
        ("+7 701 234 56 78 нөміріне хабарласты", "телефон"),
        ("а" * 20_001, "20000"),
    ],
)
def test_words_that_do_not_belong_into_minutes_are_refused(
    council: Council, text: str, words: str
) -> None:
    with clock.frozen(MEETS):
        made = held(council)
        with pytest.raises(RefusalsError) as refused:
            write_minutes(
                actor=SECRETARY,
                meeting=made,
                minutes_kk=text,
                minutes_ru="",
                revision=made.revision,
            )
    assert words in refused.value.message.replace("\xa0", "").replace(" 000", "000")


def picture() -> bytes:
    """A JPEG that says who took it and where."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Yerzhan photographer"
    Image.new("RGB", (40, 30), "white").save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_a_picture_loses_what_it_says_besides(council: Council) -> None:
    item = first_item(make_meeting(council))
    assert b"Yerzhan" in picture()
    made = add_material(
        actor=SECRETARY, item=item, paper=Paper(picture(), "image/jpeg", "Ауланың суреті")
    )
    with store.read(made.file_id) as file:
        kept = file.read()
    assert b"Yerzhan" not in kept
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def test_a_document_stays_as_it_is_and_the_same_one_is_added_once(council: Council) -> None:
    item = first_item(make_meeting(council))
    paper = Paper(PDF, "application/pdf", "Жоба")
    first = add_material(actor=SECRETARY, item=item, paper=paper)
    assert add_material(actor=SECRETARY, item=item, paper=paper).pk == first.pk
    with store.read(first.file_id) as file:
        assert file.read() == PDF
    remove_material(actor=SECRETARY, material=first)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (PDF[:-8], "application/pdf", "кесілген|зақымдалған|соңы"),
        (PDF + b" " * LIMIT + b"%%EOF", "application/pdf", "10 МБ"),
        (b"MZ", "application/x-dosexec", "PDF, DOCX, JPEG"),
        (b"\xff\xd8\xff\xe0 no picture", "image/jpeg", "соңы|алып тастау"),
    ],
)
def test_papers_that_are_not_taken_are_refused_in_words(
    council: Council, content: bytes, kind: str, words: str
) -> None:
    item = first_item(make_meeting(council))
    with pytest.raises(DomainError, match=words):
        add_material(actor=SECRETARY, item=item, paper=Paper(content, kind, "Құжат"))
    assert not Material.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_paper_is_public_with_the_invitations(council: Council, cast: Cast) -> None:
    made = make_meeting(council)
    desk = cast.secretary.client
    upload = io.BytesIO(PDF)
    upload.name = "құпия-аты.pdf"
    told = {"name_kk": "Жобаның мәтіні", "file": upload, "is_public": "on"}
    assert desk.post(reverse("paper_new", args=[made.code, 1]), told).status_code == 302
    row = Material.objects.get()
    address = reverse("meeting_paper", args=[made.code, row.pk])
    assert cast.outsider.client.get(address).status_code == 404
    desk_answer = desk.get(reverse("paper_desk", args=[made.code, row.pk]))
    assert b"".join(desk_answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file
    invited(council)
    Meeting.objects.filter(pk=made.pk).update(stage="invited", starts_at=MEETS)
    answer = cast.outsider.client.get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file
    assert "құпия" not in answer.headers["Content-Disposition"]
