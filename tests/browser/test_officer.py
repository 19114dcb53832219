"""An officer's day with a sealed report in the real browser: by keyboard, in Kazakh, with axe."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import axe, listen
from tests.reports.making import PASSPHRASE, STORY

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def given(site: Site) -> dict[str, Any]:
    """Who is there, and the report."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.browser.officiate"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


@pytest.fixture
def officer(chrome: Browser, site: Site, given: dict[str, Any]) -> Iterator[Page]:
    """A window in which an officer is signed in."""
    context = chrome.new_context(
        viewport={"width": 1280, "height": 800}, bypass_csp=True, accept_downloads=True
    )
    cookie = {"name": "desk", "domain": "localhost", "path": "/desk/"}
    context.add_cookies([{**cookie, "value": given["sessions"]["officer"]}])  # type: ignore[typeddict-item] # as Playwright reads it
    page = context.new_page()
    yield page
    context.close()


def look(page: Page, name: str) -> None:
    """No finding, nothing wider than a telephone; pictures where PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert axe(page, {}) == []


def test_an_officer_reads_answers_labels_and_opens_a_case(
    officer: Page, site: Site, given: dict[str, Any]
) -> None:
    found: list[str] = []
    listen(officer, site, found)
    officer.goto(site.address("/desk/"))
    officer.keyboard.press("g")
    officer.keyboard.press("x")
    officer.wait_for_url("**/desk/reports/")
    look(officer, "list")
    press(officer, officer.get_by_role("link", name=given["locators"][0]), "Enter")
    passphrase = officer.get_by_label("Кілттің құпия сөйлемі")
    expect(passphrase).to_be_focused()
    look(officer, "unlock")
    passphrase.fill(PASSPHRASE)
    press(officer, passphrase, "Enter")
    expect(officer.get_by_text(STORY)).to_be_visible()
    assert given["locators"][0] not in officer.title()
    look(officer, "report")

    with officer.expect_download() as waiting:
        officer.get_by_role("link", name="Таза көшірме").press("Enter")
    assert waiting.value.suggested_filename.startswith("clean-2")

    answer = officer.get_by_label("Хабарлаған адамға жауабыңыз")
    answer.fill("Ертең бармай тұрыңыз. Бізге осы жерден жазыңыз.")
    press(officer, officer.get_by_role("button", name="Мөрлеп жіберу"), "Enter")
    expect(officer.locator(".talk").first).to_contain_text("Ертең бармай тұрыңыз.")

    press(officer, officer.get_by_role("link", name="Хабарды белгілеу"), "Enter")
    look(officer, "label")
    press(officer, officer.get_by_role("button", name="Сақтау"), "Enter")
    expect(officer.get_by_role("link", name="Белгіні өзгерту")).to_be_visible()

    press(officer, officer.get_by_role("link", name="Аты-жөні көрсетілмейтін мәселе ашу"), "Enter")
    look(officer, "case")
    officer.get_by_label("Ауырлығы").select_option("2")
    press(officer, officer.get_by_role("button", name="Мәселе ашу"), "Enter")
    expect(officer.locator(".talk").last).to_contain_text("Мәселе: ")
    look(officer, "worked")

    for rest in ("send", "ask", "twin", "colleague", "recuse", "close", "export"):
        officer.goto(site.address(f"/desk/reports/{given['report']}/{rest}/"))
        look(officer, rest)

    officer.goto(site.address("/desk/reports/"))
    press(officer, officer.get_by_role("button", name="Кілтімді құлыптау"), "Enter")
    officer.goto(site.address(f"/desk/reports/{given['report']}/"))
    expect(officer.get_by_label("Кілттің құпия сөйлемі")).to_be_visible()
    assert STORY not in officer.content()
    assert not found
