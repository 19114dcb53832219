"""The form as a reporter meets it: through the real addresses, page by page, to the receipt."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import translation

from baqylau.kernel import clock
from baqylau.reports.models import DraftFile, Keyholder, Report
from baqylau.reports.rules.contents import WORDS
from baqylau.reports.services import admission
from baqylau.reports.views.form import LIMIT
from tests.reports.browsing import Reporter
from tests.reports.conftest import TODAY
from tests.reports.making import STORY, House
from tests.reports.reading import answers_in, name_in, only_report

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
WEIGHT = 14 * 1024
NAMES = ("report", "report_asked", "report_paid", "report_guard", "report_slips", "report_form")
LONG_NAME = "Әділғазы🙂" * 30
"""270 letters of Kazakh and emoji."""


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    admission.forget()
    yield
    admission.forget()


def at_review(reporter: Reporter) -> Reporter:
    """Go on to the last page without another word."""
    while "send" not in reporter.buttons:
        assert reporter.answer.status_code == 200, reporter.words
        reporter.press("next")
    return reporter


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_from_the_start_page_to_the_receipt(ready: House, language: str) -> None:
    reporter = Reporter(language).open("/report/1/").press("begin-steps")
    at_review(reporter).press("send")
    assert reporter.answer.status_code == 200
    assert len(reporter.digits.replace(" ", "")) == 28
    answers = answers_in(ready, only_report())
    assert (answers.stage, answers.language, answers.assisted) == ("asked", language, False)


def test_what_was_answered_is_what_the_officer_reads(ready: House) -> None:
    reporter = Reporter().open()
    reporter.press("next", stage="paid", conduct="extortion", bribe="money", amount="to_50")
    reporter.press("next", office="7-емхана", service="Операция", month="2026-05")
    reporter.press("next", story=STORY, is_urgent="on")
    reporter.press("next")
    reporter.press("next")
    reporter.press("next", name=LONG_NAME, phone="8 701 000 00 00", reach="Алтыдан кейін")
    assert STORY in reporter.words
    reporter.press("send")
    report = only_report()
    answers, name = answers_in(ready, report), name_in(ready, report)
    assert (answers.stage, answers.conduct, answers.bribe) == ("paid", "extortion", "money")
    assert (answers.amount, answers.office, answers.service) == ("to_50", "7-емхана", "Операция")
    assert (answers.month, answers.story) == ("2026-05", STORY)
    assert (name.name, name.phone) == (LONG_NAME, "8 701 000 00 00")
    assert report.is_urgent


def test_one_page_asks_the_same_as_the_steps(ready: House) -> None:
    reporter = Reporter().open("/report/").press("begin-whole")
    reporter.press("review", conduct="rudeness", story=STORY, name="Әсел")
    assert "send" in reporter.buttons
    reporter.press("step-story")
    assert reporter.fields["story"] == [STORY]
    reporter.press("review").press("send")
    assert answers_in(ready, only_report()).story == STORY
    assert name_in(ready, only_report()).name == "Әсел"


def test_steps_back_and_forth_and_the_other_way_of_asking_lose_nothing(ready: House) -> None:
    reporter = Reporter().open().press("next", conduct="waste")
    reporter.press("next", service="Көпір")
    reporter.press("back", story=STORY)
    reporter.press("whole")
    reporter.press("steps")
    at_review(reporter)
    assert {"Көпір", "ысырапшылдық"} <= set(reporter.words.split())
    assert STORY in reporter.words


def test_another_language_goes_on_with_everything(ready: House) -> None:
    reporter = Reporter().open().press("next", conduct="bribe_asked")
    reporter.press("stay", path="/ru/report/new/", service="Операция")
    assert '<html lang="ru">' in reporter.html
    assert reporter.fields["service"] == ["Операция"]
    assert reporter.fields["conduct"] == ["bribe_asked"]


def test_nothing_has_to_be_said(ready: House) -> None:
    at_review(Reporter().open()).press("send")
    answers = answers_in(ready, only_report())
    assert (answers.stage, answers.conduct, answers.story, answers.month) == ("", "", "", "")
    assert not name_in(ready, only_report()).is_given


def test_a_begun_form_is_also_taken_as_plain_words(ready: House) -> None:
    reporter = Reporter().open("/report/2/")
    data = f"token={reporter.fields['token'][0]}&stage=paid&go=begin-whole"
    answer = reporter.client.post(
        "/report/new/",
        data,
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "http://testserver"},
    )
    assert answer.status_code == 200
    assert re.search(r'value="paid"[^>]*checked', answer.text)


# ── Sending, and sending again ───────────────────────────────────────────────────────────────────


def test_sending_again_gives_the_same_receipt_and_one_report(ready: House) -> None:
    reporter = at_review(Reporter().open())
    page = {**reporter.fields, "go": "send"}
    first = reporter.send(page).digits
    assert reporter.send(page).digits == first
    assert Report.objects.count() == 1


def test_back_after_sending_is_the_same_report_and_says_so(ready: House) -> None:
    reporter = Reporter().open().press("next")
    page = {**reporter.fields, "go": "review"}
    first = reporter.press("review").press("send").digits
    reporter.send(page)
    assert "жіберіп қойдыңыз" in reporter.words
    reporter.press("step-story").press("review", story="Тағы бір сөз").press("send")
    assert reporter.digits == first
    assert "кірмеді" in reporter.words
    assert answers_in(ready, only_report()).story == ""


def test_two_windows_are_two_reports(ready: House) -> None:
    at_review(Reporter().open()).press("send")
    at_review(Reporter().open()).press("send")
    assert Report.objects.count() == 2


def test_a_strange_id_or_secret_is_drawn_anew(ready: House) -> None:
    reporter = Reporter().open()
    data = {**reporter.fields, "go": "next", "id": "../etc", "secret": "x" * 20}
    reporter.send(data)
    assert re.fullmatch(r"[0-9a-f]{32}", reporter.fields["id"][0])
    assert re.fullmatch(r"\d{20}", reporter.fields["secret"][0])


# ── What can go wrong ────────────────────────────────────────────────────────────────────────────


def test_a_form_opened_yesterday_comes_back_with_everything_in_it(ready: House) -> None:
    reporter = Reporter().open().press("next", conduct="bribe_asked")
    page = {**reporter.fields, "go": "next", "service": "Операция", "month": ""}
    with clock.frozen(TODAY + timedelta(days=1)):
        reporter.send(page)
        assert reporter.answer.status_code == 400
        assert "тым ұзақ ашық" in reporter.words
        assert reporter.fields["service"] == ["Операция"]
        assert reporter.fields["id"] == page["id"]
        at_review(reporter.press("next")).press("send")
    assert answers_in(ready, only_report()).conduct == "bribe_asked"


def test_a_form_that_was_cut_off_is_not_sent(ready: House) -> None:
    reporter = at_review(Reporter().open())
    page = {name: value for name, value in reporter.fields.items() if name != "end"}
    reporter.send({**page, "go": "send"})
    assert reporter.answer.status_code == 400
    assert "Байланыс үзіліп" in reporter.words
    assert not Report.objects.exists()
    assert "send" in reporter.buttons


def test_twenty_thousand_letters_are_taken_and_one_more_is_refused_whole(ready: House) -> None:
    reporter = Reporter().open().press("step-story")
    reporter.press("next", story="ә" * (WORDS + 1))
    assert reporter.answer.status_code == 400
    assert reporter.fields["story"] == ["ә" * (WORDS + 1)]
    assert "maxlength" not in reporter.html.split("<main", 1)[1]
    reporter.press("next", story="ә" * WORDS)
    assert reporter.answer.status_code == 200
    at_review(reporter).press("send")
    assert answers_in(ready, only_report()).story == "ә" * WORDS


def test_line_ends_of_browsers_count_as_one_letter(ready: House) -> None:
    reporter = Reporter().open().press("step-story")
    reporter.press("next", story="ә\r\n" * (WORDS // 2))
    assert reporter.answer.status_code == 200


def test_a_fault_on_another_step_leads_there_and_keeps_the_receipt_back(ready: House) -> None:
    reporter = at_review(Reporter().open())
    reporter.send({**reporter.fields, "go": "send", "name": "ә" * 301})
    assert reporter.answer.status_code == 400
    assert reporter.fields["name"] == ["ә" * 301]
    assert not Report.objects.exists()


def test_a_zero_byte_is_refused_with_a_sentence(ready: House) -> None:
    reporter = Reporter().open().press("step-story")
    reporter.press("next", story="a\0b")
    assert reporter.answer.status_code == 400
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "value", ["", "x", "step-", "step-🙂", "remove-x", "remove-999", "begin-x"]
)
def test_an_unknown_button_stays_on_a_page(ready: House, value: str) -> None:
    reporter = Reporter().open()
    reporter.send({**reporter.fields, "go": value, "step": "nowhere", "conduct": "waste"})
    assert reporter.answer.status_code == 200
    assert "next" in reporter.buttons


def test_a_form_from_another_site_is_refused_unread(ready: House) -> None:
    reporter = at_review(Reporter().open())
    answer = reporter.client.post(
        "/report/new/",
        {**reporter.fields, "go": "send"},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_more_than_any_form_is_refused_unread(ready: House) -> None:
    answer = Client().post(
        "/report/new/",
        b"x",
        content_type="multipart/form-data; boundary=b",
        headers={"Origin": "http://testserver"},
        CONTENT_LENGTH=str(LIMIT + 1),
    )
    assert answer.status_code == 413


def test_what_a_telephone_remembers_tells_nobody_what_somebody_did(ready: House) -> None:
    pages = [Reporter().open(reverse(name)) for name in NAMES]
    for name in NAMES:
        assert not {"asked", "paid", "bribe", "money", "gave"} & set(reverse(name).split("/"))
    asked, paid = (re.search("<title>(.*?)</title>", page.html) for page in pages[1:3])
    assert asked
    assert paid
    assert asked[1] == paid[1]


def test_without_keys_the_form_is_closed_and_says_where_else_to_turn(
    db: None, folders: None, still: None
) -> None:
    for path in ("/report/", "/report/1/", "/report/2/", "/report/new/"):
        reporter = Reporter().open(path)
        assert reporter.answer.status_code == 200
        assert "жабық" in reporter.words
        assert "102, 112" in reporter.words
        assert "send" not in reporter.buttons


def test_a_key_that_ends_while_somebody_writes_loses_no_word(ready: House) -> None:
    reporter = Reporter().open().press("step-story").press("review", story=STORY)
    Keyholder.objects.filter(office="custodian").update(
        until_on=clock.today(), by_passphrase=None, by_code=None
    )
    reporter.press("send")
    assert reporter.answer.status_code == 503
    assert reporter.fields["story"] == [STORY]
    assert not Report.objects.exists()


def test_under_load_the_form_waits_with_all_its_words(ready: House) -> None:
    reporter = at_review(Reporter().open().press("next", service="Операция"))
    for _each in range(2_000):
        if admission.admit(network="local") is not None:
            break
    reporter.press("send")
    assert reporter.answer.status_code == 503
    assert not Report.objects.exists()
    kept = reporter.fields
    assert kept["go"] == ["send"]
    assert kept["service"] == ["Операция"]
    admission.forget()
    reporter.send(kept)
    assert len(reporter.digits.replace(" ", "")) == 28


# ── What every page owes ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_pages_set_no_cookie_are_not_kept_and_are_light(
    ready: House, name: str, language: str
) -> None:
    with translation.override(language):
        path = reverse(name)
    answer = Client().get(path)
    assert answer.status_code == 200
    _owes(answer.content, answer.headers["Cache-Control"], dict(answer.cookies))


def _owes(page: bytes, kept: str, cookies: dict[str, object]) -> None:
    style = finders.find("web/public.css")
    assert style
    css = gzip.compress(Path(str(style)).read_bytes())
    assert kept == "no-store"
    assert not cookies
    assert b"<script" not in page
    assert b" style=" not in page
    assert len(gzip.compress(page)) + len(css) + 1_000 <= WEIGHT


def test_every_page_of_a_long_report_is_light_and_keeps_nothing(ready: House) -> None:
    reporter = Reporter().open("/report/").press("begin-whole")
    for go in ("review", "steps", "next", "next", "next", "next", "next", "next", "send"):
        reporter.press(go)
        answer = reporter.answer
        _owes(answer.content, answer.headers["Cache-Control"], dict(answer.cookies))
    assert not reporter.client.cookies


def test_nothing_of_a_report_stands_in_an_address_or_title(ready: House) -> None:
    reporter = Reporter().open().press("step-story").press("review", story=STORY)
    report_id = reporter.fields["id"][0]
    reporter.press("send")
    head = reporter.html.split("<main", 1)[0]
    addresses = " ".join(re.findall(r'(?:href|action|formaction)="([^"]*)"', reporter.html))
    for secret in (report_id, reporter.digits, reporter.digits.replace(" ", ""), STORY):
        assert secret not in head
        assert secret not in addresses
    assert STORY not in reporter.html


def test_nothing_is_stored_before_sending_but_sealed_files(ready: House) -> None:
    Reporter().open().press("step-story").press("review", story=STORY, name="Әсел")
    assert not Report.objects.exists()
    assert not DraftFile.objects.exists()


@pytest.mark.parametrize("name", ["", "1/", "2/", "new/"])
def test_the_title_that_stays_in_a_telephones_history_names_no_story(
    client: Client, ready: House, name: str
) -> None:
    page = client.get(f"/report/{name}").content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("Бізге жазыңыз · ")
