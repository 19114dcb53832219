"""The commissioner's official reads accounts and gated figures, and nothing else at all."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.services import making, sealing
from baqylau.figures.queries.definitions import figures
from baqylau.figures.services import catch_up
from baqylau.kernel import clock
from baqylau.kernel.permissions import table
from baqylau.kernel.roles import Role
from tests.accountability import peopling, reporting
from tests.accountability.reporting import NOW
from tests.addresses import Address, addresses
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])

THEIR_OWN = {
    # The frame: an empty worklist, a search that finds nothing, keys, the harmless screen.
    "desk",
    "desk_keys",
    "desk_quiet",
    "desk_search",
    "desk_style",
    # Tables that they may bring (none), and which role may do what: nobody is named there.
    "imports",
    "staff_permissions",
    # Their own account: passphrase, second factor, what the browser keeps.
    "account_inactive",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "staff_change",
    "staff_kept",
    "staff_mine",
    "staff_passphrase",
    "staff_pin",
    # What they are here for.
    "figure",
    "figure_table",
    "figures",
    "progress",
    "progress_list",
    "received",
    "received_account",
    "received_content",
    "received_document",
}
"""Every page of the desk that answers an official who asks for it."""
ACTIONS = {
    "accountability.answer",
    "accountability.received",
    "figures.plan",
    "figures.see",
    "staff.permissions",
}
"""Every row of the permission table that has the official in it."""
MENU = ["Кезектегі жұмыс", "Келген есептер", "Көрсеткіштер", "Жоспар мен орындалуы"]


@pytest.fixture
def account(desk: None, cast: Cast, tmp_path: Path, settings: Settings) -> Iterator[Account]:
    """An account that was sent, in a programme full of people."""
    settings.FILES_ROOT = tmp_path / "files"
    with clock.frozen(NOW):
        row = peopling.plant(cast)
        reporting.close_quarter()
        for person in (cast.coordinator, cast.lawyer):
            seen = reporting.seen(row, person.actor)
            sealing.approve(actor=person.actor, account=row, seen=seen)
        row = sealing.seal(actor=cast.coordinator.actor, account=row)
        making.make(actor=cast.coordinator.actor, account=row, progress=lambda _d, _t: None)
        sealing.send(actor=cast.coordinator.actor, account=row)
        catch_up()
        yield queries.account(row.pk)


def held(page: Address) -> bool:
    """Whether the table would let the official in, or the page asks for no action at all."""
    action = getattr(page.view, "action", None)
    return not action or action in ACTIONS


def filled(page: Address, account: Account) -> Iterator[str]:
    """The page's addresses with keys of real records in them, in all their mixtures."""
    places = re.findall(r"<(\w+):(\w+)>", page.route)
    if not places:
        yield page.filled({"str": ""})
        return
    real = peopling.real(account)
    for values in product(*(real.get(kind, real["str"]) for kind, _name in places)):
        route = page.route
        for (kind, name), value in zip(places, values, strict=True):
            route = route.replace(f"<{kind}:{name}>", value, 1)
        yield Address(page.name, route, page.is_desk).filled({"str": ""})
        if not held(page):
            # The table turns away before anything is looked up: one address stands for all.
            return


def read(answer: HttpResponseBase) -> str:
    """All that an answer says."""
    if isinstance(answer, StreamingHttpResponse):
        content = b"".join(map(bytes, answer))
    else:
        content = answer.content if isinstance(answer, HttpResponse) else b""
    return content.decode(errors="replace") + str(answer.headers)


def test_an_official_opens_a_short_list_of_pages_and_sees_nobody(
    account: Account, cast: Cast
) -> None:
    browser = cast.official.client
    opened = set()
    for page in addresses():
        if page.name == "account_logout":
            continue
        for address in filled(page, account):
            answer = browser.get(address)
            text = read(answer)
            assert peopling.found(text) == [], address
            if page.is_desk and answer.status_code == 200:
                opened.add(page.name)
    assert (opened - THEIR_OWN, THEIR_OWN - opened) == (set(), set())


def test_the_permission_table_has_the_official_in_five_rows() -> None:
    assert {code for code, row in table().items() if Role.OFFICIAL in row.roles} == ACTIONS
    assert not any(row.personal for code, row in table().items() if code in ACTIONS)


def test_what_an_official_sends_changes_nothing_but_their_answer(
    account: Account, cast: Cast
) -> None:
    for page in addresses():
        if page.is_desk and getattr(page.view, "action", None) not in {None, "", *ACTIONS}:
            for address in filled(page, account):
                answer = cast.official.client.post(address, {"anything": "x"})
                assert answer.status_code in {403, 405}, address


def test_the_menu_of_an_official_leads_to_their_pages_alone(account: Account, cast: Cast) -> None:
    page = cast.official.client.get("/desk/")
    assert [str(item["label"]) for item in page.context["desk_menu"]] == MENU


def test_search_finds_an_official_nothing(account: Account, cast: Cast) -> None:
    for query in ("Зейнепмаркер", "7019876543", "ЖТ-2026-77777", "2026", "а"):
        found = cast.official.client.get("/desk/search/", {"q": query}).context["hits"]
        assert found == [], query


def test_figures_reach_an_official_through_the_gate(account: Account, cast: Cast) -> None:
    for figure in figures():
        for by in ["", *(each.code for each in figure.dimensions)]:
            query = {"period": account.period, "by": by, "all": "1"}
            page = cast.official.client.get(reverse("figure", args=[figure.code]), query)
            # What everybody can read leads to the public list, and everything else nowhere.
            assert page.context["is_open"] is figure.has_public_records
            leads = {row["row"].url for row in page.context["rows"] if row["row"].url}
            assert figure.has_public_records or not leads
            assert not any(url.startswith("/desk/") for url in leads)
            assert peopling.found(read(page)) == []


@pytest.mark.parametrize("state", ["draft", "sealed"])
def test_an_account_that_was_not_sent_is_not_there_for_an_official(
    account: Account, cast: Cast, state: str
) -> None:
    changes = {"digest": "", "content": {}} if state == "draft" else {}
    Account.objects.filter(pk=account.pk).update(state=state, **changes)
    browser: Client = cast.official.client
    for name, args in (
        ("received_account", [account.pk]),
        ("received_content", [account.pk]),
        ("received_document", [account.pk, "kk", "pdf"]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 404
    listed = browser.get(reverse("received")).content.decode()
    assert reverse("received_account", args=[account.pk]) not in listed
