"""The wizard of the keys and the custodian's word, walked in Kazakh, wide and narrow."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import NARROW, axe, listen
from tests.browser.test_paper import A4, has, sizes
from tools import html

pytestmark = [pytest.mark.browser, pytest.mark.once]
NEW = "бес бұрыш тас үстінде"
Held = dict[str, Any]
Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def held(site: Site) -> Held:
    """People with keys, and a report."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.browser.hold"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    found: Held = json.loads(result.stdout.splitlines()[-1])
    return found


@pytest.fixture(params=[1280, NARROW])
def window(
    request: pytest.FixtureRequest, chrome: Browser, site: Site, held: Held
) -> Iterator[Open]:
    """`window("custodian")`: a page at the desk of somebody, as wide as a desk or a telephone."""
    opened: list[BrowserContext] = []

    def of(who: str) -> Page:
        context = chrome.new_context(viewport={"width": request.param, "height": 800})
        session = held["sessions"][who]
        context.add_cookies(
            [{"name": "desk", "value": session, "domain": "localhost", "path": "/desk/"}]
        )
        opened.append(context)
        return context.new_page()

    yield of
    for context in opened:
        context.close()


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Callable[[Page], None]]:
    """`look(page)`: the page is accessible, valid and no wider than its window."""
    found: list[str] = []
    seen: list[str] = []

    def at(page: Page) -> None:
        found.extend(axe(page, {}))
        width = page.viewport_size
        assert width
        assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]
        seen.append(page.content())
        (tmp_path / f"{len(seen)}.html").write_text(page.content(), encoding="utf-8")

    yield at
    found += html.findings(tmp_path)
    assert not found, "\n".join(found)


def test_a_newcomer_makes_a_key_and_gets_old_reports_from_a_colleague(
    window: Open, look: Callable[[Page], None], site: Site, held: Held
) -> None:
    found: list[str] = []
    page = window("newcomer")
    listen(page, site, found)
    page.goto(site.address("/desk/reports/keys/"))
    look(page)
    make = page.locator('main a[href="/desk/reports/keys/own/"]')
    if make.count() == 0:
        # The wide window has made it already.
        expect(page.locator("main")).to_contain_text("Өз кілтім")
        return
    press(page, make)
    look(page)
    page.fill("[name=new]", NEW)
    page.fill("[name=again]", NEW)
    press(page, "main button[type=submit]")
    look(page)
    code = page.locator(".sheet .code").inner_text()
    assert re.fullmatch(r"(\d{4} ){9}\d{4}", code)
    assert code.split()[-1] not in page.url
    assert all(has([each], A4) for each in sizes(page.pdf(prefer_css_page_size=True)))
    page.fill("[name=last]", code[-4:])
    press(page, "main form button[type=submit]")
    expect(page.locator("main h1")).to_have_text("Хабарлардың кілттері")
    look(page)
    waiting = 'tr:has-text("салыстырылмаған")'
    (digits,) = re.findall(r"(?:\d{4} ){6}\d{4}", page.locator(waiting).inner_text())
    giver = window("officer")
    giver.goto(site.address("/desk/reports/keys/"))
    assert digits not in giver.content()
    look(giver)
    press(giver, f'{waiting} a[href*="/compare/"]')
    look(giver)
    giver.fill("[name=last]", digits[-4:])
    press(giver, "main button[value=same]")
    expect(giver.locator("main h1")).to_have_text("Хабарлардың кілттері")
    assert digits in giver.content()
    giver.goto(site.address("/desk/reports/keys/give/"))
    look(giver)
    giver.fill("[name=passphrase]", held["passphrase"])
    press(giver, "main button[type=submit]")
    expect(giver.locator("main")).to_contain_text("Жасалды")
    assert not found, "\n".join(found)


def test_three_sheets_are_printed_and_checked_one_after_the_other(
    window: Open, look: Callable[[Page], None], site: Site
) -> None:
    page = window("coordinator")
    page.goto(site.address("/desk/reports/keys/recovery/"))
    look(page)
    press(page, "main form button")
    for number in (1, 2, 3):
        expect(page.locator("h1")).to_contain_text(f"{number} / 3")
        look(page)
        words = {
            int(row.locator("th").nth(column).inner_text()): row.locator("td")
            .nth(column)
            .inner_text()
            for row in page.locator(".words tr").all()
            for column in range(3)
        }
        assert sorted(words) == list(range(1, 34))
        assert len(sizes(page.pdf(format="A4"))) == 1, "a sheet is one page"
        press(page, "main form button[type=submit]")
        expect(page.locator(".words")).to_have_count(0)
        look(page)
        for field in page.locator("main [name^=word_]").all():
            place = int((field.get_attribute("name") or "").removeprefix("word_"))
            field.fill(words[place])
        press(page, "main form button[type=submit] >> nth=0")
    expect(page.locator("h1")).to_have_text("Хабарлардың кілттері")
    second = window("officer")
    second.goto(site.address("/desk/reports/keys/recovery/agree/"))
    look(second)
    press(second, "button[name=refuse]")
    expect(second.locator("h1")).to_have_text("Хабарлардың кілттері")


def test_a_name_is_asked_for_decided_and_read(
    window: Open, look: Callable[[Page], None], site: Site, held: Held
) -> None:
    officer, custodian = window("officer"), window("custodian")
    officer.goto(site.address(f"/desk/reports/{held['report']}/name/"))
    look(officer)
    if officer.locator("[name=note]").count():
        officer.check("[name=reason][value=authority]")
        officer.fill("[name=note]", "Сот Айгүлді куә ретінде шақырып отыр.")
        press(officer, "main button[type=submit]")
        look(officer)
        custodian.goto(site.address("/desk/reports/names/"))
        look(custodian)
        press(custodian, custodian.get_by_role("link", name=held["locator"], exact=True))
        look(custodian)
        custodian.fill("[name=read-passphrase]", held["passphrase"])
        press(custodian, "main button[type=submit]")
        expect(custodian.locator("main")).to_contain_text("куә ретінде")
        look(custodian)
        custodian.check("[name=decision][value=grant]")
        custodian.fill("[name=passphrase]", held["passphrase"])
        press(custodian, "main button[type=submit]")
        expect(custodian.locator("main")).to_contain_text("енді атты аша алады")
        officer.goto(site.address(f"/desk/reports/{held['report']}/name/"))
        look(officer)
    officer.fill("[name=passphrase]", held["passphrase"])
    press(officer, "main button[type=submit]")
    expect(officer.locator("main")).to_contain_text("Айгүл Серікова")
    look(officer)


def test_the_other_pages_of_keys_stand_on_a_telephone_too(
    window: Open, look: Callable[[Page], None], site: Site, held: Held
) -> None:
    page = window("officer")
    for place in ("passphrase", "forgotten", "paper", "change", "drill", f"end/{held['leaver']}"):
        page.goto(site.address(f"/desk/reports/keys/{place}/"))
        expect(page.locator("h1")).to_be_visible()
        look(page)
