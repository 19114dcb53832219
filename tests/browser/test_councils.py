"""A meeting of a council: the secretary opens it, a member votes, everybody reads the minutes."""

import io
import json
import subprocess
import sys

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import axe
from tests.browser.test_help import is_narrow

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def called(site: Site) -> dict[str, str]:
    """A meeting of this hour, and the sessions of its secretary and a member."""
    words = [sys.executable, "-m", "tests.browser.convene"]
    done = subprocess.run(
        words, cwd=ROOT, env=site.environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def telephone(chrome: Browser, session: str = "") -> BrowserContext:
    """A small window without JavaScript, signed in where a session is given."""
    context = chrome.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, accept_downloads=True
    )
    if session:
        cookie = {"name": "desk", "value": session, "domain": "localhost", "path": "/desk/"}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie, as the protocol has it
    return context


def test_from_the_call_to_the_minutes(chrome: Browser, site: Site, called: dict[str, str]) -> None:
    address = site.address(f"/desk/meetings/{called['meeting']}/")
    secretary = telephone(chrome, called["secretary"]).new_page()
    member = telephone(chrome, called["member"]).new_page()

    secretary.goto(address)
    assert is_narrow(secretary)
    press(secretary, 'a[href$="/came/"]')
    for field in secretary.locator('input[value="present"]').all():
        field.check()
    press(secretary, "main form button[type=submit]")

    member.goto(address)
    assert is_narrow(member)
    press(member, 'button[value="for"]')
    assert "Сіздің дауысыңыз: қолдады." in member.inner_text("main")
    press(member, 'button[value="against"]')
    assert "Сіздің дауысыңыз: қарсы." in member.inner_text("main")
    assert not member.locator('button[value="for"]').count(), "each item takes one vote"

    for number, choice in ((1, "for"), (2, "against")):
        secretary.goto(f"{address}items/{number}/votes/")
        assert is_narrow(secretary)
        for field in secretary.locator(f'input[value="{choice}"]').all():
            field.check()
        press(secretary, "main form button[type=submit]")
        secretary.goto(f"{address}items/{number}/decide/")
        secretary.fill('[name="decision_kk"]', f"{number}-шешім жазылды.")
        press(secretary, "main form button[type=submit]")
    secretary.goto(f"{address}minutes/")
    secretary.fill('[name="minutes_kk"]', "Мүшелер екі мәселені талқылады.")
    press(secretary, "main form button[type=submit]")
    secretary.goto(f"{address}publish/")
    secretary.check('[name="is_approved"]')
    press(secretary, "main form button[type=submit]")
    assert "хаттамасы жарияланды" in secretary.inner_text("main")

    resident = telephone(chrome).new_page()
    resident.goto(site.address(f"/councils/meetings/{called['meeting']}/"))
    assert is_narrow(resident)
    text = resident.inner_text("main")
    assert "3 мүшенің 3 қатысты" in text
    assert "1-шешім жазылды." in text
    assert not resident.context.cookies()
    with resident.expect_download() as waiting:
        resident.click('a[href$="kk.pdf"]')
    pages = pypdf.PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages
    said = " ".join("".join(page.extract_text() for page in pages).split())
    assert "Үлгі Екінші (төраға)" in said
    assert "Қолдады: 3; қарсы: 0" in said
    assert "Қолдады: 0; қарсы: 3" in said


def test_axe_finds_nothing_on_the_pages_of_councils(
    desk: BrowserContext, site: Site, called: dict[str, str]
) -> None:
    tab = desk.new_page()
    found = []
    for path in (
        "/councils/",
        f"/councils/meetings/{called['meeting']}/",
        "/desk/councils/",
        "/desk/councils/new/",
        f"/desk/meetings/{called['meeting']}/",
    ):
        tab.goto(site.address(path))
        found += axe(tab, {})
    assert not found
