"""What browsers are told with every answer: policies, cookies, what may be stored."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import Settings

from baqylau.kernel.roles import Role
from baqylau.web import errors
from tests.addresses import addresses
from tests.cast import PASSPHRASE, Cast, make_user, sign_in
from tests.security.csp import faults, faults_of_file
from tests.security.records import Places, filled
from tests.security.walking import UNWALKED, desk_pages, send

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])

PREFIXES = ("/", "/ru/", "/en/")
TYPES = ("text/html", "text/plain", "text/csv", "text/css", "text/javascript", "application/",
         "image/")  # fmt: skip
REFERRERS = {"same-origin", "strict-origin", "no-referrer"}
"""Policies under which no other site learns more than our name."""
COOKIES = {"desk", "desk_form", "desk_browser", "report_key"}
"""Every cookie that there is, all of them below /desk/."""


def told(address: str, answer: HttpResponseBase, *, is_desk: bool) -> Iterator[str]:
    """What is wrong with the headers of an answer."""
    header = answer.headers.get("Content-Security-Policy", "")
    if header.startswith("sandbox"):
        wrong = faults_of_file(header)
    else:
        wrong = faults(header, scripts=is_desk)
    yield from (f"{address}: {fault}" for fault in wrong)
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for name, value in wanted.items():
        if answer.headers.get(name) != value:
            yield f"{address}: {name} is {answer.headers.get(name)}"
    if answer.headers.get("Referrer-Policy") not in REFERRERS:
        yield f"{address}: other sites learn the whole address"
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        yield f"{address}: the page may ask for the camera"
    if is_desk and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield f"{address}: a page of the desk may be stored"
    if answer.headers.get("Server") or answer.headers.get("X-Powered-By"):
        yield f"{address}: it says what it runs on"
    if answer.headers.get("Access-Control-Allow-Origin") and is_desk:
        yield f"{address}: other sites may read the desk"
    yield from _cookies(address, answer, is_desk=is_desk)


def _cookies(address: str, answer: HttpResponseBase, *, is_desk: bool) -> Iterator[str]:
    for name, cookie in answer.cookies.items():
        if not is_desk:
            yield f"{address}: the public site sets {name}"
        if name not in COOKIES:
            yield f"{address}: nobody knows the cookie {name}"
        if not cookie["path"].startswith("/desk/") or cookie["domain"]:
            yield f"{address}: {name} goes to {cookie['domain']}{cookie['path']}"
        if cookie["samesite"] not in {"Lax", "Strict"} or not cookie["httponly"]:
            yield f"{address}: {name} is open to scripts or to other sites"
        if not cookie["secure"] and cookie["max-age"] != 0:
            yield f"{address}: {name} travels in clear"


@pytest.fixture(autouse=True)
def _by_https(settings: Settings) -> None:
    """The site as people reach it in production."""
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_every_page_of_the_desk_tells_browsers_what_is_forbidden(
    places: Places, cast: Cast
) -> None:
    everything = sign_in(make_user(*Role))
    wrong: list[str] = []
    for page in desk_pages():
        address = filled(page, places)
        if address and page.name not in UNWALKED:
            answer = send(everything, address, "GET")
            assert answer.status_code < 500, address
            wrong += told(address, answer, is_desk=True)
            wrong += told(address, send(Client(), address, "GET"), is_desk=True)
    assert wrong == []


def test_every_public_page_tells_browsers_what_is_forbidden(places: Places) -> None:
    wrong: list[str] = []
    for page in addresses():
        if page.is_desk:
            continue
        address = filled(page, PUBLIC_PLACES) or page.filled({"str": "x"})
        for prefix in PREFIXES:
            answer = Client().get(prefix + address.removeprefix("/"))
            assert answer.status_code < 500, address
            wrong += told(prefix + page.route, answer, is_desk=False)
            if "html" not in answer.headers["Content-Type"]:
                assert answer.headers["Content-Type"].startswith(TYPES), page.route
    assert wrong == []


PUBLIC_PLACES: Places = {
    "institutions/": {"code": "0000000a"},
    "districts/": {"kato": "311000000"},
    "numbers/": {"code": "casework.opened", "period": "2026-Q2", "by": "district"},
    "calendar/": {"year": "2026"},
    "services/": {"slug": "s05", "number": "1"},
    "news/": {"code": "x", "digest": "x"},
}


@pytest.mark.parametrize("address", ["/nowhere/", "/desk/nowhere/", "/ru/nowhere/"])
def test_a_page_that_is_not_there_tells_the_same(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code in {302, 404}
    assert list(told(address, answer, is_desk=address.startswith("/desk/"))) == []


def test_a_page_that_breaks_tells_the_same(settings: Settings, cast: Cast) -> None:
    broken = Client(raise_request_exception=False)
    settings.ROOT_URLCONF = "tests.security.broken"
    for address, is_desk in (("/broken/", False), ("/desk/broken/", True)):
        answer = broken.get(address)
        assert answer.status_code == 500
        assert list(told(address, answer, is_desk=is_desk)) == []


def test_the_cookies_of_a_day_at_the_desk_are_the_four_that_are_known(cast: Cast) -> None:
    user, browser = make_user("adviser"), Client()
    wrong: list[str] = []
    seen: set[str] = set()
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/desk/sign-in/", {}),
        ("POST", "/desk/sign-in/", {"login": user.email, "password": PASSPHRASE}),
        ("GET", "/desk/", {}),
        ("POST", "/desk/language/", {"language": "ru"}),
        ("POST", "/desk/lock/", {}),
        ("POST", "/desk/lock/leave/", {}),
    ]
    for method, address, form in steps:
        answer = browser.post(address, form) if method == "POST" else browser.get(address)
        wrong += told(address, answer, is_desk=True)
        seen |= set(answer.cookies)
    assert wrong == []
    assert {"desk", "desk_form"} <= seen


def test_a_cookie_that_is_set_wrongly_is_found(rf: RequestFactory) -> None:
    with translation.override("kk"):
        answer = errors.not_found(rf.get("/"))
    answer.set_cookie("stray", "1")
    found = " ".join(told("/", answer, is_desk=False))
    for fault in ("sets stray", "nobody knows", "goes to", "open to scripts", "travels in clear"):
        assert fault in found
