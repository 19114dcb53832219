"""A desk that nobody touches is locked, and opens again in a moment."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from baqylau.kernel import clock
from baqylau.staff import services
from baqylau.staff.models import Sitting
from tests.cast import PASSPHRASE, Cast, Person, make_user, sign_in
from tests.staff.conftest import MORNING

pytestmark = pytest.mark.django_db
PIN = "2017"


@pytest.fixture
def adviser() -> Iterator[Person]:
    """Somebody with a PIN who has just signed in; the clock stands at nine in the morning."""
    with clock.frozen(MORNING):
        person = Cast().adviser
        services.set_pin(user=person.user, pin=PIN, actor=person.actor)
        person.client.get("/desk/")
        yield person


def _is_locked(person: Person, address: str = "/desk/search/?q=1") -> bool:
    answer = person.client.get(address)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/desk/lock/?next=")


def _reopen(person: Person, secret: str = PIN, target: str = "") -> str:
    """Where the lock page leads to; "" when it stays."""
    answer = person.client.post("/desk/lock/reopen/", {"secret": secret, "next": target})
    return answer.headers.get("Location", "")


def test_a_touched_desk_stays_open_all_morning(adviser: Person) -> None:
    for minute in range(0, 180, 4):
        with clock.frozen(MORNING + timedelta(minutes=minute)):
            assert not _is_locked(adviser)


def test_an_untouched_desk_is_locked_and_says_who_sits_there(adviser: Person) -> None:
    with clock.frozen(MORNING + timedelta(minutes=6)):
        assert _is_locked(adviser)
        page = adviser.client.get("/desk/lock/")
        assert adviser.user.name in page.text
        assert "no-store" in page.headers["Cache-Control"]


def test_the_pin_leads_back_to_the_page(adviser: Person) -> None:
    with clock.frozen(MORNING + timedelta(minutes=6)):
        assert _is_locked(adviser)
        assert _reopen(adviser, target="/desk/search/?q=1") == "/desk/search/?q=1"
        assert not _is_locked(adviser)


def test_a_foreign_address_is_no_way_back(adviser: Person) -> None:
    with clock.frozen(MORNING + timedelta(minutes=6)):
        for target in ("https://evil.example/", "//evil.example/desk/", "/ru/", "/desk/lock/"):
            assert _is_locked(adviser)
            assert _reopen(adviser, target=target) == "/desk/"
            adviser.client.post("/desk/lock/", {"next": "/desk/"})


def test_a_locked_desk_shows_nothing_of_the_work(adviser: Person) -> None:
    adviser.client.post("/desk/lock/", {"next": "/desk/"})
    for address in ("/desk/", "/desk/search/", "/desk/me/", "/desk/kept/", "/desk/sample/"):
        assert _is_locked(adviser, address), address
    page = adviser.client.get("/desk/lock/").text
    assert 'class="menu"' not in page
    assert "sign-out" not in page


def test_somebody_without_a_pin_reopens_with_the_passphrase(cast: Cast) -> None:
    lawyer = cast.lawyer
    lawyer.client.get("/desk/")
    lawyer.client.post("/desk/lock/", {"next": "/desk/"})
    assert _reopen(lawyer, "wrong") == ""
    assert _reopen(lawyer, PASSPHRASE) == "/desk/"


def test_the_session_is_renewed_when_the_desk_reopens(adviser: Person) -> None:
    adviser.client.post("/desk/lock/", {"next": "/desk/"})
    before = adviser.client.cookies["desk"].value
    assert _reopen(adviser) == "/desk/"
    assert adviser.client.cookies["desk"].value != before
    stranger = Client()
    stranger.cookies["desk"] = before
    assert stranger.get("/desk/").status_code == 302


def test_five_wrong_pins_ask_for_a_full_sign_in(adviser: Person) -> None:
    adviser.client.post("/desk/lock/", {"next": "/desk/"})
    for number in range(4):
        assert _reopen(adviser, f"90{number}1") == ""
    assert _reopen(adviser, "9051") == "/desk/sign-in/"
    assert _reopen(adviser) == "/desk/sign-in/"
    assert not Sitting.objects.filter(user=adviser.user).exists()
    assert adviser.client.get("/desk/").headers["Location"].startswith("/desk/sign-in/")


def test_the_right_pin_forgets_the_wrong_ones(adviser: Person) -> None:
    for _round in range(3):
        adviser.client.post("/desk/lock/", {"next": "/desk/"})
        for number in range(4):
            assert _reopen(adviser, f"90{number}1") == ""
        assert _reopen(adviser) == "/desk/"


def test_a_shift_ends_after_twelve_hours_however_busy(adviser: Person, settings: Settings) -> None:
    settings.STAFF_IDLE = 7_200
    for hour in range(12):
        with clock.frozen(MORNING + timedelta(hours=hour)):
            assert adviser.client.get("/desk/").status_code == 200
    with clock.frozen(MORNING + timedelta(hours=12)):
        answer = adviser.client.get("/desk/search/")
        assert answer.headers["Location"] == "/desk/sign-in/?next=/desk/search/"
        assert "Ауысымыңыз" in adviser.client.get("/desk/sign-in/").text


def test_after_the_shift_no_pin_opens_anything(adviser: Person) -> None:
    with clock.frozen(MORNING + timedelta(hours=12)):
        assert _reopen(adviser).startswith("/desk/sign-in/")


def test_the_page_tells_that_somebody_is_typing(adviser: Person) -> None:
    for minute in range(0, 60, 3):
        with clock.frozen(MORNING + timedelta(minutes=minute)):
            assert adviser.client.post("/desk/present/").json() == {"open": True}
    with clock.frozen(MORNING + timedelta(minutes=70)):
        assert adviser.client.post("/desk/present/").status_code == 302


def test_seconds_of_idleness_are_read_from_the_settings(adviser: Person) -> None:
    with clock.frozen(MORNING):
        assert 'data-lock="300"' in adviser.client.get("/desk/").text


def test_the_language_can_be_changed_while_the_desk_is_locked(adviser: Person) -> None:
    adviser.client.post("/desk/lock/", {"next": "/desk/"})
    adviser.client.post("/desk/language/", {"language": "en", "next": "/desk/lock/"})
    assert '<html lang="en">' in adviser.client.get("/desk/lock/").text


def test_the_language_switch_is_remembered_for_the_person(cast: Cast) -> None:
    cast.editor.client.post("/desk/language/", {"language": "ru", "next": "/desk/"})
    cast.editor.user.refresh_from_db()
    assert cast.editor.user.language == "ru"
    assert '<html lang="ru">' in sign_in(cast.editor.user).get("/desk/").text


def test_nobody_locks_what_nobody_opened(client: Client) -> None:
    for address in ("/desk/lock/", "/desk/lock/reopen/", "/desk/lock/leave/", "/desk/lock/change/"):
        assert client.post(address).headers["Location"] == "/desk/sign-in/"


def test_a_closed_account_loses_its_open_desk(cast: Cast) -> None:
    victim = make_user("adviser")
    browser = sign_in(victim)
    assert browser.get("/desk/").status_code == 200
    services.close_account(user=victim, actor=cast.administrator.actor)
    assert browser.get("/desk/").headers["Location"].startswith("/desk/sign-in/")
