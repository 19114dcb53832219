"""The worklist, the list of consultations and calls, as somebody at the desk meets them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import NARROW, axe, listen
from tools import html

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def calls(site: Site) -> dict[str, int]:
    """Calls that the site has promised."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.browser.promise"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    found: dict[str, int] = json.loads(result.stdout.splitlines()[-1])
    return found


def window(chrome: Browser, site: Site, *, script: bool, width: int = NARROW) -> Page:
    """A window in which somebody who works with everything is signed in, in Kazakh."""
    context = chrome.new_context(
        viewport={"width": width, "height": 740}, java_script_enabled=script
    )
    enter(context, site, "kk")
    return context.new_page()


@pytest.mark.parametrize(("name", "script"), [("plain", False), ("scripted", True)])
def test_somebody_is_called_back_as_promised(
    chrome: Browser, site: Site, calls: dict[str, int], name: str, script: bool
) -> None:
    page = window(chrome, site, script=script)
    page.goto(site.address(f"/desk/reception/calls/{calls[name]}/"))
    expect(page.locator("main")).not_to_contain_text("Әлия")
    press(page, f'form[action$="/{calls[name]}/reveal/"] button')
    expect(page.locator(".slip")).to_contain_text("Әлия Серікқызы")
    expect(page.locator(".slip")).to_contain_text("+7 701 123 4567")
    page.check('[name=reached][value="answered"]')
    page.check('[name=solved][value="partly"]')
    press(page, "main form:not([action$='/reveal/']) button[type=submit]")
    expect(page).to_have_url(site.address("/desk/"))
    page.goto(site.address(f"/desk/reception/calls/{calls[name]}/"))
    expect(page.locator(".inset")).to_contain_text("жауап берді")
    page.context.close()


def test_the_worklist_is_filtered_and_turned_by_links(chrome: Browser, site: Site) -> None:
    page = window(chrome, site, script=False)
    page.goto(site.address("/desk/"))
    expect(page.locator("main .menu [aria-current]")).to_have_text("Барлығы")
    assert page.locator("td.ref").count() == 50
    first = page.locator("td.ref").first.inner_text()
    press(page, "main a[rel=next]")
    assert page.locator("td.ref").first.inner_text() != first
    press(page, 'main .menu a[href$="only=overdue"]')
    assert page.locator("tr.late").count() == page.locator("tbody tr").count() > 0
    page.context.close()


def test_the_list_turns_its_pages_and_its_filters_open(chrome: Browser, site: Site) -> None:
    page = window(chrome, site, script=False)
    page.goto(site.address("/desk/reception/"))
    first = page.locator("td.ref").first.inner_text()
    press(page, "main a[rel=next]")
    assert page.locator("td.ref").first.inner_text() != first
    page.click("summary:has-text('Сүзгілер')")
    page.select_option("[name=result]", "solved")
    press(page, "form.tools button")
    assert "result=solved" in page.url
    filters = page.locator("details.filters[open]")
    expect(filters).to_be_visible()
    expect(page.locator("form.tools .optional").first).to_be_hidden()
    page.set_viewport_size({"width": 1_280, "height": 740})
    opened, button = filters.bounding_box(), page.locator("form.tools > button").bounding_box()
    assert opened
    assert button
    assert opened["y"] >= button["y"] + button["height"], "filters stand on a row of their own"
    page.context.close()


def test_the_secret_address_is_shown_once_and_brings_the_calendar(
    chrome: Browser, site: Site
) -> None:
    page = window(chrome, site, script=False)
    page.goto(site.address("/desk/reception/reminders/"))
    press(page, "form[action$='/address/'] button")
    address = page.locator(".link code").inner_text()
    status, heads, body = site.get(address.removeprefix(site.base))
    assert (status, heads["Set-Cookie"]) == (200, None)
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    page.goto(site.address("/desk/reception/reminders/"))
    expect(page.locator("main")).not_to_contain_text(address)
    press(page, "form[action$='/end/'] button")
    assert site.get(address.removeprefix(site.base))[0] == 404
    page.context.close()


@pytest.mark.parametrize("width", [NARROW, 1_280])
@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/desk/?only=call",
        "/desk/reception/",
        "/desk/reception/?q=құжат&result=advised",
        "/desk/reception/?language=en&kind=proposal",
        "/desk/reception/calls/{check}/",
        "/desk/reception/reminders/",
    ],
)
def test_pages_are_accessible_narrow_and_valid(
    chrome: Browser, site: Site, calls: dict[str, int], tmp_path: Path, path: str, width: int
) -> None:
    page = window(chrome, site, script=True, width=width)
    found: list[str] = []
    listen(page, site, found)
    page.goto(site.address(path.format(**calls)))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found += axe(page, {})
    (tmp_path / "page.html").write_text(page.content(), encoding="utf-8")
    found += html.findings(tmp_path)
    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("path", ["/desk/", "/desk/cases/", "/desk/reception/", "/desk/figures/"])
def test_on_a_telephone_no_column_hides_and_the_table_stays_a_table(
    chrome: Browser, site: Site, path: str
) -> None:
    page = window(chrome, site, script=True)
    page.goto(site.address(path))
    assert page.evaluate(
        """() => [...document.querySelectorAll('.scroll')].every(
            box => box.scrollWidth <= box.clientWidth)"""
    )
    labels = page.evaluate(
        """() => [...document.querySelectorAll('tbody tr:first-child [data-label]')].map(
            cell => getComputedStyle(cell, '::before').content)"""
    )
    heads = page.locator("thead th").all_inner_texts()
    assert labels
    assert all(label.split('"')[1] in heads for label in labels)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["role"]["value"] for node in tree if not node["ignored"]}
    assert {"table", "row", "cell", "columnheader"} <= roles
    page.context.close()
