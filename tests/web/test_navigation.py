"""The desk's navigation: one line for the daily work, the rest under "More"."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from baqylau.kernel.modules import Action, MenuItem, Module, registry
from baqylau.kernel.roles import STAFF
from baqylau.web.context import DAILY_MOST
from tests.cast import Cast, SignIn

# Who prepares keys is warned on the worklist of what the sealed database knows of them.
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
LINE = re.compile(r"<li(?: class=\"wide\")?><a href=\"([^\"]+)\"")
PAGES = ("/desk/", "/desk/catalogue/", "/desk/keys/")


def parts(page: str) -> tuple[list[str], list[str], list[str]]:
    """Addresses in the line, under "More" on a wide screen, and under "More" on a telephone."""
    menu = page.partition('<ul class="menu">')[2].partition("</nav>")[0]
    line, _, more = menu.partition('<li class="more')
    entries = re.findall(r'<li( class="narrow")?><a href="([^"]+)"', more)
    wide = [address for narrow, address in entries if not narrow]
    return LINE.findall(line), wide, [address for _narrow, address in entries]


@pytest.fixture
def ten_rooms() -> Iterator[None]:
    """Rooms to come: as many daily places as nobody should have."""
    action = Action("many.see", "See", STAFF)
    pages = ("staff_mine", "staff_kept", "staff_permissions", "desk_keys", "desk_search")
    menu = [MenuItem(page, page, "many.see", order=n) for n, page in enumerate(pages, 1)]
    registry.register(Module(code="many", label="Many", actions=(action,), menu=menu))
    yield
    registry._modules.pop("many")


@pytest.mark.parametrize("role", ["adviser", "lawyer", "editor", "administrator", "coordinator"])
@pytest.mark.parametrize("address", PAGES)
def test_every_place_is_in_the_line_or_under_more_and_none_is_lost(
    sign_in: SignIn, ten_rooms: None, role: str, address: str
) -> None:
    line, wide, telephone = parts(sign_in(role).get(address).text)
    assert line[0] == "/desk/"
    assert len(line) <= DAILY_MOST + 1
    assert not set(line) & set(wide)
    assert set(line) | set(wide) == {"/desk/", *telephone}
    assert len(telephone) == len(set(telephone))


def test_the_page_that_is_open_stands_in_the_line(cast: Cast, ten_rooms: None) -> None:
    page = cast.administrator.client.get("/desk/accounts/").text
    line, wide, _telephone = parts(page)
    assert "/desk/accounts/" in line
    assert "/desk/settings/" in wide
    marked = re.findall(r'href="([^"]+)" aria-current="page"', page)
    assert set(marked) == {"/desk/accounts/"}


def test_the_daily_work_comes_first_and_in_its_order(cast: Cast, ten_rooms: None) -> None:
    line, _wide, _telephone = parts(cast.outsider.client.get("/desk/").text)
    assert line == ["/desk/"]
    line, _wide, _telephone = parts(cast.member.client.get("/desk/").text)
    assert line == ["/desk/", "/desk/me/", "/desk/kept/"]


def test_of_long_names_as_many_stand_in_the_line_as_fit(cast: Cast) -> None:
    menu = [
        MenuItem("staff_mine", "n" * 20, "many.see", order=1),
        MenuItem("staff_kept", "m" * 20, "many.see", order=2),
        MenuItem("desk_keys", "A name of very many letters indeed", "many.see", order=90),
    ]
    action = Action("many.see", "See", STAFF)
    registry.register(Module(code="long", label="Long", actions=(action,), menu=menu))
    try:
        client = cast.member.client
        assert parts(client.get("/desk/").text)[0] == ["/desk/", "/desk/me/"]
        assert parts(client.get("/desk/kept/").text)[0] == ["/desk/", "/desk/kept/"]
        line, wide, _telephone = parts(client.get("/desk/keys/").text)
        assert line == ["/desk/", "/desk/keys/"]
        assert {"/desk/me/", "/desk/kept/"} <= set(wide)
    finally:
        registry._modules.pop("long")


def test_of_two_places_that_fit_only_the_nearer_is_marked(cast: Cast) -> None:
    near = MenuItem("desk_keys", "Keys", "staff.accounts", order=1)
    far = MenuItem("staff_accounts", "People", "staff.accounts", order=2)
    inner = MenuItem("staff_invite", "Invite", "staff.accounts", order=3)
    registry.register(Module(code="near", label="Near", menu=(near, far, inner)))
    try:
        page = cast.administrator.client.get("/desk/accounts/invite/").text
    finally:
        registry._modules.pop("near")
    assert set(re.findall(r'href="([^"]+)" aria-current="page"', page)) == {
        "/desk/accounts/invite/"
    }


def test_what_a_day_begins_with_is_a_button_on_the_worklist(cast: Cast, ten_rooms: None) -> None:
    start = MenuItem("staff_mine", "Begin here", "many.see", order=1, key="q", is_start=True)
    registry.register(Module(code="start", label="Start", menu=(start,)))
    try:
        page = cast.member.client.get("/desk/").text
    finally:
        registry._modules.pop("start")
    assert '<a class="button" href="/desk/me/">Begin here <kbd>g</kbd> <kbd>q</kbd></a>' in page
    assert "Begin here <kbd>" not in cast.outsider.client.get("/desk/").text


def test_each_letter_opens_one_place(cast: Cast, ten_rooms: None) -> None:
    for person in (cast.adviser, cast.administrator, cast.lawyer):
        letters = re.findall(r'data-key="(\w)"', person.client.get("/desk/").text)
        assert len(letters) == len(set(letters)) > 1


def test_more_is_hidden_on_a_wide_screen_where_it_would_be_empty(cast: Cast) -> None:
    few = cast.outsider.client.get("/desk/").text
    assert '<li class="more narrow">' in few
    many = cast.administrator.client.get("/desk/").text
    assert '<li class="more">' in many


def test_a_stranger_has_no_navigation(client: Client) -> None:
    assert '<ul class="menu">' not in client.get("/desk/sign-in/").text
