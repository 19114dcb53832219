"""Requests that no browser of ours sends: each gets a sentence, and none breaks a page."""

import logging

import pytest
from django.test import Client

from baqylau.web.middleware import FROM_STRANGERS
from baqylau.web.quiet import KEPT, LONGEST
from tests.cast import Cast

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
