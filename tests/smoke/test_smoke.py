"""Every page that can be asked for plainly answers, whoever asks and whichever rooms are there."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import table
from tests.addresses import addresses
from tests.modules import NAMES

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
PREFIXES = {"kk": "/", "ru": "/ru/", "en": "/en/"}
ANSWERS = {200, 301, 302, 404, 405}
"""404: a page about something that is not there yet; 405: a form's target."""


@pytest.mark.parametrize(("code", "prefix"), PREFIXES.items())
def test_every_public_page_answers_in_each_language(client: Client, code: str, prefix: str) -> None:
    pages = [page for page in addresses() if page.is_plain and not page.is_desk]
    assert any(page.name == "home" for page in pages)
    for page in pages:
        answer = client.get(f"{prefix}{page.route}")
        assert answer.status_code in ANSWERS, page.route
        assert not answer.cookies, page.route
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert f'<html lang="{code}">' in answer.text, page.route


def test_a_stranger_reads_no_page_of_the_desk(client: Client) -> None:
    public = settings.LOGIN_URL
    for page in addresses():
        if page.is_desk and page.is_plain:
            answer = client.get(f"/{page.route}")
            is_sign_in = answer.status_code == 200 and _needs_no_account(page.route)
            refused = answer.status_code in {302, 403, 404, 405} or is_sign_in
            assert refused, f"{page.route} answers {answer.status_code}; sign-in is {public}"


def _needs_no_account(route: str) -> bool:
    """Pages for those who are not signed in yet, and the screen that shows nothing."""
    return route.startswith(("desk/sign-in/", "desk/passphrase/", "desk/quiet/", "desk/invitation"))


def test_no_door_and_no_menu_leads_nowhere(client: Client) -> None:
    for door in registry.gather("doors"):
        for code in PREFIXES:
            with translation.override(code):
                assert client.get(reverse(door.url_name)).status_code == 200, door.url_name
    for item in registry.gather("menu"):
        assert reverse(item.url_name).startswith("/desk/"), item.url_name


def test_every_menu_and_every_action_is_in_the_permission_table() -> None:
    known = table()
    assert all(item.action in known for item in registry.gather("menu"))
    assert all(action.roles for action in known.values())


def test_only_installed_modules_have_a_room() -> None:
    modules = {name.rsplit(".", 1)[-1] for name in settings.BAQYLAU_MODULES}
    possible = {name.rsplit(".", 1)[-1] for name in (*NAMES, "sample")}
    assert {room.code for room in registry} & possible == modules
