"""A reporter reads the answer and replies: a telephone 360 px wide, Kazakh, no script at all."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import axe, listen

pytestmark = [pytest.mark.browser, pytest.mark.once]
HTML = "text/html; charset=utf-8"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 2_000


@pytest.fixture(scope="module")
def told(site: Site) -> dict[str, str]:
    """Receipt and answer of a report."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.browser.tell"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    found: dict[str, str] = json.loads(result.stdout.splitlines()[-1])
    return found


@pytest.fixture
def telephone(chrome: Browser) -> Iterator[Page]:
    """A cheap telephone without script."""
    context = chrome.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, accept_downloads=True
    )
    page = context.new_page()
    yield page
    assert context.cookies() == []
    context.close()


@pytest.fixture
def beside(chrome: Browser) -> Iterator[Page]:
    """A second window, with script, in which axe looks at what the telephone shows."""
    context = chrome.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    yield context.new_page()
    context.close()


def look(page: Page, beside: Page, name: str) -> None:
    """No finding, nothing wider than the screen; a picture where PICTURES names a folder."""
    html = page.content()
    beside.unroute_all()
    beside.route("**/report/channel/", lambda route: route.fulfill(body=html, content_type=HTML))
    beside.goto(page.url)
    assert axe(beside, {}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.url.endswith("/report/channel/")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_reporter_reads_the_answer_and_replies(
    telephone: Page, beside: Page, site: Site, told: dict[str, str]
) -> None:
    found: list[str] = []
    receipt = told["receipt"]
    listen(telephone, site, found)
    telephone.goto(site.address("/report/channel/"))
    look(telephone, beside, "door")
    digits = telephone.get_by_label("Түбіртектегі 28 цифр")
    digits.fill(receipt[:-1] + str((int(receipt[-1]) + 1) % 10))
    press(telephone, telephone.get_by_role("button", name="Ашу"))
    expect(telephone.locator(".summary")).to_contain_text("қате")
    look(telephone, beside, "mistyped")
    digits.fill(receipt)
    press(telephone, telephone.get_by_role("button", name="Ашу"))
    expect(telephone.get_by_text(told["answer"])).to_be_visible()
    look(telephone, beside, "conversation")
    with telephone.expect_download() as saved:
        telephone.get_by_role("button", name="үлгі.pdf").click()
    assert saved.value.suggested_filename == "үлгі.pdf"
    assert Path(saved.value.path()).stat().st_size > 20_000
    press(telephone, telephone.get_by_role("button", name="Келісемін"))
    expect(telephone.get_by_role("status")).to_contain_text("Келістіңіз")
    telephone.get_by_label("Хатыңыз").fill("Иә, медбике де сол жерде болды.")
    chosen: FilePayload = {"name": "чек.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
    telephone.get_by_label("Сурет, жазба, құжат").set_input_files([chosen])
    press(telephone, telephone.get_by_role("button", name="Жіберу", exact=True))
    expect(telephone.get_by_role("status")).to_contain_text("Жіберілді")
    expect(telephone.get_by_text("Иә, медбике де сол жерде болды.")).to_be_visible()
    expect(telephone.get_by_text("Файл: чек.jpg")).to_be_visible()
    look(telephone, beside, "replied")
    telephone.get_by_text("Аты-жөніңізді айту").click()
    telephone.get_by_text("Әңгімені жабу").click()
    look(telephone, beside, "opened")
    # A mistyped number is answered with 400, and the console repeats that.
    assert [one for one in found if "400 (Bad Request)" not in one] == []
