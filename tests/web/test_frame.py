"""The frame that every page stands in."""

import pytest
from django.test import Client

# Rooms put what they hold on the home page.
pytestmark = pytest.mark.django_db
LANGUAGES = {"kk": "/", "ru": "/ru/", "en": "/en/"}


@pytest.mark.parametrize(("code", "address"), LANGUAGES.items())
def test_the_home_page_speaks_each_language(client: Client, code: str, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == code
    assert f'<html lang="{code}">' in answer.text


def test_the_public_site_sets_no_cookie(client: Client) -> None:
    for address in (*LANGUAGES.values(), "/ru/sample/", "/nowhere/"):
        assert not client.get(address).cookies


def test_an_unknown_page_is_told_in_the_language_of_its_address(client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404
    assert '<html lang="ru">' in client.get("/ru/nowhere/").text


def test_the_language_switch_keeps_the_page_and_its_query(client: Client) -> None:
    page = client.get("/?q=1").text
    assert 'href="/ru/?q=1"' in page


def test_a_refusal_is_a_sentence_with_its_own_status(client: Client) -> None:
    answer = client.get("/sample/?refuse")
    assert answer.status_code == 400
    assert "The sample refuses this." in answer.text


def test_a_stranger_is_sent_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/desk/sample/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/sign-in/?next=/desk/sample/"


def test_the_public_policy_allows_no_script(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_health_answers_json(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(("code", "home"), LANGUAGES.items())
def test_a_lost_resident_is_led_back_from_the_sign_in_page(
    client: Client, code: str, home: str
) -> None:
    client.post("/desk/language/", {"language": code})
    page = client.get("/desk/sign-in/").text
    words = {
        "kk": "қажеті жоқ",
        "ru": "не нужна",
        "en": "need no account",
    }
    assert words[code] in page
    main = page.partition("<main")[2]
    assert f'<a href="{home}">' in main
