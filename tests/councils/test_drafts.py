"""Writing a draft, bringing its text as a file, putting it before the people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baqylau.councils.models import Draft, DraftKind, Point
from baqylau.councils.queries import drafts as reading
from baqylau.councils.rules.points import LONGEST, MOST
from baqylau.councils.rules.term import Phase
from baqylau.councils.services.drafting import (
    DOCX,
    extend_draft,
    publish_draft,
    take_file,
    write_draft,
    write_points,
)
from baqylau.institutions import services as institutions
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from tests.casework.making import SCHOOL
from tests.cast import Cast
from tests.councils.discussing import LAST, OPENS, TEXT_KK, TEXT_RU, discussed, head, on, written
from tests.councils.making import SECRETARY, body
from tests.documents.test_wording import cells, listed, packed

pytestmark = pytest.mark.django_db
ADVISER = Actor("adviser-1", frozenset({"adviser"}))


def codes(error: pytest.ExceptionInfo[RefusalsError]) -> set[str]:
    """What was refused."""
    return {each.code for each in error.value.refusals}


# ── The head ────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_written_by_those_who_may(house: None) -> None:
    with pytest.raises(NotAllowedError):
        write_draft(actor=ADVISER, head=head())
    row = write_draft(actor=SECRETARY, head=head())
    assert (row.opens_on, row.closes_on) == (OPENS, LAST + timedelta(days=1))
    assert Entry.objects.latest("number").action == "councils.draft_written"


@pytest.mark.parametrize(
    ("last_on", "code"),
    [(OPENS - timedelta(days=1), "order"), (OPENS + timedelta(days=400), "long")],
)
def test_a_term_that_is_none_or_endless_is_refused(house: None, last_on: date, code: str) -> None:
    with pytest.raises(RefusalsError) as error:
        write_draft(actor=SECRETARY, head=head(last_on=last_on))
    assert codes(error) == {code}


def test_an_act_on_public_services_stays_open_as_long_as_the_law_wants(house: None) -> None:
    # Ten working days from Monday, 6 July 2026: through Monday, 20 July.
    with pytest.raises(RefusalsError) as error:
        write_draft(actor=SECRETARY, head=head(kind=DraftKind.SERVICE, last_on=date(2026, 7, 17)))
    assert codes(error) == {"short"}
    assert "20.07.2026" in error.value.message
    row = write_draft(actor=SECRETARY, head=head(kind=DraftKind.SERVICE, last_on=date(2026, 7, 20)))
    term = reading.shown_term(row)
    assert term
    assert term.last_on == date(2026, 7, 20)
    assert not term.is_verified
    assert term.account


def test_other_drafts_are_open_as_long_as_somebody_chooses(house: None) -> None:
    row = write_draft(actor=SECRETARY, head=head(last_on=OPENS))
    assert reading.shown_term(row) is None


def test_a_body_that_is_gone_cannot_draft_anything(house: None) -> None:
    with on(OPENS):
        editor = Actor("editor", frozenset({"editor"}))
        institutions.close(actor=editor, code=SCHOOL, until_on=OPENS)
    with pytest.raises(DomainError) as error:
        write_draft(actor=SECRETARY, head=head(institution=body(SCHOOL)))
    assert error.value.code == "abolished"


def test_two_colleagues_do_not_overwrite_each_other(house: None) -> None:
    row = written()
    seen = row.revision
    write_draft(actor=SECRETARY, head=head(title_kk="Басқа атау"), draft=row, revision=seen)
    with pytest.raises(ConflictError):
        write_draft(actor=SECRETARY, head=head(), draft=row, revision=seen)


# ── The text ────────────────────────────────────────────────────────────────────────────────────


def test_the_text_becomes_points_in_both_languages_and_comes_back_as_typed(house: None) -> None:
    row = written()
    found = [(each.label, each.text_kk, each.text_ru) for each in reading.points(row)]
    assert [label for label, _kk, _ru in found] == ["1", "2"]
    assert found[1][1:] == ("Ойын алаңы қоршалады.", "Игровая площадка огораживается.")
    assert reading.texts(row) == (TEXT_KK, TEXT_RU)


def test_a_text_too_long_or_empty_is_refused_with_its_place(house: None) -> None:
    row = written()

    def refusal(text: str) -> RefusalsError:
        with pytest.raises(RefusalsError) as error:
            write_points(
                actor=SECRETARY, draft=row, text_kk=text, text_ru="", revision=row.revision
            )
        return error.value

    assert refusal("  \n\n ").code == "empty"
    assert refusal("\n\n".join("а" for _each in range(MOST + 1))).code == "many"
    long = refusal(f"1. бір\n\n7. {'а' * (LONGEST + 1)}")
    assert long.code == "long"
    assert "7" in long.message
    assert Point.objects.filter(draft=row).count() == 2


def test_a_file_is_read_and_nothing_changes_before_somebody_saves(house: None) -> None:
    row = written()
    data = packed(listed("бір"), f"<w:tbl>{cells('а', 'б')}</w:tbl>")
    found = take_file(actor=SECRETARY, draft=row, content=data)
    assert [each.text for each in found.paragraphs] == ["бір", "а | б"]
    row.refresh_from_db()
    assert row.file
    assert row.file.media_type == DOCX
    assert reading.texts(row)[0] == TEXT_KK


@pytest.mark.parametrize(("data", "code"), [(b"PK", "kind"), (packed("<w:p/>"), "empty")])
def test_a_file_without_words_is_refused_in_a_sentence(house: None, data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as error:
        take_file(actor=SECRETARY, draft=written(), content=data)
    assert (error.value.code, error.value.field) == (code, "file")


# ── Before the people ───────────────────────────────────────────────────────────────────────────


def test_what_is_published_stays_as_it_is(house: None) -> None:
    row = discussed()
    for change in (
        lambda: write_draft(actor=SECRETARY, head=head(), draft=row, revision=row.revision),
        lambda: write_points(
            actor=SECRETARY, draft=row, text_kk="а", text_ru="", revision=row.revision
        ),
        lambda: take_file(actor=SECRETARY, draft=row, content=packed(listed("а"))),
        lambda: publish_draft(actor=SECRETARY, draft=row, revision=row.revision),
    ):
        with pytest.raises(DomainError) as error:
            change()
        assert error.value.code == "published"


def test_a_draft_without_points_or_with_lost_days_is_not_published(house: None) -> None:
    with on(OPENS):
        bare = write_draft(actor=SECRETARY, head=head())
        with pytest.raises(DomainError) as error:
            publish_draft(actor=SECRETARY, draft=bare, revision=bare.revision)
        assert error.value.code == "empty"
    row = written()
    with on(OPENS + timedelta(days=1)), pytest.raises(DomainError) as error:
        publish_draft(actor=SECRETARY, draft=row, revision=row.revision)
    assert error.value.code == "late"


def test_an_open_draft_stays_open_longer_and_never_shorter(house: None) -> None:
    row = discussed()
    with on(OPENS):
        with pytest.raises(DomainError) as error:
            extend_draft(actor=SECRETARY, draft=row, last_on=LAST)
        assert error.value.code == "shorter"
        longer = extend_draft(actor=SECRETARY, draft=row, last_on=LAST + timedelta(days=5))
    assert reading.last_day(longer) == LAST + timedelta(days=5)
    with on(longer.closes_on), pytest.raises(DomainError) as error:
        extend_draft(actor=SECRETARY, draft=row, last_on=LAST + timedelta(days=90))
    assert error.value.code == "closed"


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (OPENS - timedelta(days=1), Phase.TO_COME),
        (OPENS, Phase.OPEN),
        (LAST, Phase.OPEN),
        (LAST + timedelta(days=1), Phase.CLOSED),
    ],
)
def test_a_draft_is_open_through_its_last_day(house: None, day: date, phase: Phase) -> None:
    row = discussed()
    assert reading.phase_of(row, day) is phase


# ── The desk ────────────────────────────────────────────────────────────────────────────────────


def test_a_secretary_writes_a_draft_from_head_to_publication(house: None, cast: Cast) -> None:
    browser = cast.secretary.client
    with on(OPENS):
        answer = browser.post(
            "/desk/drafts/new/",
            {
                "kind": "decision",
                "title_kk": "Саябақ ережесі",
                "institution": "0000000a",
                "opens_on": "2026-07-06",
                "last_on": "2026-07-24",
            },
        )
        row = Draft.objects.get()
        assert answer.headers["Location"] == f"/desk/drafts/{row.code}/text/"
        upload = SimpleUploadedFile("x.docx", packed(listed("Жарық жанады."), listed("Алаң.")))
        shown = browser.post(
            f"/desk/drafts/{row.code}/text/", {"do": "file", "language": "kk", "file": upload}
        )
        page = shown.content.decode()
        assert "1. Жарық жанады." in page
        assert Point.objects.count() == 0
        row.refresh_from_db()
        saved = {"do": "save", "text_kk": TEXT_KK, "text_ru": TEXT_RU, "revision": row.revision}
        browser.post(f"/desk/drafts/{row.code}/text/", saved)
        row.refresh_from_db()
        browser.post(f"/desk/drafts/{row.code}/publish/", {"revision": row.revision})
        assert "Саябақ ережесі" in Client().get("/drafts/").content.decode()
    assert browser.get(f"/desk/drafts/{row.code}/file/").content[:2] == b"PK"


def test_tables_and_pictures_are_told_of_before_the_text_is_taken(house: None, cast: Cast) -> None:
    row = written()
    data = packed(
        listed("бір"), f"<w:tbl>{cells('а', 'б')}</w:tbl><w:p><w:r><w:drawing/></w:r></w:p>"
    )
    upload = SimpleUploadedFile("x.docx", data)
    sent = {"do": "file", "language": "ru", "file": upload}
    page = cast.secretary.client.post(f"/desk/drafts/{row.code}/text/", sent).content.decode()
    assert "Кестелер мәтін жолдарына айналды" in page
    assert "Суреттер алынбады" in page
    assert TEXT_KK in page.replace("&quot;", '"')


def test_a_preview_and_a_refusal_lose_nothing(house: None, cast: Cast) -> None:
    row = written()
    typed: dict[str, Any] = {"text_kk": "5. Жаңа тармақ", "text_ru": "", "revision": row.revision}
    address = f"/desk/drafts/{row.code}/text/"
    page = cast.secretary.client.post(address, {**typed, "do": "preview"}).content.decode()
    assert page.count("Жаңа тармақ") == 2
    typed["text_kk"] = "а" * (LONGEST + 1)
    answer = cast.secretary.client.post(address, {**typed, "do": "save"})
    assert answer.status_code == 400
    assert typed["text_kk"] in answer.content.decode()
    assert reading.texts(row)[0] == TEXT_KK


def test_an_adviser_does_not_write_drafts(house: None, cast: Cast) -> None:
    row = written()
    for address in ("new/", f"{row.code}/text/", f"{row.code}/paper/"):
        assert cast.adviser.client.get(f"/desk/drafts/{address}").status_code == 403
