"""Nothing that people send stands in the log or in a letter: names, numbers, secrets, addresses.

What is planted goes the ways of a day: it is typed at the reception, sent in addresses, queries,
forms and cookies, refused, and in the words of errors. The log is the product's own, as a server
writes it.
"""

import io
import logging
import logging.config
import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils.http import urlencode
from pytest_django import Settings

from baqylau.config.lines import Discreet, JsonLines
from baqylau.contacts import keyring
from baqylau.jobs.models import Letter
from baqylau.kernel.access import SYSTEM
from baqylau.reception.models import Consultation
from baqylau.reception.services.feeds import make_feed
from baqylau.staff.services import invitations
from tests.cast import PASSPHRASE, Cast, make_user
from tests.reception.sending import send
from tests.security.heard import SHAPES, told

pytestmark = [
    pytest.mark.django_db(databases=["default", "sealed"]),
    pytest.mark.usefixtures("desk"),
]

NAME, PHONE, IIN = "Зейнепбелгі Сынаққызы", "8 701 987 65 43", "061211600012"
RECEIPT, CODE = "4821 0937 1166 2053 7784 9012 3355", "ҚЖ7К-М2ТД"
ADDRESS, AGENT = "203.0.113.77", "Nokia-3310-of-a-visitor"
STREET = "Белгілі көшесі, 900-үй"
PLANTED = {
    "a name": NAME,
    "a first name": "Зейнепбелгі",
    "a telephone": PHONE,
    "its digits": "7019876543",
    "a number of a person": IIN,
    "a street": STREET,
    "a receipt": RECEIPT,
    "its digits together": RECEIPT.replace(" ", ""),
    "a code": CODE,
    "a passphrase": PASSPHRASE,
    "an address": ADDRESS,
    "a browser": AGENT,
}


def shapes(text: str) -> set[str]:
    """A text as it is, and as it stands in an address, in Python's and in JSON's escapes."""
    return {
        text,
        urlencode({"": text}).removeprefix("="),
        ascii(text)[1:-1],
        text.encode().hex(),
    }


def found(words: str, planted: dict[str, str]) -> list[str]:
    """What of the planted stands in the words."""
    return sorted(
        name for name, text in planted.items() if any(shape in words for shape in shapes(text))
    )


@pytest.fixture(params=["lines", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the server's log says, in both of its forms."""
    words, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(words)
    handler.addFilter(Discreet())
    lines = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(JsonLines() if request.param == "json" else lines)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    yield words
    root.setLevel(before)
    root.removeHandler(handler)


def visitor(*, is_strict: bool = False) -> Client:
    """A browser that tells who it is."""
    return Client(
        enforce_csrf_checks=is_strict,
        raise_request_exception=False,
        headers={"user-agent": AGENT},
        REMOTE_ADDR=ADDRESS,
    )


def a_day(cast: Cast) -> dict[str, str]:
    """Everything that people do with what is planted; returns the secrets that were made by it."""
    adviser = cast.adviser.client
    typed = {"agreed": "on", "name": NAME, "phone": PHONE, "answer": f"{NAME}, {STREET}"}
    assert send(adviser, **typed).status_code == 302
    row = Consultation.objects.get()
    number = f"{row}".partition("-")[2]
    for query in (NAME, PHONE, IIN):
        adviser.get("/desk/search/", {"q": query})
        adviser.get("/desk/reception/", {"q": query})
    adviser.post(f"/desk/reception/{number}/person/")
    adviser.post(f"/desk/reception/{number}/help/letter/", {"kind": "appeal", "language": "kk"})
    adviser.get(f"/desk/{NAME}/?phone={PHONE}")
    invited = invitations.make_link(user=make_user("editor"), actor=SYSTEM)
    feed = make_feed(actor=cast.adviser.actor, language="kk")
    stranger = visitor()
    for token in (invited, invited[:-1], RECEIPT):
        stranger.get(f"/desk/invitation/{token}/")
        stranger.post(f"/desk/invitation/{token}/", {"passphrase": PASSPHRASE})
    for token in (feed, feed[:-1]):
        stranger.get(f"/desk/calendar/feed/{token}.ics")
    for password in (PASSPHRASE, PASSPHRASE + "x"):
        form = {"login": cast.lawyer.user.email, "password": password}
        stranger.post("/desk/sign-in/", form)
        visitor(is_strict=True).post("/desk/sign-in/", form)
    stranger.post("/status/", {"number": number, "code": CODE}, headers={"Origin": "null"})
    stranger.post("/report/channel/", {"do": "open", "receipt": RECEIPT})
    stranger.get(f"/services/?q={NAME}")
    stranger.get("/", headers={"host": f"{IIN}.example"})
    return {
        "a link's token": invited,
        "a calendar's token": feed,
        "a session's key": str(Session.objects.values_list("session_key", flat=True)[0]),
    }


def break_everything(secrets: dict[str, str]) -> None:
    """Send all of it to pages that break over it."""
    browser = visitor()
    for text in [*PLANTED.values(), *secrets.values()]:
        browser.cookies["desk"] = re.sub(r"[^\x21-\x7e]", "", text)
        for tree in ("", "desk/"):
            browser.get(f"/{tree}broken/{text}/", {"q": text})
            browser.post(f"/{tree}broken/", {"field": text})


def test_neither_the_log_nor_a_letter_tells_of_anybody(
    cast: Cast, log: io.StringIO, settings: Settings
) -> None:
    keyring.make()
    settings.ROOT_URLCONF = "tests.security.broken"
    secrets = a_day(cast)
    break_everything(secrets)
    said = log.getvalue()
    assert "ValueError" in said, "pages broke, and the log says so"
    assert "/broken/<str:said>/" in said
    letters = "".join(
        bytes(row.message).decode(errors="replace") + row.to for row in Letter.objects.all()
    ) + "".join(f"{each.subject} {each.body} {each.to}" for each in mail.outbox)
    assert found(said, PLANTED | secrets) == []
    assert found(letters, PLANTED | secrets) == []


def test_the_search_is_not_blind() -> None:
    for name, text in PLANTED.items():
        for shape in shapes(text):
            assert name in found(f"… {shape} …", PLANTED)


LINES = {
    "an address of a visitor": "Invalid request from ip=203.0.113.77: Invalid",
    "a browser": "Mozilla/5.0 (X11; Linux x86_64)",
    "a letter's address": "letter to zhanar@example.org failed",
    "a telephone": "8 (701) 987-65-43",
    "a number of a person": "no such person 061211600012",
    "a receipt": "do=open&receipt=4821+0937+1166+2053",
    "what was asked": "/desk/search/?q=x",
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_judge_of_a_whole_run_knows_each_kind_by_its_look(name: str) -> None:
    assert any(found.startswith(name) for found in told(f"a line\n{LINES[name]}\n"))


def test_the_judge_of_a_whole_run_knows_people_and_leaves_our_own_lines_alone() -> None:
    ours = "2026-11-23 23:30:39,120 ERROR django.request A page failed: /desk/cases/<slug:code>/\n"
    assert told(ours, ["Айгүл Серік"]) == []
    assert told(ours + "no room for Айгүл Серік", ["Айгүл Серік"]) != []
