"""Second factors: an app, passkeys, recovery codes; asked once a shift."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Action, Module, registry
from baqylau.staff import queries, services
from tests.cast import PASSPHRASE, Cast, Person, make_user, sign_in
from tests.staff.authenticator import Passkey
from tests.staff.conftest import MORNING

# Their worklists warn of keys and reports, which the sealed database knows of.
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
FACTORS = "/desk/me/factors/"


def _browser(person: Person) -> Client:
    """The person's browser on localhost, after it has shown once more who it is."""
    browser = person.client
    browser.defaults["HTTP_HOST"] = "localhost"
    browser.post("/desk/me/confirm/?next=/desk/me/factors/", {"password": PASSPHRASE})
    return browser


def _code(secret: str, step: int = 0) -> str:
    """The app's code of the present half minute, or of one beside it."""
    counters = list(yield_hotp_counters_from_time())
    middle = len(counters) // 2
    return str(format_hotp_value(hotp_value(secret, counters[middle] + step)))


def _set_up_app(browser: Client) -> str:
    """Set up the app; returns its secret."""
    page = browser.get(f"{FACTORS}app/").text
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found
    answer = browser.post(f"{FACTORS}app/", {"code": _code(found[1])})
    assert answer.headers["Location"] == f"{FACTORS}codes/"
    return found[1]


def _options(browser: Client, address: str) -> dict[str, Any]:
    """What the page's script hands to the passkey."""
    found = re.search(r'<script type="application/json">(.*?)</script>', browser.get(address).text)
    assert found
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


def _add_passkey(browser: Client, passkey: Passkey) -> None:
    options = _options(browser, f"{FACTORS}passkey/")
    answer = browser.post(f"{FACTORS}passkey/", {"name": "", "credential": passkey.create(options)})
    assert answer.status_code == 302, answer.text


def _enter(browser: Client, person: Person, passphrase: str = PASSPHRASE) -> str:
    form = {"login": person.user.email, "password": passphrase}
    return str(browser.post("/desk/sign-in/", form).headers.get("Location", ""))


def _elsewhere() -> Client:
    return Client(HTTP_HOST="localhost")


def test_an_app_is_set_up_and_asked_at_the_next_sign_in(cast: Cast) -> None:
    secret = _set_up_app(_browser(cast.lawyer))
    browser = _elsewhere()
    assert _enter(browser, cast.lawyer) == "/desk/sign-in/second-factor/"
    assert browser.get("/desk/me/").status_code == 302
    wrong = browser.post("/desk/sign-in/second-factor/", {"code": "000000"})
    assert "Код дұрыс емес" in wrong.text
    code = {"code": _code(secret, 1)}
    assert browser.post("/desk/sign-in/second-factor/", code).headers["Location"] == "/desk/"
    assert browser.get("/desk/me/").status_code == 200


def test_the_second_factor_is_asked_once_a_shift_and_not_at_a_reopening(cast: Cast) -> None:
    with clock.frozen(MORNING):
        person = cast.lawyer
        secret = _set_up_app(_browser(person))
        browser = _elsewhere()
        _enter(browser, person)
        browser.post("/desk/sign-in/second-factor/", {"code": _code(secret, 1)})
        browser.get("/desk/")
    for hour in range(1, 12):
        with clock.frozen(MORNING + timedelta(hours=hour)):
            assert browser.get("/desk/").headers["Location"].startswith("/desk/lock/")
            again = {"secret": PASSPHRASE, "next": "/desk/"}
            assert browser.post("/desk/lock/reopen/", again).headers["Location"] == "/desk/"
    with clock.frozen(MORNING + timedelta(hours=12)):
        browser.get("/desk/")
        assert _enter(browser, person) == "/desk/sign-in/second-factor/"


def test_a_code_works_once(cast: Cast) -> None:
    secret = _set_up_app(_browser(cast.lawyer))
    code = {"code": _code(secret, 1)}
    for expected in (302, 200):
        browser = _elsewhere()
        _enter(browser, cast.lawyer)
        assert browser.post("/desk/sign-in/second-factor/", code).status_code == expected


def test_codes_cannot_be_tried_for_ever(cast: Cast) -> None:
    _set_up_app(_browser(cast.lawyer))
    browser = _elsewhere()
    _enter(browser, cast.lawyer)
    for number in range(6):
        page = browser.post("/desk/sign-in/second-factor/", {"code": f"00000{number}"}).text
    assert "Тым көп рет қате терілді" in page


def test_a_recovery_code_opens_once(cast: Cast) -> None:
    browser = _browser(cast.lawyer)
    _set_up_app(browser)
    codes = re.findall(r"<code>(\d{8})</code>", browser.get(f"{FACTORS}codes/").text)
    assert len(codes) == 10
    for expected in (302, 200):
        other = _elsewhere()
        _enter(other, cast.lawyer)
        answer = other.post("/desk/sign-in/second-factor/", {"code": codes[0]})
        assert answer.status_code == expected


def test_the_qr_code_is_drawn_into_the_page_itself(cast: Cast) -> None:
    page = _browser(cast.lawyer).get(f"{FACTORS}app/")
    svg = page.text[page.text.index("<svg") : page.text.index("</svg>")]
    assert "style=" not in svg
    assert "data:" not in page.text
    assert "data:" not in page.headers["Content-Security-Policy"]


def test_secrets_are_sealed_at_rest(cast: Cast) -> None:
    browser = _browser(cast.lawyer)
    secret = _set_up_app(browser)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_passkey_is_added_and_is_a_second_factor(cast: Cast) -> None:
    passkey = Passkey()
    _add_passkey(_browser(cast.lawyer), passkey)
    assert queries.has_factor(cast.lawyer.user)
    browser = _elsewhere()
    assert _enter(browser, cast.lawyer) == "/desk/sign-in/second-factor/"
    options = _options(browser, "/desk/sign-in/second-factor/")
    answer = browser.post("/desk/sign-in/second-factor/", {"credential": passkey.get(options)})
    assert answer.headers["Location"] == "/desk/"


def test_a_passkey_alone_opens_the_desk(cast: Cast) -> None:
    passkey = Passkey()
    _add_passkey(_browser(cast.lawyer), passkey)
    browser = _elsewhere()
    asked = browser.get("/desk/sign-in/passkey/", HTTP_ACCEPT="application/json").json()
    credential = passkey.get(asked["request_options"])
    answer = browser.post("/desk/sign-in/passkey/", {"credential": credential})
    assert answer.headers["Location"] == "/desk/"
    assert cast.lawyer.user.name in browser.get("/desk/me/").text


def test_a_passkey_for_another_site_opens_nothing(cast: Cast) -> None:
    passkey = Passkey()
    _add_passkey(_browser(cast.lawyer), passkey)
    passkey.origin = "https://localhost.evil.example"
    browser = _elsewhere()
    asked = browser.get("/desk/sign-in/passkey/", HTTP_ACCEPT="application/json").json()
    browser.post("/desk/sign-in/passkey/", {"credential": passkey.get(asked["request_options"])})
    assert browser.get("/desk/me/").status_code == 302


def test_a_passkey_reopens_the_desk(cast: Cast) -> None:
    passkey, browser = Passkey(), _browser(cast.lawyer)
    _add_passkey(browser, passkey)
    browser.post("/desk/lock/", {"next": "/desk/me/"})
    form = {"credential": passkey.get(_options(browser, "/desk/lock/")), "next": "/desk/me/"}
    assert browser.post("/desk/lock/reopen/", form).headers["Location"] == "/desk/me/"


def test_a_key_that_was_left_plugged_in_reopens_nothing(cast: Cast) -> None:
    passkey, browser = Passkey(), _browser(cast.lawyer)
    _add_passkey(browser, passkey)
    passkey.verifies = False
    browser.post("/desk/lock/", {"next": "/desk/"})
    form = {"credential": passkey.get(_options(browser, "/desk/lock/"))}
    assert browser.post("/desk/lock/reopen/", form).status_code == 200
    assert browser.get("/desk/").headers["Location"].startswith("/desk/lock/")


def test_a_question_that_another_page_asked_reopens_nothing(cast: Cast) -> None:
    passkey, browser = Passkey(), _browser(cast.lawyer)
    _add_passkey(browser, passkey)
    passkey.verifies = False
    options = _options(browser, "/desk/me/confirm/passkey/")
    answer = {"credential": passkey.get(options)}
    asked = browser.session["mfa.webauthn.state"]
    browser.post("/desk/lock/", {"next": "/desk/"})
    assert "mfa.webauthn.state" not in browser.session
    # Even if the lock had come by itself, without a request that could clear it.
    session = browser.session
    session["mfa.webauthn.state"] = asked
    session.save()
    assert browser.post("/desk/lock/reopen/", answer).status_code == 200
    assert browser.get("/desk/").headers["Location"].startswith("/desk/lock/")


@pytest.mark.parametrize("rubbish", ["", "x", "[]", "{}", "null", '{"response": 1}', "[[[[" * 500])
def test_rubbish_in_place_of_a_passkey_is_refused_in_words(cast: Cast, rubbish: str) -> None:
    passkey, browser = Passkey(), _browser(cast.lawyer)
    _add_passkey(browser, passkey)
    stranger = _elsewhere()
    stranger.get("/desk/sign-in/passkey/", HTTP_ACCEPT="application/json")
    answer = stranger.post("/desk/sign-in/passkey/", {"credential": rubbish})
    assert answer.headers["Location"] == "/desk/sign-in/"
    browser.post("/desk/lock/", {"next": "/desk/"})
    browser.get("/desk/lock/")
    assert browser.post("/desk/lock/reopen/", {"credential": rubbish}).status_code == 200


def test_factors_change_only_after_a_fresh_proof(cast: Cast) -> None:
    browser = cast.lawyer.client
    for page in ("app/", "passkey/", "codes/new/"):
        for answer in (browser.get(FACTORS + page), browser.post(FACTORS + page, {"code": "1"})):
            assert answer.headers["Location"].startswith("/desk/me/confirm/?next=")
    wrong = browser.post("/desk/me/confirm/", {"password": "wrong"})
    assert "Құпия сөйлем дұрыс емес" in wrong.text


def test_the_app_can_be_removed_by_its_owner(cast: Cast) -> None:
    browser = _browser(cast.lawyer)
    _set_up_app(browser)
    browser.post(f"{FACTORS}app/remove/")
    assert not Authenticator.objects.exists()
    kinds = [row.payload for row in Entry.objects.filter(action="staff.factor_removed")]
    assert '{"kind":"totp"}' in kinds


def test_a_passkey_can_be_removed_by_its_owner_only(cast: Cast) -> None:
    passkey, browser = Passkey(), _browser(cast.lawyer)
    _add_passkey(browser, passkey)
    number = Authenticator.objects.get(type="webauthn").pk
    assert _browser(cast.adviser).post(f"{FACTORS}passkey/{number}/").status_code == 404
    assert browser.get(f"{FACTORS}passkey/{number}/").status_code == 200
    browser.post(f"{FACTORS}passkey/{number}/")
    assert not queries.has_factor(cast.lawyer.user)


@pytest.fixture
def required(settings: Settings) -> Iterator[None]:
    """Outside training, with a room in which lawyers see people's data."""
    settings.STAFF_SECOND_FACTOR = True
    action = Action("people.see", "See people", frozenset({"lawyer"}), personal=True)
    registry.register(Module(code="people", label="People", actions=(action,)))
    yield
    registry._modules.pop("people")


@pytest.mark.usefixtures("required")
def test_who_sees_people_or_opens_accounts_must_have_a_factor(cast: Cast) -> None:
    for person in (cast.lawyer, cast.administrator):
        for address in ("/desk/", "/desk/search/", "/desk/me/", "/desk/permissions/"):
            assert person.client.get(address).headers["Location"] == FACTORS
        assert (
            "міндетті" in person.client.get(FACTORS).text
            or "керек" in person.client.get(FACTORS).text
        )
    assert cast.shopper.client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("required")
def test_with_a_factor_the_desk_opens(cast: Cast) -> None:
    browser = _browser(cast.lawyer)
    assert browser.get("/desk/").headers["Location"] == FACTORS
    _set_up_app(browser)
    assert browser.get("/desk/").status_code == 200


@pytest.mark.usefixtures("required")
def test_the_last_factor_of_somebody_who_needs_one_stays(cast: Cast) -> None:
    browser = _browser(cast.lawyer)
    _set_up_app(browser)
    page = browser.post(f"{FACTORS}app/remove/")
    assert "Екінші растаусыз болмайды" in page.text
    assert queries.has_factor(cast.lawyer.user)


def test_outside_production_nobody_is_asked(cast: Cast, settings: Settings) -> None:
    assert settings.STAFF_SECOND_FACTOR is False
    assert cast.administrator.client.get("/desk/").status_code == 200


def test_an_administrator_resets_a_lost_telephone(cast: Cast) -> None:
    browser = _browser(cast.lawyer)
    _set_up_app(browser)
    cast.administrator.client.post(f"/desk/accounts/{cast.lawyer.user.key}/reset/")
    assert not Authenticator.objects.exists()
    assert browser.get("/desk/").headers["Location"].startswith("/desk/sign-in/")
    assert _enter(_elsewhere(), cast.lawyer) == "/desk/"
    (row,) = Entry.objects.filter(action="staff.factors_reset")
    assert row.actor == cast.administrator.user.key
    assert row.subject == f"staff:{cast.lawyer.user.key}"


def test_a_new_link_does_not_go_round_the_second_factor(cast: Cast) -> None:
    _set_up_app(_browser(cast.lawyer))
    token = services.make_link(user=cast.lawyer.user, actor=Actor("system"))
    browser, words = _elsewhere(), "лампа озеро верблюд июль"
    answer = browser.post(f"/desk/invitation/{token}/", {"passphrase": words, "again": words})
    assert answer.headers["Location"] == "/desk/sign-in/"
    assert browser.get("/desk/me/").status_code == 302
    assert _enter(browser, cast.lawyer, words) == "/desk/sign-in/second-factor/"


def test_a_factor_sealed_under_another_key_is_no_silent_pass(
    cast: Cast, settings: Settings
) -> None:
    secret = _set_up_app(_browser(cast.lawyer))
    settings.SECRET_KEY = "another"
    cache.clear()
    browser = _elsewhere()
    _enter(browser, cast.lawyer)
    with pytest.raises(ValueError, match="another key"):
        browser.post("/desk/sign-in/second-factor/", {"code": _code(secret)})


def test_a_closed_account_is_told_so(cast: Cast) -> None:
    user = make_user("adviser")
    passkey, browser = Passkey(), sign_in(user)
    _add_passkey(_browser(Person(user, queries.actor_of(user), browser)), passkey)
    services.close_account(user=user, actor=cast.administrator.actor)
    stranger = _elsewhere()
    asked = stranger.get("/desk/sign-in/passkey/", HTTP_ACCEPT="application/json").json()
    form = {"credential": passkey.get(asked["request_options"])}
    answer = stranger.post("/desk/sign-in/passkey/", form)
    assert answer.headers["Location"] == "/desk/sign-in/closed/"
    assert "жабық" in stranger.get("/desk/sign-in/closed/").text
