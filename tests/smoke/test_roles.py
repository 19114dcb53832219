"""Every page of the desk, asked for by every role: the permission table decides, and nothing else.

The pages come from the table of addresses and the actions from the views themselves, so a page
that is added tomorrow is walked too.
"""

import pytest
from django.test import Client

from baqylau.kernel.permissions import table
from baqylau.kernel.roles import Role
from tests.addresses import Address, addresses
from tests.cast import make_person, make_user, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])

ANSWERS = {200, 302, 400, 403, 404, 405}
NOWHERE = {
    "int": "7",
    "str": "x",
    "slug": "x",
    "consultation": "2026-999999",
    "opaque": "0" * 32,
    "ordinal": "7",
    "closed_period": "2026-Q3",
}
HUGE = {
    "int": "9" * 30,
    "str": "9" * 30,
    "slug": "9" * 30,
    "consultation": "2099-9999999",
    "opaque": "f" * 32,
    "ordinal": "9" * 6,
    "closed_period": "2999-12",
}
ASTRAY = {
    "int": "0",
    "str": "%F0%9F%98%80",
    "slug": "-",
    "consultation": "2000-0",
    "opaque": "%D9%A3" * 32,
    "ordinal": "%D9%A3",
    "closed_period": "1000",
}
QUERIES = (
    "page=-1",
    "page=" + "9" * 40,
    "page=%C2%B2&version=%C2%B2&number=%D9%A3",
    "q=%FF%FE&kind=%FF&language=%ED%A0%80&lack=%27",
    "q=" + "%D2%9B" * 500,
    "q=%25%25s%5C&key=%F0%9F%98%80&missed=%C2%B2&service=%27&version=-1",
    "next=" + "9" * 40,
)
"""What the pages read, with values that no link of ours has."""

OWN_DOORS = frozenset(
    {
        "calendar_feed",
        "desk_language",
        "desk_quiet",
        "events_feed",
        "staff_accept",
        "staff_lock",
        "staff_reopen",
        "staff_change",
        "staff_leave",
        "staff_present",
    }
)
"""Our pages for whoever stands before the screen, signed in or not, or carries a secret address."""


def _desk_pages() -> list[Address]:
    return [page for page in addresses() if page.is_desk]


def _action(page: Address) -> str | None:
    """The action that the view asks for; "" for everybody at the desk; None without `@desk`."""
    return getattr(page.view, "action", None)


def test_every_page_of_the_desk_asks_who_comes_or_is_named_here() -> None:
    bare = {page.name for page in _desk_pages() if _action(page) is None and _is_ours(page)}
    doors = {page.name for page in addresses()}
    assert bare == OWN_DOORS & doors
    assert all(_action(page) in table() for page in _desk_pages() if _action(page))


def _is_ours(page: Address) -> bool:
    return bool(page.view and page.view.__module__.startswith("baqylau."))


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_the_pages_of_its_actions_and_is_refused_the_others(role: Role) -> None:
    client = make_person(role).client
    held = {code for code, action in table().items() if role in action.roles}
    for page in _desk_pages():
        if page.name == "account_logout":
            continue
        answer = client.get(page.filled(NOWHERE))
        assert answer.status_code in ANSWERS, page.route
        action = _action(page)
        if action and action not in held:
            assert answer.status_code in {403, 405}, f"{page.route} answers {role}"
        elif action:
            assert answer.status_code != 403, f"{page.route} refuses {role}"


def test_what_a_page_does_when_it_is_sent_is_refused_to_those_without_its_action() -> None:
    client = make_person().client
    for page in _desk_pages():
        if _action(page):
            answer = client.post(page.filled(NOWHERE), {"anything": "x"})
            assert answer.status_code in {403, 405}, page.route


@pytest.mark.parametrize("values", [HUGE, ASTRAY])
def test_no_address_breaks_a_page(client: Client, values: dict[str, str]) -> None:
    everything = sign_in(make_user(*Role))
    for page in addresses():
        browser = everything if page.is_desk else client
        if not page.is_plain:
            answer = browser.get(page.filled(values))
            assert answer.status_code in ANSWERS | {410}, page.route


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_a_page(client: Client, query: str) -> None:
    everything = sign_in(make_user(*Role))
    for page in addresses():
        browser = everything if page.is_desk else client
        if page.is_plain and page.name != "account_logout":
            answer = browser.get(f"/{page.route}?{query}")
            assert answer.status_code in ANSWERS, page.route
