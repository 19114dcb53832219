"""A draft under discussion, as a resident meets it: no script, a narrow telephone, Kazakh."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pressing import press
from tests.browser.site import Site
from tests.browser.test_gates import NARROW, WEIGHT, axe, listen
from tools import html

pytestmark = [pytest.mark.browser, pytest.mark.once]
TEXT = "Аялдамаға баратын жолда да жарық керек, кешке балалар сол жерден жүреді."


@pytest.fixture
def phone(chrome: Browser) -> Iterator[Page]:
    """A narrow telephone without script."""
    size = {"width": NARROW, "height": 740}
    context = chrome.new_context(viewport=size, java_script_enabled=False)  # type: ignore[arg-type]  # a size
    yield context.new_page()
    context.close()


def open_draft(sheet: Page, site: Site) -> None:
    """From the home page to the draft that is open."""
    sheet.goto(site.address("/"))
    press(sheet, 'a[href="/drafts/"]')
    press(sheet, "li:has(.mark:not(.done)) a")


def test_a_resident_presses_writes_and_asks_what_became_of_it(phone: Page, site: Site) -> None:
    open_draft(phone, site)
    press(phone, phone.locator("#p2").get_by_role("button", name="Келісемін"))
    expect(phone.locator("h1")).to_have_text("Келіп түсті. Рақмет!")
    phone.go_back()
    press(phone, phone.locator("#p2").get_by_role("button", name="Келісемін"))
    expect(phone.locator("h1")).to_have_text("Бұрын келіп қойған")
    press(phone, phone.get_by_role("link", name="Пікір жазу"))
    phone.get_by_label("келіспеймін").check()
    phone.fill("[name=text]", TEXT)
    press(phone, phone.get_by_role("button", name="Жіберу"))
    code = phone.locator(".code").inner_text()
    press(phone, phone.get_by_role("link", name="Менің пікірім не болды?"))
    phone.fill("[name=code]", code)
    press(phone, phone.get_by_role("button", name="Көрсету"))
    expect(phone.locator("h1")).to_have_text("Оқылуын күтіп тұр")
    assert phone.context.cookies() == []
    assert code not in phone.url


def test_what_is_too_long_comes_back_in_the_page(phone: Page, site: Site) -> None:
    open_draft(phone, site)
    press(phone, phone.locator("#p1").get_by_role("link", name="Пікір жазу"))
    phone.fill("[name=text]", TEXT * 100)
    press(phone, phone.get_by_role("button", name="Жіберу"))
    expect(phone.locator(".summary")).to_be_visible()
    expect(phone.locator("[name=text]")).to_have_value(TEXT * 100)


def test_every_page_is_narrow_light_accessible_and_valid(
    chrome: Browser, site: Site, tmp_path: Path
) -> None:
    context = chrome.new_context(viewport={"width": NARROW, "height": 740})
    sheet = context.new_page()
    found: list[str] = []
    listen(sheet, site, found)
    wire = context.new_cdp_session(sheet)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    heavy: list[float] = []
    wire.on("Network.loadingFinished", lambda event: heavy.append(event["encodedDataLength"]))

    def look(name: str) -> None:
        sheet.wait_for_load_state("networkidle")
        assert sum(heavy) <= WEIGHT
        assert sheet.evaluate("document.documentElement.scrollWidth") <= NARROW
        assert "<script" not in sheet.content()
        found.extend(axe(sheet, {}))
        (tmp_path / f"{name}.html").write_text(sheet.content(), encoding="utf-8")
        heavy.clear()

    open_draft(sheet, site)
    sheet.wait_for_load_state("networkidle")
    heavy.clear()
    sheet.reload()
    look("draft")
    press(sheet, sheet.locator("#p2").get_by_role("link", name="Пікір жазу"))
    look("point")
    sheet.fill("[name=text]", TEXT)
    press(sheet, sheet.get_by_role("button", name="Жіберу"))
    look("said")
    found += html.findings(tmp_path)
    assert not found, "\n".join(found)
    context.close()
