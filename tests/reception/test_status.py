"""The status page: what a resident sees with number and code, and what nobody else sees."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from baqylau.casework.models import Case
from baqylau.casework.taxonomy import Stage
from baqylau.institutions.models import ServicePoint
from baqylau.kernel import clock
from baqylau.law.dates import date_in_words
from baqylau.lawbook.queries.book import book
from baqylau.reception import keyring
from baqylau.reception.models import Consultation, Guess, PrintedSlip
from baqylau.reception.queries.progress import State, progress_at
from baqylau.reception.services import strike_consultation
from baqylau.reception.services.writing import next_serial
from baqylau.reception.taxonomy import Result
from baqylau.reception.words import DONE, NEXT_STAGE, NEXT_STEP
from baqylau.web.strangers import FIELD, LIFE
from tests.casework.conftest import NOON
from tests.casework.making import closed, filed, silent
from tests.reception.making import ADVISER, TARAZ, record

pytestmark = pytest.mark.usefixtures("desk")
HERE = {"origin": "http://testserver"}
TODAY = date(2026, 7, 1)


def code(row: Consultation) -> str:
    """The code on the consultation's slip."""
    return keyring.code_of(row.number, row.issue)


def drawn(client: Client, page: str = "/status/") -> str:
    """The token of the form as the page draws it."""
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', client.get(page).text)
    assert found
    return unescape(found[1])


def ask(client: Client, number: str, typed: str, page: str = "/status/") -> str:
    """The page that answers number and code."""
    data = {FIELD: drawn(client, page), "number": number, "code": typed}
    return client.post(page, data, headers=HERE).text


def linked(row: Consultation, case: Case) -> Consultation:
    """The consultation with a case that was opened from it."""
    Consultation.objects.filter(pk=row.pk).update(case=case)
    return Consultation.objects.get(pk=row.pk)


def blank(serial: int = 0) -> PrintedSlip:
    """A slip that was printed and given away."""
    return PrintedSlip.objects.create(
        year=2026,
        serial=serial or next_serial(2026),
        room=ServicePoint.objects.get(code=TARAZ),
        printed_on=TODAY,
        printed_by="x",
        batch="batch-0001",
    )


@pytest.mark.parametrize(
    ("page", "language"),
    [("/status/", "kk"), ("/ru/status/", "ru"), ("/en/status/", "en")],
)
def test_the_next_day_stands_there_in_words_with_the_working_days_that_are_left(
    client: Client, page: str, language: str
) -> None:
    row = linked(record(), filed(TODAY))
    shown = ask(client, row.number, code(row), page)
    due = book().calendar
    progress = progress_at(2026, row.serial, TODAY, book())
    assert progress is not None
    (term,) = progress.terms
    left = due.working_days_between(TODAY, term.shown.clock.deadline.due_on)
    words = {"kk": f"Қалғаны: {left} жұмыс күні.", "ru": "Осталось: ", "en": "Left: "}
    assert date_in_words(term.shown.clock.deadline.due_on, language) in unescape(shown)  # type: ignore[arg-type]  # a language by its code
    assert words[language] in shown
    assert "<details>" in shown
    with translation.override(language):
        assert str(NEXT_STAGE[Stage.FILED]) in unescape(shown)


def test_the_page_sets_no_cookie_and_is_kept_by_nobody(client: Client) -> None:
    row = record()
    data = {FIELD: drawn(client), "number": row.number, "code": code(row)}
    for answer in (client.get("/status/"), client.post("/status/", data, headers=HERE)):
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script" not in answer.text


def test_no_word_of_the_adviser_no_service_and_no_office_is_shown(client: Client) -> None:
    row = record(
        answer="Сәуле Ахметоваға айтылды", service="s901", body="0000000a", kind="misconduct"
    )
    shown = ask(client, row.number, code(row))
    assert row.number in shown
    for secret in ("Сәуле", "куәлік", "әкімдігі", "adviser", "теріс қылық"):
        assert secret not in shown


def test_who_was_shown_the_safe_channel_reads_what_everybody_reads() -> None:
    assert DONE[Result.SAFE_CHANNEL] == DONE[Result.ADVISED]
    assert NEXT_STEP[Result.SAFE_CHANNEL] == NEXT_STEP[Result.ADVISED]


def test_every_result_and_every_stage_has_its_words() -> None:
    assert set(DONE) == set(NEXT_STEP) == set(Result)
    assert set(NEXT_STAGE) == set(Stage)


def shape(page: str, *typed: str) -> str:
    """A page without what was typed into it and without the moment of its token."""
    for text in typed:
        page = page.replace(text, "…")
    return re.sub(rf'(name="{FIELD}" value=")[^"]+', r"\1…", page)


def test_a_wrong_code_and_a_wrong_number_look_the_same(client: Client) -> None:
    row = record()
    bad = f"{(int(code(row)) + 1) % 10**8:08}"
    pages = []
    for number in (row.number, "К-2026-777777", str(blank()), "К-2019-000001"):
        data = {FIELD: drawn(client), "number": number, "code": bad}
        answer = client.post("/status/", data, headers=HERE)
        pages.append((answer.status_code, len(answer.headers), shape(answer.text, number, bad)))
    assert len(set(pages)) == 1
    assert pages[0][0] == 400


def test_waits_look_the_same_and_say_how_long(client: Client) -> None:
    row = record()
    pages = []
    for number in (row.number, "К-2026-777777"):
        data = {FIELD: drawn(client), "number": number, "code": "00000000"}
        answers = [client.post("/status/", data, headers=HERE) for _attempt in range(6)]
        assert answers[-1].status_code == 429
        assert answers[-1].headers["Retry-After"] == "60"
        assert "1 минут" in answers[-1].text
        pages.append(shape(answers[-1].text, number))
    assert len(set(pages)) == 1


def test_a_consultation_without_a_case_says_what_was_done_and_what_can_be_done(
    client: Client,
) -> None:
    row = record(result="directed")
    shown = unescape(ask(client, row.number, code(row)))
    with translation.override("kk"):
        assert str(DONE["directed"]) in shown
        assert str(NEXT_STEP["directed"]) in shown


def test_a_slip_that_nobody_has_written_down_yet_says_so(client: Client) -> None:
    slip = blank()
    shown = ask(client, str(slip), keyring.code_of(str(slip), 1))
    assert "әлі жазылмаған" in shown
    row = record(slip=str(slip), origin="sheet")
    assert "әлі жазылмаған" not in ask(client, str(slip), code(row))


def test_a_record_that_was_struck_out_says_so_and_shows_nothing_else(client: Client) -> None:
    row = record(result="directed")
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    shown = ask(client, row.number, code(row))
    assert "күшін жойған" in shown
    assert "stages" not in shown


def test_a_matter_that_goes_on_at_another_visit_is_seen_from_both_slips(client: Client) -> None:
    with clock.frozen(NOON - timedelta(days=10)):
        first = record()
    second = linked(record(continues=first.number), filed(TODAY))
    old = progress_at(2026, first.serial, TODAY, book())
    new = progress_at(2026, second.serial, TODAY, book())
    assert old is not None
    assert new is not None
    assert (old.state, old.later_on, old.earlier_on) == (State.CASE, TODAY, None)
    assert (new.state, new.later_on, new.earlier_on) == (State.CASE, None, date(2026, 6, 21))
    assert old.terms == new.terms
    assert "жаңа талон да жарамды" in ask(client, first.number, code(first))


def test_an_office_that_let_its_day_pass_may_be_complained_about(client: Client) -> None:
    row = linked(record(), filed())
    shown = ask(client, row.number, code(row))
    assert "жауап жоқ" in shown
    assert "Мерзімі өтті" in shown


@pytest.mark.parametrize("make", [filed, silent, closed])
def test_every_state_of_a_case_has_a_line_of_stages(client: Client, make: object) -> None:
    assert callable(make)
    row = linked(record(), make())
    shown = ask(client, row.number, code(row))
    assert '<ol class="stages">' in shown


def test_a_closed_matter_says_how_it_ended() -> None:
    row = linked(record(), closed())
    progress = progress_at(2026, row.serial, TODAY, book())
    assert progress is not None
    assert progress.outcome
    assert progress.terms == ()


def test_a_day_that_cannot_be_counted_is_not_pretended() -> None:
    row = linked(record(), filed(TODAY))
    progress = progress_at(2026, row.serial, TODAY, book())
    assert progress is not None
    assert not progress.is_uncounted
    empty = type(book())(1, "x", book().rules, type(book().calendar).from_days([], []))
    progress = progress_at(2026, row.serial, TODAY, empty)
    assert progress is not None
    assert progress.is_uncounted
    assert progress.terms == ()


def test_an_earlier_code_is_void_once_the_slip_was_given_anew(client: Client) -> None:
    row = record()
    old = code(row)
    Consultation.objects.filter(pk=row.pk).update(issue=2)
    assert row.number not in shape(ask(client, row.number, old), f'value="{row.number}"')
    row.refresh_from_db()
    assert code(row) != old
    assert "<h1>" + row.number in ask(client, row.number, code(row))


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        ("", ""),
        ("К-2026-000001", "12a45678"),
        ("К-2026-000001", "123"),
        ("К-2026-000001", "٠١٢٣٤٥٦٧"),
        ("К-2026-000001", "1234\x005678"),
        ("К\x00-2026-000001", "12345678"),
        ("😀", "😀"),
        ("сәлем", "12345678"),
        ("1" * 500, "1" * 500),
        ("<b>1</b>", "\u202e12345678"),
    ],
)
def test_what_is_no_number_or_no_code_gets_a_sentence_and_is_no_guess(
    client: Client, number: str, typed: str
) -> None:
    data = {FIELD: drawn(client), "number": number, "code": typed}
    answer = client.post("/status/", data, headers=HERE)
    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    assert Guess.objects.count() == 0


@pytest.mark.parametrize(
    "spelling", ["K-2026-{:06}", "k 2026 {}", "{}", "2026/{:06}", " №2026-{} "]
)
def test_the_number_may_be_typed_in_latin_letters_and_without_its_year(
    client: Client, spelling: str
) -> None:
    row = record()
    typed = f" {code(row)[:4]}-{code(row)[4:]} "
    assert f"<h1>{row.number}" in ask(client, spelling.format(row.serial), typed)


def test_the_same_form_sent_twice_gives_the_same_answer(client: Client) -> None:
    row = record()
    data = {FIELD: drawn(client), "number": row.number, "code": code(row)}
    first, second = (client.post("/status/", data, headers=HERE).text for _time in range(2))
    assert first == second


@pytest.mark.parametrize("value", ["", "1:x", "\0", "😀" * 50])
def test_a_form_that_is_not_ours_is_no_guess_and_keeps_what_was_typed(
    client: Client, value: str
) -> None:
    row = record()
    data = {FIELD: value, "number": row.number, "code": code(row)}
    answer = client.post("/status/", data, headers=HERE)
    assert answer.status_code == 400
    assert f'value="{row.number}"' in answer.text
    assert "<dl" not in answer.text


def test_a_page_that_lay_open_for_a_day_is_sent_once_more(client: Client) -> None:
    row = record()
    data = {FIELD: drawn(client), "number": row.number, "code": code(row)}
    with clock.frozen(NOON + timedelta(seconds=LIFE + 60)):
        answer = client.post("/status/", data, headers=HERE)
        assert answer.status_code == 400
        found = re.search(rf'name="{FIELD}" value="([^"]+)"', answer.text)
        assert found
        data[FIELD] = unescape(found[1])
        assert client.post("/status/", data, headers=HERE).status_code == 200


def test_what_is_sent_from_elsewhere_or_is_too_large_is_refused_in_words(client: Client) -> None:
    row = record()
    data = {FIELD: drawn(client), "number": row.number, "code": code(row)}
    for headers in ({}, {"origin": "http://elsewhere"}, {"origin": "null"}):
        answer = client.post("/status/", data, headers=headers)
        assert answer.status_code == 403
        assert "<h1" in answer.text
    answer = client.post("/status/", {**data, "code": "1" * 3_000_000}, headers=HERE)
    assert answer.status_code == 413
    assert not hasattr(answer.wsgi_request, "_post")


def test_a_broken_body_is_refused_in_words(client: Client) -> None:
    answer = client.post("/status/", b"--x", content_type="multipart/form-data", headers=HERE)
    assert answer.status_code == 400
    assert "<h1" in answer.text


def test_the_qr_codes_address_fills_the_number_in_and_asks_for_the_code(client: Client) -> None:
    shown = client.get("/status/?number=2026-000123").text
    assert 'value="2026-000123"' in shown
    assert client.get("/status/?number=" + "%D2%9B" * 3_000).status_code == 200


def test_the_home_page_leads_to_it(client: Client) -> None:
    shown = client.get("/").text
    assert 'href="/status/"' in shown
    assert "Өтінішім қай жерде?" in shown
