"""No address of ours leads whoever follows it to another site."""

import ast
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from baqylau.kernel.roles import Role
from tests.addresses import addresses
from tests.cast import PASSPHRASE, make_user, sign_in
from tests.consistency.source import files, tree
from tests.security.walking import UNWALKED, send
from tests.smoke.test_roles import NOWHERE

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])

HOSTILE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example/",
    "\t//evil.example/",
    "/\t/evil.example/",
    "//evil.example\\@testserver/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//[::1]/",
    "evil.example",
    "/%09/evil.example",
    "/desk/..//evil.example/",
)
NAMES = ("next", "back", "then", "url", "return", "to", "continue", "page", "from")
"""Parameters by which sites are commonly told where to lead."""
GOOD = "/desk/keys/"


def leads_away(answer: HttpResponseBase) -> bool:
    """Whether a browser that follows the answer would leave the site.

    Browsers drop tabs and line ends and read a backslash as a stroke. Source: WHATWG URL Standard.
    """
    place = answer.headers.get("Location", "")
    plain = place.translate({9: None, 10: None, 13: None}).strip().replace("\\", "/")
    parts = urlsplit(plain)
    is_ours = not parts.netloc or parts.netloc == "testserver"
    return bool(place) and not (is_ours and parts.scheme in {"", "http", "https"})


def _ask(browser: Client, address: str, method: str, value: str) -> HttpResponseBase:
    """What a browser is answered that asks for the address with the value under every name."""
    words = urlencode(dict.fromkeys(NAMES, value))
    return send(browser, f"{address}?{words}", method, words)


def test_no_address_leads_away_whatever_it_is_told() -> None:
    values, everybody = cycle(HOSTILE), sign_in(make_user(*Role))
    away = []
    for page in addresses():
        if page.name in UNWALKED:
            continue
        for browser in (everybody, Client()) if page.is_desk else (Client(),):
            for method in ("GET", "POST"):
                value = next(values)
                if leads_away(_ask(browser, page.filled(NOWHERE), method, value)):
                    away.append(f"{method} {page.route} for {value!r}")
    assert away == []


@pytest.mark.parametrize("value", HOSTILE)
def test_pages_that_lead_on_lead_to_pages_of_ours(value: str) -> None:
    user = make_user("adviser")
    browser = sign_in(user)
    answers = [
        browser.post("/desk/language/", {"language": "kk", "next": value}),
        browser.post("/desk/quiet/", {"next": value}),
        browser.get("/desk/quiet/?back"),
        browser.post("/desk/me/confirm/", {"password": PASSPHRASE, "next": value}),
        browser.post("/desk/lock/", {"next": value}),
        browser.post("/desk/lock/reopen/", {"secret": "0000", "next": value}),
        browser.post("/desk/lock/leave/", {"next": value}),
    ]
    form = {"login": user.email, "password": PASSPHRASE, "next": value}
    answers.append(Client().post("/desk/sign-in/", form))
    assert answers[-1].status_code == 302, "the person signed in"
    assert [each.headers.get("Location") for each in answers if leads_away(each)] == []


def test_the_same_pages_lead_to_an_address_of_ours() -> None:
    user = make_user("adviser")
    form = {"login": user.email, "password": PASSPHRASE, "next": GOOD}
    assert Client().post("/desk/sign-in/", form).headers["Location"] == GOOD
    answer = sign_in(user).post("/desk/language/", {"language": "kk", "next": GOOD})
    assert answer.headers["Location"] == GOOD


@pytest.mark.parametrize("place", HOSTILE[:13])
def test_the_judge_sees_that_an_answer_leads_away(place: str) -> None:
    answer = HttpResponse(status=302)
    answer.headers["Location"] = place.strip()
    assert leads_away(answer) or not urlsplit(place).netloc


REDIRECTING = {"redirect", "HttpResponseRedirect", "HttpResponsePermanentRedirect"}
CHECKED = {"own_address", "back_to", "urlencode", "_then", "address", "reverse"}
"""Functions that give an address of ours whatever they are given."""


def _unchecked(path: Path) -> list[str]:
    """Redirects to something that was sent, which no function of `CHECKED` has looked at."""
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _named(node.func) in REDIRECTING and _is_raw(node.args)
    ]


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _is_raw(nodes: Sequence[ast.AST]) -> bool:
    """Whether what somebody sent stands there as it is."""
    for node in nodes:
        if isinstance(node, ast.Call) and _named(node.func) in CHECKED:
            continue
        if isinstance(node, ast.Attribute) and node.attr in {"GET", "POST", "META", "COOKIES"}:
            return True
        if _is_raw(list(ast.iter_child_nodes(node))):
            return True
    return False


def test_no_view_leads_to_what_was_sent_unless_it_was_looked_at() -> None:
    assert [where for path in files() for where in _unchecked(path)] == []


@pytest.mark.parametrize(
    ("line", "is_raw"),
    [
        ("redirect(request.GET['next'])", True),
        ("redirect(request.POST.get('next', '') or '/')", True),
        ("HttpResponseRedirect(f'//{request.META[\"HTTP_HOST\"]}')", True),
        ("redirect(own_address(request, request.GET['next']))", False),
        ("redirect('desk')", False),
    ],
)
def test_the_search_for_raw_redirects_is_not_blind(line: str, is_raw: bool) -> None:
    call = ast.parse(line, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _is_raw(call.args) is is_raw
