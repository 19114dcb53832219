"""The desk's pages of imports."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baqylau.documents.tables import Value, read_table, write_csv
from baqylau.imports.models import Run, State
from tests.cast import Cast, SignIn
from tests.sample.words import known

pytestmark = pytest.mark.django_db
KIND = "/desk/imports/words/"


def bring(client: Client, *rows: list[Value], name: str = "сөздер.csv") -> Run:
    file = SimpleUploadedFile(name, write_csv(rows))
    answer = client.post(KIND, {"file": file})
    assert answer.status_code == 302, answer.text
    run = Run.objects.latest("made_at")
    assert answer.headers["Location"] == reverse("import_run", args=[run.token])
    return run


def test_only_those_who_may_bring_a_table_see_its_page(cast: Cast) -> None:
    assert cast.adviser.client.get(KIND).status_code == 200
    assert cast.outsider.client.get(KIND).status_code == 403
    assert cast.outsider.client.get("/desk/imports/").status_code == 200
    assert "words" not in cast.outsider.client.get("/desk/imports/").text
    run = bring(cast.adviser.client, ["Сөз"], ["нан"])
    assert cast.outsider.client.get(f"/desk/imports/run/{run.token}/").status_code == 403
    assert cast.outsider.client.post(f"/desk/imports/run/{run.token}/apply/").status_code == 403


def test_a_table_is_brought_looked_at_and_written(cast: Cast) -> None:
    client = cast.editor.client
    run = bring(client, ["Сөз", "Мағынасы"], ["нан", "хлеб"])
    page = client.get(f"/desk/imports/run/{run.token}/")
    assert page.status_code == 200
    assert "нан" in page.text
    assert known() == {}
    answer = client.post(f"/desk/imports/run/{run.token}/apply/")
    assert answer.status_code == 302
    assert known()["нан"]["meaning"] == "хлеб"
    assert client.get(answer.headers["Location"]).status_code == 200
    run = bring(client, ["Сөз", "Мағынасы"], ["нан", "лепёшка"])
    assert (
        "<del>хлеб</del> → <ins>лепёшка</ins>" in client.get(f"/desk/imports/run/{run.token}/").text
    )


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_faults_are_listed_in_the_persons_language(sign_in: SignIn, language: str) -> None:
    client = sign_in("editor", language=language)
    run = bring(client, ["Сөз", "Күні"], ["нан", "03/04/2026"], ["су", ""])
    page = client.get(f"/desk/imports/run/{run.token}/").text
    words = {"kk": "2026-04-03 немесе", "ru": "2026-04-03 или", "en": "2026-04-03 or"}
    assert words[language] in page, page[page.find("2026-04-03") - 200 :][:400]
    refused = client.post(f"/desk/imports/run/{run.token}/apply/")
    assert refused.status_code == 400
    assert known() == {}
    client.post(f"/desk/imports/run/{run.token}/apply/", {"despite_errors": "on"})
    assert set(known()) == {"су"}


def test_markup_in_a_cell_is_shown_as_text(cast: Cast) -> None:
    run = bring(cast.editor.client, ["Сөз"], ["<script>alert(1)</script>"])
    page = cast.editor.client.get(f"/desk/imports/run/{run.token}/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_unreadable_file_is_one_sentence(cast: Cast) -> None:
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")
    answer = cast.editor.client.post(KIND, {"file": file}, follow=True)
    assert answer.status_code == 200
    assert Run.objects.get().report["refusal"] in answer.text


def test_a_form_without_a_file_says_so(cast: Cast) -> None:
    assert cast.editor.client.post(KIND).status_code == 400


def test_when_the_records_changed_the_new_report_is_shown(cast: Cast) -> None:
    client = cast.editor.client
    first = bring(client, ["Сөз", "Мағынасы"], ["нан", "хлеб"])
    second = bring(client, ["Сөз", "Мағынасы"], ["нан", "лепёшка"])
    client.post(f"/desk/imports/run/{first.token}/apply/")
    answer = client.post(f"/desk/imports/run/{second.token}/apply/")
    assert answer.status_code == 409
    assert "<del>хлеб</del>" in answer.text
    assert client.post(f"/desk/imports/run/{second.token}/apply/").status_code == 302
    assert known()["нан"]["meaning"] == "лепёшка"


def test_the_report_of_a_long_table_has_pages(cast: Cast) -> None:
    rows: list[list[Value]] = [["Сөз"]]
    rows += [["сөз " + "а" * number] for number in range(1, 152)]
    run = bring(cast.editor.client, *rows)
    page = cast.editor.client.get(f"/desk/imports/run/{run.token}/?page=2").text
    assert page.count('<td class="num">') == 51


@pytest.mark.parametrize(("language", "heading"), [("kk", "Сөз"), ("ru", "Слово"), ("en", "Word")])
def test_the_blank_table_has_headings_in_the_persons_language(
    sign_in: SignIn, language: str, heading: str
) -> None:
    data = sign_in("editor", language=language).get(KIND + "blank.xlsx").content
    assert read_table(data).headings["Words"][0] == heading


def test_what_is_given_out_changes_nothing_when_brought_again(cast: Cast) -> None:
    client = cast.editor.client
    rows: list[list[Value]] = [["Сөз", "Мағынасы", "Күні"], ["нан", "=хлеб", "31.12.2026"]]
    client.post(f"/desk/imports/run/{bring(client, *rows).token}/apply/")
    data = client.get(KIND + "export.xlsx").content
    client.post(KIND, {"file": io.BytesIO(data)})
    counts = Run.objects.latest("made_at").report["counts"]
    assert counts == {"new": 0, "changed": 0, "unchanged": 1, "problem": 0}


def test_a_token_that_is_gone_is_told(cast: Cast) -> None:
    assert cast.editor.client.get("/desk/imports/run/nothing/").status_code == 404
    assert cast.editor.client.get("/desk/imports/nothing/").status_code == 404


@pytest.mark.django_db(transaction=True, databases=["default", "sealed"])
def test_a_large_table_shows_its_progress_and_is_written_once(cast: Cast) -> None:
    client = cast.editor.client
    rows: list[list[Value]] = [["Сөз", "Мағынасы"]]
    rows += [["сөз " + "а" * (n % 40) + "б" * (n // 40), "м" * 60] for n in range(1, 2_001)]
    file = SimpleUploadedFile("сөздер.csv", write_csv(rows))
    page = b"".join(client.post(KIND, {"file": file}).streaming_content).decode()  # type: ignore[attr-defined]  # an answer that is written as it is read
    run = Run.objects.get()
    assert run.state == State.READY
    assert run.report["counts"]["new"] == 2_000
    assert "<li>200 / 2000</li>" in page
    assert reverse("import_run", args=[run.token]) in page
    for _again in range(2):
        answer = client.post(f"/desk/imports/run/{run.token}/apply/")
        if answer.streaming:
            assert b"2000 / 2000" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # an answer that is written as it is read
    assert Run.objects.get().written == 2_000
    assert len(known()) == 2_000


@pytest.mark.django_db(transaction=True, databases=["default", "sealed"])
def test_a_refusal_is_said_on_the_page_that_grows(cast: Cast) -> None:
    client = cast.editor.client
    rows: list[list[Value]] = [["Сөз", "Мағынасы"], ["қате", ""]]
    rows += [["сөз " + "а" * (n % 40) + "б" * (n // 40), "м" * 200] for n in range(1, 700)]
    file = SimpleUploadedFile("сөздер.csv", write_csv(rows))
    b"".join(client.post(KIND, {"file": file}).streaming_content)  # type: ignore[attr-defined]  # an answer that is written as it is read
    answer = client.post(f"/desk/imports/run/{Run.objects.get().token}/apply/")
    assert b"The sample breaks here." in b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # an answer that is written as it is read
    assert known() == {}
