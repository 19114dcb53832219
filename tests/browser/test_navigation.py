"""The desk's head: one line at 1280 px, a menu without scripts at 360 px."""

import pytest
from playwright.sync_api import Browser, Page, expect

from baqylau.staff import training
from tests.browser.pressing import press
from tests.browser.site import LANGUAGES, Site
from tests.browser.test_gates import axe

pytestmark = [pytest.mark.browser, pytest.mark.once]
ONE_LINE = 60
"""Pixels: a line of text, a button and the air around them."""


def _signed_in(sheet: Page, site: Site, name: str, language: str) -> None:
    sheet.goto(site.address("/desk/sign-in/"))
    press(sheet, f"button[name=language][value={language}]")
    sheet.goto(site.address("/desk/sign-in/"))
    sheet.fill("#id_login", f"{name}@{training.DOMAIN}")
    sheet.fill("#id_password", training.PASSPHRASE)
    press(sheet, "#id_password", "Enter")
    sheet.wait_for_url("**/desk/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["adviser", "lawyer", "administrator"])
def test_the_head_is_one_line_on_a_wide_screen(
    chrome: Browser, site: Site, name: str, language: str
) -> None:
    context = chrome.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    sheet = context.new_page()
    _signed_in(sheet, site, name, language)
    places = sheet.locator(".menu a").evaluate_all("links => links.map(link => link.href)")
    assert len(places) > 3
    for place in dict.fromkeys(places):
        sheet.goto(place)
        box = sheet.locator("header.head").bounding_box()
        assert box is not None
        assert box["height"] <= ONE_LINE, place
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_telephone_everything_is_under_more_without_scripts(
    chrome: Browser, site: Site, language: str
) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    sheet = context.new_page()
    _signed_in(sheet, site, "administrator", language)
    accounts = sheet.locator(".menu a[href='/desk/accounts/']")
    expect(accounts.last).to_be_hidden()
    sheet.locator(".more summary").click()
    expect(accounts.last).to_be_visible()
    assert sheet.evaluate("document.documentElement.scrollWidth") <= 360
    press(sheet, accounts.last)
    sheet.wait_for_url("**/desk/accounts/")
    context.close()


def test_the_open_menu_has_no_finding_and_closes_by_a_click_elsewhere(
    chrome: Browser, site: Site
) -> None:
    context = chrome.new_context(viewport={"width": 1280, "height": 800})
    sheet = context.new_page()
    _signed_in(sheet, site, "administrator", "kk")
    menu = sheet.locator(".more ul")
    sheet.locator(".more summary").click()
    expect(menu).to_be_visible()
    assert axe(sheet, {}) == []
    sheet.locator("h1").click()
    expect(menu).to_be_hidden()
    sheet.locator(".more summary").click()
    sheet.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    context.close()
