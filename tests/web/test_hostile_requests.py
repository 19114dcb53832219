"""Requests that no browser of ours sends: each gets a sentence, and none breaks a page."""

import logging
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from baqylau.staff import services
from baqylau.web.middleware import FROM_STRANGERS, STRANGERS_HOUR
from baqylau.web.quiet import KEPT, LONGEST
from tests.cast import PASSPHRASE, Cast, SignIn, make_user

pytestmark = pytest.mark.django_db
ZERO = [
    "/services/?q=a%00b",
    "/districts/%00/",
    "/districts/?anything=%00",
    "/ru/services/?group=%00",
    "/desk/accounts/%00/",
    "/desk/catalogue/acts/?key=%00",
]


@pytest.mark.parametrize("address", ZERO)
def test_a_zero_byte_in_an_address_is_refused_in_words(cast: Cast, address: str) -> None:
    answer = cast.administrator.client.get(address)
    assert answer.status_code == 400
    assert "<h1" in answer.text
    code = "ru" if address.startswith("/ru/") else "kk"
    assert f'<html lang="{code}">' in answer.text


def test_a_zero_byte_in_a_cookie_is_refused_before_the_database_is_asked(client: Client) -> None:
    client.cookies["desk"] = "\0" * 32
    assert client.get("/desk/").status_code == 400


FORMS = [
    ("/desk/catalogue/", {"kind": "service", "code": "a\0b"}),
    ("/desk/language/", {"language": "kk", "next": "/desk/\0"}),
    ("/desk/accounts/invite/", {"email": "a@example.org", "na\0me": "x"}),
    ("/desk/quiet/", {"next": "\0"}),
]


@pytest.mark.parametrize(("address", "form"), FORMS)
@pytest.mark.parametrize("kind", ["multipart", "words"])
def test_a_zero_byte_in_a_form_is_refused_in_words(
    sign_in: SignIn, address: str, form: dict[str, str], kind: str
) -> None:
    client = sign_in("administrator", "editor", language="ru")
    if kind == "words":
        sent = client.post(address, urlencode(form), "application/x-www-form-urlencoded")
    else:
        sent = client.post(address, form)
    assert sent.status_code == 400
    assert "нулевой байт" in sent.text


def test_a_zero_byte_that_a_stranger_sends_is_refused(client: Client) -> None:
    answer = client.post("/desk/sign-in/", {"login": "a\0@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "нөлдік байт" in answer.text


@pytest.mark.parametrize("address", ["/desk/sign-in/", "/desk/", "/desk/lock/", "/desk/nothing/"])
def test_a_page_for_strangers_leaves_no_row_and_its_form_still_works(
    client: Client, address: str
) -> None:
    answer = client.get(address, follow=True)
    assert not Session.objects.exists()
    assert "desk" not in answer.client.cookies
    secret = answer.client.cookies.get("desk_form")
    if secret is not None:
        assert (secret["path"], secret["httponly"]) == ("/desk/", True)


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_a_stranger_signs_in_with_a_token_of_the_cookie_and_then_has_one_of_the_session() -> None:
    user = make_user("adviser")
    browser = Client(enforce_csrf_checks=True)
    form = {"login": user.email, "password": PASSPHRASE}
    assert browser.post("/desk/sign-in/", form).status_code == 403
    token = _token(browser.get("/desk/sign-in/").text)
    assert (
        Client(enforce_csrf_checks=True)
        .post("/desk/sign-in/", {**form, "csrfmiddlewaretoken": token})
        .status_code
        == 403
    )
    sent = browser.post("/desk/sign-in/", {**form, "csrfmiddlewaretoken": token})
    assert sent.status_code == 302
    assert browser.session.get_expiry_age() > STRANGERS_HOUR
    strangers = browser.cookies["desk_form"].value
    stale = {"language": "ru", "csrfmiddlewaretoken": token}
    assert browser.post("/desk/language/", stale).status_code == 403
    fresh = _token(browser.get("/desk/me/").text)
    assert (
        browser.post("/desk/language/", {**stale, "csrfmiddlewaretoken": fresh}).status_code == 302
    )
    assert browser.cookies["desk_form"].value == strangers
    assert browser.session["_csrftoken"] != strangers


@pytest.mark.parametrize("secret", ["", "x", "a" * 31, "a" * 64, "é" * 32, "a" * 31 + ";"])
def test_a_made_up_cookie_opens_no_form(secret: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["desk_form"] = secret.encode("ascii", "backslashreplace").decode()
    sent = browser.post("/desk/sign-in/", {"csrfmiddlewaretoken": secret, "login": "x"})
    assert sent.status_code == 403


def test_what_a_stranger_must_leave_is_kept_for_an_hour(client: Client) -> None:
    client.post("/desk/language/", {"language": "ru"})
    assert client.session["language"] == "ru"
    assert client.session.get_expiry_age() <= STRANGERS_HOUR
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert "1 sessions" in services.tidy()
    assert not Session.objects.exists()


def test_a_strangers_session_lasts_a_shift_once_they_have_signed_in(client: Client) -> None:
    client.post("/desk/language/", {"language": "ru"})
    client.force_login(make_user("adviser"))
    client.get("/desk/")
    client.post("/desk/language/", {"language": "kk"})
    assert client.session.get_expiry_age() > STRANGERS_HOUR


@pytest.mark.parametrize("word", ["home", "nothing", "desk", "http:x", "\\", "²"])
def test_a_word_is_no_address_to_go_back_to(cast: Cast, word: str) -> None:
    client = cast.adviser.client
    answer = client.post("/desk/language/", {"language": "kk", "next": word})
    assert answer.headers["Location"] == "/desk/"
    client.post("/desk/quiet/", {"next": word})
    assert client.get("/desk/quiet/?back").headers["Location"] == "/desk/"


def test_what_a_stranger_leaves_at_the_harmless_screen_is_short(client: Client) -> None:
    client.post("/desk/quiet/", {"next": "/" * 50_000})
    assert len(client.session[KEPT]) == LONGEST


def test_a_strangers_large_form_is_refused_unread(cast: Cast) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.get("/desk/sign-in/")
    answer = stranger.post("/desk/sign-in/", {"login": "x" * FROM_STRANGERS})
    assert answer.status_code == 403
    assert not hasattr(answer.wsgi_request, "_post"), "the form was read"
    sent = cast.editor.client.post("/desk/language/", {"next": "/x" * FROM_STRANGERS})
    assert sent.status_code == 302


def test_the_log_of_a_refused_form_does_not_name_a_links_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        stranger = Client(enforce_csrf_checks=True)
        assert stranger.post("/desk/invitation/secret-token/", {}).status_code == 403
    assert "secret-token" not in caplog.text
