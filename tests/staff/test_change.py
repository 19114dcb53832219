"""Two colleagues at one computer change places in a few seconds, and stay apart."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from baqylau.kernel import clock
from baqylau.staff import services
from baqylau.staff.models import Sitting, User
from tests.cast import PASSPHRASE, make_user
from tests.staff.conftest import MORNING

pytestmark = pytest.mark.django_db
PIN = "2017"


def _user(role: str, name: str) -> User:
    user = make_user(role, name=name)
    services.set_pin(user=user, pin=PIN, actor=services.SYSTEM)
    return user


def _sign_in(browser: Client, user: User) -> None:
    answer = browser.post("/desk/sign-in/", {"login": user.email, "password": PASSPHRASE})
    assert answer.status_code == 302
    assert user.name in browser.get("/desk/me/").text


def _change(browser: Client, user: User, secret: str = PIN) -> str:
    """Where the change page leads to; "" when it stays."""
    answer = browser.post("/desk/lock/change/", {"person": user.key, "secret": secret})
    return answer.headers.get("Location", "")


@pytest.fixture
def both() -> tuple[Client, User, User]:
    """One browser at which two have signed in this morning; the second sits there now."""
    browser, first, second = Client(), _user("adviser", "Айгүл"), _user("lawyer", "Ерлан")
    with clock.frozen(MORNING):
        _sign_in(browser, first)
        browser.post("/desk/lock/leave/")
        _sign_in(browser, second)
    return browser, first, second


def test_a_colleague_takes_the_place_with_a_pin(both: tuple[Client, User, User]) -> None:
    browser, first, second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        browser.post("/desk/lock/", {"next": "/desk/"})
        page = browser.get("/desk/lock/change/").text
        assert first.name in page
        assert first.email not in page
        assert _change(browser, first) == "/desk/"
        assert first.name in browser.get("/desk/me/").text
        assert _change(browser, second) == "/desk/"
        assert second.name in browser.get("/desk/me/").text


def test_changing_places_costs_three_requests(both: tuple[Client, User, User]) -> None:
    browser, first, _second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        browser.post("/desk/lock/", {"next": "/desk/"})
        assert browser.get("/desk/lock/change/").status_code == 200
        assert _change(browser, first) == "/desk/"


def test_their_sessions_stay_apart(both: tuple[Client, User, User]) -> None:
    browser, first, second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        browser.post("/desk/language/", {"language": "ru", "next": "/desk/"})
        cookie = browser.cookies["desk"].value
        assert _change(browser, first) == "/desk/"
        assert browser.cookies["desk"].value != cookie
        assert '<html lang="kk">' in browser.get("/desk/me/").text
        assert _change(browser, second) == "/desk/"
        assert '<html lang="ru">' in browser.get("/desk/me/").text
    first.refresh_from_db()
    assert first.language == "kk"


def test_who_leaves_is_locked(both: tuple[Client, User, User]) -> None:
    browser, first, second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        cookie = browser.cookies["desk"].value
        assert _change(browser, first) == "/desk/"
        assert Sitting.objects.get(user=second).locked_at is not None
        left = Client()
        left.cookies["desk"] = cookie
        assert left.get("/desk/me/").headers["Location"].startswith("/desk/lock/")


def test_a_form_left_open_by_one_cannot_be_sent_as_the_other(
    both: tuple[Client, User, User],
) -> None:
    browser, first, second = both
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    with clock.frozen(MORNING + timedelta(minutes=2)):
        token = strict.get("/desk/me/").text.split('name="csrfmiddlewaretoken" value="')[1][:64]
        change = strict.get("/desk/lock/change/").text
        own = change.split('name="csrfmiddlewaretoken" value="')[1][:64]
        form = {"person": first.key, "secret": PIN, "csrfmiddlewaretoken": own}
        assert strict.post("/desk/lock/change/", form).status_code == 302
        stale = {"language": "en", "csrfmiddlewaretoken": token}
        assert strict.post("/desk/language/", stale).status_code == 403
    second.refresh_from_db()
    assert second.language == "kk"


def test_at_another_browser_the_pin_opens_nothing(both: tuple[Client, User, User]) -> None:
    _browser, first, _second = both
    elsewhere, third = Client(), _user("editor", "Әсель")
    with clock.frozen(MORNING + timedelta(minutes=2)):
        _sign_in(elsewhere, third)
        assert first.name not in elsewhere.get("/desk/lock/change/").text
        assert _change(elsewhere, first) == ""
        assert third.name in elsewhere.get("/desk/me/").text


def test_after_the_shift_nobody_is_in_the_list(both: tuple[Client, User, User]) -> None:
    browser, first, _second = both
    with clock.frozen(MORNING + timedelta(hours=11, minutes=59)):
        assert first.name in browser.get("/desk/lock/change/").text
    with clock.frozen(MORNING + timedelta(hours=12)):
        answer = browser.get("/desk/lock/change/")
        assert answer.status_code == 302 or first.name not in answer.text


def test_five_wrong_pins_end_that_colleagues_shift_only(both: tuple[Client, User, User]) -> None:
    browser, first, second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        for number in range(5):
            assert _change(browser, first, f"90{number}1") == ""
        assert _change(browser, first) == ""
        assert second.name in browser.get("/desk/me/").text
        assert not Sitting.objects.filter(user=first).exists()
        browser.post("/desk/lock/leave/")
        _sign_in(browser, first)


def test_who_signed_out_is_in_the_list_no_more(both: tuple[Client, User, User]) -> None:
    browser, first, second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        browser.post("/desk/sign-out/")
        page = browser.get("/desk/lock/change/").text
        assert first.name in page
        assert second.name not in page
        assert _change(browser, second) == ""
        assert _change(browser, first) == "/desk/"


def test_the_sign_in_page_leads_to_those_who_are_here(both: tuple[Client, User, User]) -> None:
    browser, _first, _second = both
    with clock.frozen(MORNING + timedelta(minutes=2)):
        browser.post("/desk/lock/leave/")
        assert "/desk/lock/change/" in browser.get("/desk/sign-in/").text
    assert "/desk/lock/change/" not in Client().get("/desk/sign-in/").text


def test_a_vanished_session_asks_for_a_full_sign_in(both: tuple[Client, User, User]) -> None:
    browser, first, second = both
    Session.objects.filter(session_key=Sitting.objects.get(user=first).session_key).delete()
    with clock.frozen(MORNING + timedelta(minutes=2)):
        assert _change(browser, first) == ""
        assert second.name in browser.get("/desk/lock/").text
        assert not Sitting.objects.filter(user=first).exists()


def test_no_address_and_no_browser_name_is_stored(both: tuple[Client, User, User]) -> None:
    browser, _first, _second = both
    browser.defaults |= {"HTTP_USER_AGENT": "Telltale/1.0", "REMOTE_ADDR": "203.0.113.55"}
    with clock.frozen(MORNING + timedelta(minutes=2)):
        for address in ("me/factors/app/", "me/factors/codes/new/", "me/factors/passkey/"):
            browser.get(f"/desk/{address}")
            browser.post(f"/desk/{address}", {"code": "1"})
    stored = "".join(str(row.get_decoded()) for row in Session.objects.all())
    stored += "".join(str(vars(row)) for row in Sitting.objects.all())
    assert "account_authentication_methods" in stored
    assert "Telltale" not in stored
    assert "203.0.113.55" not in stored
