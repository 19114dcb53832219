"""Guessing is slow; nobody is shut out for good."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from baqylau.kernel import clock
from tests.cast import PASSPHRASE, make_user
from tests.staff.conftest import MORNING

pytestmark = pytest.mark.django_db


def _try(client: Client, email: str, passphrase: str, source: str = "203.0.113.7") -> bool:
    """Whether the sign-in page let us in."""
    answer = client.post(
        "/desk/sign-in/", {"login": email, "password": passphrase}, REMOTE_ADDR=source
    )
    return answer.status_code == 302


def _guess(email: str, times: int, source: str = "203.0.113.7") -> None:
    for number in range(times):
        assert not _try(Client(), email, f"guess {number}", source)


def test_after_some_misses_even_the_right_passphrase_waits_a_little() -> None:
    user = make_user("adviser")
    with clock.frozen(MORNING):
        _guess(user.email, 5)
        answer = Client().post(
            "/desk/sign-in/",
            {"login": user.email, "password": PASSPHRASE},
            REMOTE_ADDR="203.0.113.7",
        )
        assert answer.status_code == 200
        assert "1 минут" in answer.text
    with clock.frozen(MORNING + timedelta(seconds=6)):
        assert _try(Client(), user.email, PASSPHRASE)


def test_an_unknown_address_is_slowed_down_in_the_same_words() -> None:
    known = make_user("adviser").email
    with clock.frozen(MORNING):
        pages = []
        for email in (known, "nobody@example.org"):
            _guess(email, 5)
            page = Client().post("/desk/sign-in/", {"login": email, "password": "x"}).text
            pages.append(page.split("<main", 1)[1].replace(email, ""))
    assert len(pages[0]) == len(pages[1])


def test_guesses_from_elsewhere_do_not_make_a_colleague_wait_at_the_known_browser() -> None:
    user = make_user("adviser")
    browser = Client()
    with clock.frozen(MORNING):
        assert _try(browser, user.email, PASSPHRASE)
        browser.get("/desk/")
        browser.post("/desk/sign-out/")
        for number in range(6):
            _guess(user.email, 6, f"198.51.100.{number}")
        assert not _try(Client(), user.email, PASSPHRASE, "192.0.2.1")
        assert _try(browser, user.email, PASSPHRASE)


def test_a_forged_browser_cookie_is_no_known_browser() -> None:
    user = make_user("adviser")
    stranger = Client()
    stranger.cookies["desk_browser"] = '{"number": "1", "known": []}:forged'
    with clock.frozen(MORNING):
        _guess(user.email, 5)
        assert not _try(stranger, user.email, PASSPHRASE)


def test_a_known_browser_guesses_no_faster_for_ever() -> None:
    user = make_user("adviser")
    browser = Client()
    with clock.frozen(MORNING):
        assert _try(browser, user.email, PASSPHRASE)
        browser.get("/desk/")
        browser.post("/desk/sign-out/")
        for number in range(10):
            assert not _try(browser, user.email, f"guess {number}")
        assert not _try(browser, user.email, PASSPHRASE)


def test_behind_the_proxy_one_stranger_does_not_count_against_everybody(
    settings: Settings,
) -> None:
    settings.HTTPS = True
    settings.SECURE_PROXY_SSL_HEADER = None
    victim, colleague = make_user("adviser"), make_user("lawyer")
    with clock.frozen(MORNING):
        _guess(victim.email, 35, "127.0.0.1")
        assert not _try(Client(), victim.email, PASSPHRASE, "127.0.0.1")
        assert _try(Client(), colleague.email, PASSPHRASE, "127.0.0.1")


def test_the_proxy_tells_who_guesses_at_many_accounts(settings: Settings) -> None:
    settings.HTTPS = True
    settings.SECURE_PROXY_SSL_HEADER = None

    def attempt(email: str, passphrase: str, source: str) -> bool:
        form = {"login": email, "password": passphrase}
        browser = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=source)
        return browser.post("/desk/sign-in/", form).status_code == 302

    colleague = make_user("lawyer")
    with clock.frozen(MORNING):
        for number in range(60):
            assert not attempt(f"somebody-{number}@example.org", "guess", "203.0.113.7")
        assert not attempt(colleague.email, PASSPHRASE, "203.0.113.7"), "this source waits"
        assert attempt(colleague.email, PASSPHRASE, "203.0.113.8"), "and no other"


def test_a_quarter_of_an_hour_is_the_longest_wait() -> None:
    user = make_user("adviser")
    moment = MORNING
    for _number in range(40):
        with clock.frozen(moment):
            assert not _try(Client(), user.email, "wrong")
        moment += timedelta(seconds=901)
    with clock.frozen(moment):
        assert _try(Client(), user.email, PASSPHRASE)


def test_no_address_is_in_the_counters(caplog: pytest.LogCaptureFixture) -> None:
    email = make_user("adviser").email
    _guess(email, 7, "203.0.113.99")
    kept = repr(cache._cache)  # type: ignore[attr-defined]  # the cache of the tests keeps a dictionary
    assert "staff.guess" in kept
    assert "203.0.113.99" not in kept
    assert email not in kept
    assert "203.0.113.99" not in caplog.text
