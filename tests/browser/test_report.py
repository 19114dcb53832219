"""A reporter with a cheap telephone: 360 px, no JavaScript, Kazakh, a photo; to the receipt."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import axe
from tests.browser.test_help import is_narrow

pytestmark = [pytest.mark.browser, pytest.mark.once]
STORY = "Дәрігер 20 000 теңге сұрады.\nАйтпаса операция жасамаймын деді."
PHOTO = b"\xff\xd8\xff\xe0" + b"\x07" * 30_000


@pytest.fixture(scope="module")
def open_site(site: Site) -> Site:
    """The site, with keys enough to take a report in."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.sealing"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "open", done.stderr
    return site


@pytest.fixture
def telephone(chrome: Browser) -> Iterator[BrowserContext]:
    """A small window without JavaScript; nobody is signed in."""
    context = chrome.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context
    context.close()


def go(tab: Page, button: str) -> None:
    """Press a button of the form; the page that comes is no wider than the telephone."""
    press(tab, f'main button[value="{button}"]')
    assert is_narrow(tab), tab.url


def to_the_review(tab: Page) -> None:
    """From the second page of the form to its last."""
    tab.fill('[name="office"]', "Ғарыш айлағы")
    tab.fill('[name="service"]', "Операция")
    go(tab, "next")
    tab.fill('[name="story"]', STORY)
    tab.check('[name="is_urgent"]')
    go(tab, "next")
    tab.set_input_files("#files", {"name": "сурет.jpg", "mimeType": "", "buffer": PHOTO})
    go(tab, "add")
    assert "сурет.jpg" in tab.inner_text("main")
    go(tab, "next")
    go(tab, "next")
    tab.fill('[name="name"]', "Ғалымқызы Әсел")
    go(tab, "next")


def test_from_the_home_page_to_the_receipt_without_script(
    telephone: BrowserContext, open_site: Site
) -> None:
    tab = telephone.new_page()
    tab.goto(open_site.address("/"))
    press(tab, "text=Жемқорлық туралы хабарлау")
    press(tab, 'main a[href$="/report/1/"]')
    assert is_narrow(tab)
    go(tab, "begin-steps")
    assert tab.is_checked('[name="stage"][value="asked"]')
    tab.check('[name="conduct"][value="bribe_asked"]')
    go(tab, "next")
    to_the_review(tab)
    said = tab.inner_text("main")
    assert all(word in said for word in ("пара сұрады", "Ғарыш айлағы", "Ғалымқызы Әсел"))
    assert "Айтпаса операция жасамаймын деді." in said
    go(tab, "send")
    digits = tab.inner_text(".code")
    assert re.fullmatch(r"(\d{4} ){6}\d{4}", digits)
    tab.fill('[name="last"]', digits[-4:])
    press(tab, "main form button")
    assert "дәл жазып алыпсыз" in tab.inner_text("main")
    assert tab.inner_text(".code") == digits
    assert is_narrow(tab)
    assert telephone.cookies() == []


def test_going_back_in_the_browser_and_sending_again_is_one_report(
    telephone: BrowserContext, open_site: Site
) -> None:
    tab = telephone.new_page()
    tab.goto(open_site.address("/report/new/"))
    go(tab, "next")
    to_the_review(tab)
    go(tab, "send")
    digits = tab.inner_text(".code")
    # Chromium keeps no such page and asks before it sends the step again: one presses "reload".
    with contextlib.suppress(Error):
        tab.go_back()
    tab.wait_for_url("chrome-error://**")
    tab.reload()
    assert "Айтпаса операция жасамаймын деді." in tab.inner_text("main")
    go(tab, "send")
    assert tab.inner_text(".code") == digits


def test_axe_finds_nothing_on_the_way(chrome: Browser, open_site: Site) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    tab = context.new_page()
    found: list[str] = []
    for name in ("", "asked/", "paid/", "guard/", "slips/"):
        tab.goto(open_site.address(f"/report/{name}"))
        found += axe(tab, {})
    tab.goto(open_site.address("/report/new/"))
    found += axe(tab, {})
    go(tab, "next")
    tab.fill('[name="office"]', "мектеп")
    go(tab, "find")
    found += axe(tab, {})
    tab.fill('[name="office"]', "Ғарыш айлағы")
    to_the_review(tab)
    found += axe(tab, {})
    tab.check('[name="wants_slip"]')
    go(tab, "send")
    found += axe(tab, {})
    tab.goto(open_site.address("/report/"))
    go(tab, "begin-whole")
    tab.fill('[name="name"]', "ә" * 301)
    go(tab, "review")
    found += axe(tab, {})
    context.close()
    assert found == []


def test_axe_finds_nothing_on_the_desk_s_form(desk: BrowserContext, open_site: Site) -> None:
    tab = desk.new_page()
    tab.goto(open_site.address("/desk/reports/write/"))
    found = axe(tab, {})
    for button in ("review", "turn", "send"):
        press(tab, f'main button[value="{button}"]')
        found += axe(tab, {})
    assert re.fullmatch(r"(\d{4} ){6}\d{4}", tab.inner_text(".code"))
    assert found == []
