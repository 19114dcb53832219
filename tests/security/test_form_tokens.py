"""Nothing is sent to the site but from its own forms: every address, with no token and a wrong one.

At the desk the token is tied to the session; on the public site, where nobody has a cookie, the
`Origin` is checked and a token that is signed for this one form.
"""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver

from baqylau.journal.models import Entry
from baqylau.kernel.roles import Role
from baqylau.reports.models import Report
from baqylau.web import strangers
from tests.addresses import Address, addresses
from tests.cast import make_user, sign_in
from tests.security.walking import UNWALKED, desk_pages
from tests.smoke.test_roles import NOWHERE

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])

ROOT = Path(__file__).resolve().parents[2]
METHODS = ("POST", "PUT", "PATCH", "DELETE")
SITE = "http://testserver"
WORDS = "application/x-www-form-urlencoded"
REFUSED = {400, 403, 404, 405, 429}
"""404: the record that the address names is not there."""


def _is_csrf_page(answer: HttpResponseBase) -> bool:
    return answer.status_code == 403 and "Бұл бланктің мерзімі өтіп кетті" in str(
        getattr(answer, "text", "")
    )


def _everybody() -> Client:
    """A browser whose owner may do everything, and which checks what it is sent."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(make_user(*Role)).cookies
    return strict


def test_no_address_of_the_desk_takes_anything_without_its_token() -> None:
    browser = _everybody()
    browser.get("/desk/")
    before = list(Entry.objects.values_list("action", flat=True))
    pages = [page for page in desk_pages() if page.name not in UNWALKED]
    assert len(pages) > 200
    let_in = [
        f"{method} {page.route}"
        for page in pages
        for method in METHODS
        if not _is_csrf_page(browser.generic(method, page.filled(NOWHERE), "a=b", WORDS))
    ]
    assert let_in == []
    assert list(Entry.objects.values_list("action", flat=True)) == before


def test_a_token_of_another_session_opens_nothing() -> None:
    browser, other = _everybody(), _everybody()
    token = _token(other)
    assert token != _token(browser)
    for page in desk_pages():
        answer = browser.post(page.filled(NOWHERE), {"csrfmiddlewaretoken": token})
        assert _is_csrf_page(answer), page.route


def test_with_its_own_token_a_form_is_taken() -> None:
    browser = _everybody()
    form = {"language": "ru", "csrfmiddlewaretoken": _token(browser)}
    assert browser.post("/desk/language/", form).status_code == 302


def test_no_view_is_excused_from_the_check() -> None:
    views = [page for page in addresses() if getattr(page.view, "csrf_exempt", False)]
    assert views == []
    assert get_resolver().url_patterns


def _token(browser: Client) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/desk/me/").text)
    assert found
    return found[1]


# ── The public site ─────────────────────────────────────────────────────────────────────────────


def _public() -> list[Address]:
    return [page for page in addresses() if not page.is_desk]


def _send(page: Address, fields: dict[str, str], origin: str | None = SITE) -> HttpResponseBase:
    headers = {} if origin is None else {"Origin": origin}
    words = urlencode(fields)
    answer: HttpResponseBase = Client().post(page.filled(NOWHERE), words, WORDS, headers=headers)
    return answer


FORMS = {
    "status": {"number": "2026-000001", "code": "AAAA-AAAA"},
    "report_channel": {"do": "open", "receipt": "0" * 28},
    "report_form": {"go": "send", "step": "review", "story": "x"},
    "report_receipt": {"told": "x", "last": "0000"},
    "report_slips": {"slip": "x"},
}
"""What a whole form of each of these addresses would hold, but for its token."""
ANY_FORM = {"do": "send", "go": "send", "text": "x", "code": "x", "stance": "for", "seen": "1"}
"""What the forms of other addresses might hold."""


def test_the_forms_that_are_named_here_are_taken_somewhere() -> None:
    taking = {page.name for page in _public() if _send(page, {}).status_code != 405}
    assert set(FORMS) <= taking


@pytest.mark.parametrize("origin", [SITE, "https://elsewhere.example", "null", None])
@pytest.mark.parametrize("token", ["", "x", "1:x", None])
def test_no_public_address_takes_a_form_that_we_did_not_draw(
    origin: str | None, token: str | None
) -> None:
    before = Entry.objects.count(), Report.objects.count()
    for page in _public():
        fields = FORMS.get(page.name, ANY_FORM)
        sent = fields if token is None else {**fields, strangers.FIELD: token}
        answer = _send(page, sent, origin)
        assert answer.status_code in REFUSED, page.route
        if origin != SITE:
            assert answer.status_code in {403, 404, 405}, page.route
    assert (Entry.objects.count(), Report.objects.count()) == before


WITH_A_RECORD = {
    "draft_point": "tests/councils/test_comments.py",
    "test_code": "tests/outreach/test_codes.py",
}
"""Addresses that ask for their record first, and where they are tried with one."""


def test_every_form_is_refused_by_its_token_here_or_with_its_record_in_its_room() -> None:
    """Nothing that answers "not there" counts as refused, unless it is named with its own test."""
    unseen = {page.name for page in _public() if _send(page, {}).status_code == 404}
    assert unseen == set(WITH_A_RECORD)
    for place in WITH_A_RECORD.values():
        said = (ROOT / place).read_text(encoding="utf-8")
        assert re.search(r"foreign\.status_code == 403.*old\.status_code == 400", said, re.DOTALL)


def test_a_token_of_one_form_does_not_open_another() -> None:
    for page in _public():
        fields = {**FORMS.get(page.name, ANY_FORM), strangers.FIELD: strangers.token("another")}
        assert _send(page, fields).status_code in REFUSED, page.route


def test_with_our_own_token_a_form_is_read() -> None:
    fields = {"slip": "x", strangers.FIELD: strangers.token("reports.slips")}
    page = next(page for page in _public() if page.name == "report_slips")
    answer = _send(page, fields)
    assert "тым ұзақ ашық" not in str(getattr(answer, "text", ""))
