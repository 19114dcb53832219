"""What somebody was typing when the desk was locked is never lost, and nobody else's."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel import clock
from baqylau.staff import queries, services
from baqylau.staff.models import KeptText
from baqylau.staff.services.kept import KEPT_FOR, MOST
from baqylau.staff.typed import read_fields
from tests.cast import PASSPHRASE, Cast, Person
from tests.staff.conftest import MORNING

TEXT = "Келуші жер телімі туралы сұрады;\n«кезек» деді."
LATE = MORNING + timedelta(minutes=30)


@pytest.fixture
def adviser(db: None) -> Person:
    """Somebody who signed in at nine and went to a visitor."""
    with clock.frozen(MORNING):
        person = Cast().adviser
        person.client.get("/desk/")
    return person


def _reopen(person: Person) -> str:
    answer = person.client.post(
        "/desk/lock/reopen/", {"secret": PASSPHRASE, "next": "/desk/sample/"}
    )
    return answer.headers["Location"]


def _send(person: Person, text: str = TEXT, **more: object) -> None:
    """Send a form of another room to a desk that has been locked meanwhile."""
    answer = person.client.post("/desk/sample/?tab=2", {"note": text, "sign": ["a", "b"], **more})
    assert answer.headers["Location"].startswith("/desk/lock/")


def test_a_form_sent_too_late_is_kept_and_can_be_sent_again(adviser: Person) -> None:
    with clock.frozen(LATE):
        adviser.client.get("/desk/")
        assert "өзіңіз үшін" not in adviser.client.get("/desk/lock/").text
        _send(adviser)
        assert "өзіңіз үшін" in adviser.client.get("/desk/lock/").text
        assert _reopen(adviser) == "/desk/kept/"
        page = adviser.client.get("/desk/kept/").text
        assert "жер телімі" in page
        assert 'action="/desk/sample/?tab=2"' in page
        fields = re.findall(r'<textarea name="(\w+)" hidden>\n([^<]*)</textarea>', page)
        assert fields == [("note", TEXT), ("sign", "a"), ("sign", "b")]


def test_a_kept_text_is_forgotten_once_it_has_been_sent(adviser: Person) -> None:
    with clock.frozen(LATE):
        _send(adviser)
        _reopen(adviser)
        number = KeptText.objects.get().pk
        adviser.client.post("/desk/sample/", {"note": TEXT, "_kept": str(number)})
        assert KeptText.objects.count() == 1, "the sample's page did not take it"
        adviser.client.post("/desk/language/", {"language": "kk", "_kept": str(number)})
        assert not KeptText.objects.exists()


def test_nobody_else_sees_or_drops_it(adviser: Person, cast: Cast) -> None:
    with clock.frozen(LATE):
        _send(adviser)
        number = KeptText.objects.get().pk
        cast.lawyer.client.get("/desk/")
        assert "жер телімі" not in cast.lawyer.client.get("/desk/kept/").text
        assert cast.lawyer.client.get(f"/desk/kept/{number}/").status_code == 404
        cast.lawyer.client.post(f"/desk/kept/{number}/drop/")
        cast.lawyer.client.post("/desk/language/", {"language": "kk", "_kept": str(number)})
        assert KeptText.objects.filter(pk=number).exists()


def test_the_database_holds_no_word_of_it(adviser: Person) -> None:
    with clock.frozen(LATE):
        _send(adviser)
    row = KeptText.objects.get()
    assert "жер" not in bytes(row.sealed).decode("utf-8", "ignore")
    assert b"note" not in bytes(row.sealed)


def test_a_changed_row_opens_for_nobody(adviser: Person) -> None:
    with clock.frozen(LATE):
        _send(adviser)
        row = KeptText.objects.get()
        row.sealed = bytes(row.sealed)[:-1] + b"x"
        row.save()
        assert queries.kept_texts(adviser.user, KEPT_FOR) == []


def test_it_is_gone_after_a_day(adviser: Person) -> None:
    with clock.frozen(LATE):
        _send(adviser)
    with clock.frozen(LATE + timedelta(hours=24)):
        assert queries.kept_texts(adviser.user, KEPT_FOR) == []
        assert "1 texts" in services.tidy()
        assert not KeptText.objects.exists()
        assert "0 texts" in services.tidy()


def test_what_the_script_found_leads_back_to_its_page(adviser: Person) -> None:
    fields = json.dumps([["note", TEXT], ["csrfmiddlewaretoken", "x"], ["odd"], ["n", 1]])
    with clock.frozen(LATE):
        adviser.client.post("/desk/lock/", {"next": "/desk/sample/?tab=2", "fields": fields})
        number = KeptText.objects.get().pk
        assert _reopen(adviser) == f"/desk/sample/?tab=2#kept-{number}"
        answer = adviser.client.get(f"/desk/kept/{number}/")
        assert answer.json() == {"fields": [["note", TEXT]]}
        adviser.client.post(f"/desk/kept/{number}/drop/")
        assert not KeptText.objects.exists()


def test_what_is_sent_after_the_shift_waits_for_the_next_sign_in(adviser: Person) -> None:
    with clock.frozen(MORNING + timedelta(hours=13)):
        answer = adviser.client.post("/desk/sample/", {"note": TEXT})
        assert answer.headers["Location"].startswith("/desk/sign-in/")
        sign_in = {"login": adviser.user.email, "password": PASSPHRASE}
        assert adviser.client.post("/desk/sign-in/", sign_in).status_code == 302
        assert "жер телімі" in adviser.client.get("/desk/kept/").text


def test_the_script_is_heard_even_after_the_shift(adviser: Person) -> None:
    fields = json.dumps([["note", TEXT]])
    with clock.frozen(MORNING + timedelta(hours=13)):
        adviser.client.post("/desk/lock/", {"next": "/desk/sample/", "fields": fields})
        (kept,) = queries.kept_texts(adviser.user, KEPT_FOR)
        assert kept.texts == [TEXT]
        assert kept.page == "/desk/sample/"


def test_passphrases_pins_and_codes_are_never_kept(adviser: Person) -> None:
    secrets = {"now": PASSPHRASE, "passphrase": "x", "again": "x", "pin": "2017", "code": "123456"}
    with clock.frozen(LATE):
        for address in ("me/passphrase/", "me/pin/", "me/factors/app/", "me/confirm/"):
            adviser.client.post(f"/desk/{address}", secrets)
    assert not KeptText.objects.exists()


def test_a_form_without_a_token_leaves_nothing_with_anybody(adviser: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = adviser.client.cookies
    with clock.frozen(LATE):
        assert browser.post("/desk/sample/", {"note": "planted"}).status_code == 403
    assert not KeptText.objects.exists()


def test_the_twenty_first_text_is_refused_in_words(adviser: Person) -> None:
    with clock.frozen(LATE):
        for number in range(MOST + 1):
            _send(adviser, f"text {number}")
        assert KeptText.objects.count() == MOST
        assert "тым көбейіп" in adviser.client.get("/desk/lock/").text


def test_names_of_files_are_kept_so_that_they_can_be_chosen_again(adviser: Person) -> None:
    with clock.frozen(LATE):
        _send(adviser, scan=SimpleUploadedFile("хат.pdf", b"%PDF-1.7"))
        _reopen(adviser)
        assert "хат.pdf" in adviser.client.get("/desk/kept/").text


@given(st.text(max_size=200))
def test_any_text_in_place_of_fields_is_read_or_left(text: str) -> None:
    assert isinstance(read_fields(text), list)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_only_pairs_of_texts_are_read(found: object) -> None:
    for pair in read_fields(json.dumps(found)):
        assert all(isinstance(part, str) for part in pair)
        assert pair[0] != "csrfmiddlewaretoken"


def test_a_deep_nest_is_no_crash() -> None:
    assert read_fields("[" * 100_000) == []


def test_half_a_character_is_kept_as_a_question_mark(adviser: Person) -> None:
    with clock.frozen(MORNING):
        fields = '[["note", "\\ud83d and more"]]'
        answer = adviser.client.post("/desk/lock/", {"fields": fields, "next": "/desk/sample/"})
        assert answer.status_code == 302
        assert queries.kept_texts(adviser.user, KEPT_FOR)[0].fields == [("note", "? and more")]


def test_a_digit_that_is_no_number_drops_nothing(adviser: Person) -> None:
    with clock.frozen(MORNING):
        answer = adviser.client.post("/desk/language/", {"language": "kk", "_kept": "²"})
        assert answer.status_code == 302
