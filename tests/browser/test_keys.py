"""The desk by keyboard, and the harmless screen with and without scripts."""

import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.once]
AHEAD = 60
"""Seconds: a clock stops at a time to come, before the desk would lock itself."""


def stop(sheet: Page, site: Site) -> None:
    """Open a page whose clock stands still: between two keys no time passes, however busy it is."""
    sheet.clock.install()
    sheet.goto(site.address("/desk/style/"))
    sheet.clock.pause_at(time.time() + AHEAD)


def test_a_question_mark_shows_the_keys(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/style/"))
    sheet.locator("h1").click()
    expect(sheet.locator("#keys")).to_be_hidden()
    sheet.keyboard.press("?")
    expect(sheet.locator("#keys")).to_be_visible()
    sheet.keyboard.press("Escape")
    expect(sheet.locator("#keys")).to_be_hidden()


def test_a_slash_goes_to_the_search_and_types_no_slash(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/"))
    sheet.keyboard.press("/")
    expect(sheet.locator("#find")).to_be_focused()
    sheet.keyboard.type("a/j")
    expect(sheet.locator("#find")).to_have_value("a/j")


def test_j_and_k_move_through_a_list_and_enter_opens_its_row(
    desk: BrowserContext, site: Site
) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/style/"))
    sheet.locator("h1").click()
    rows = sheet.locator("table[data-list] tbody tr")
    for key, here in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        sheet.keyboard.press(key)
        expect(rows.nth(here)).to_have_class("here" if here else "late here")
    expect(rows.nth(0).locator("a")).to_be_focused()
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**#main")


def test_g_and_a_letter_open_a_place_of_the_menu(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    stop(sheet, site)
    links = sheet.locator(".menu [data-key]")
    target = links.last.get_attribute("href")
    letter = links.last.get_attribute("data-key")
    assert target
    assert letter
    sheet.locator("h1").click()
    sheet.keyboard.press("g")
    sheet.keyboard.press(letter)
    sheet.wait_for_url(site.address(target))


@pytest.mark.parametrize("keys", [("Escape", "Escape"), ("F2",)])
def test_the_screen_is_hidden_at_once_and_nothing_that_was_typed_is_lost(
    desk: BrowserContext, site: Site, keys: tuple[str, ...]
) -> None:
    sheet = desk.new_page()
    stop(sheet, site)
    title = sheet.title()
    field = sheet.locator("#right_story")
    field.fill("Айгүл келді")
    for key in keys:
        sheet.keyboard.press(key)
    expect(field).to_be_hidden()
    expect(sheet.locator(".menu")).to_be_hidden()
    expect(sheet.locator(".month")).to_be_visible()
    expect(sheet).to_have_url(site.address("/desk/quiet/"))
    expect(sheet).not_to_have_title(title)
    for key in keys:
        sheet.keyboard.press(key)
    expect(field).to_be_visible()
    expect(field).to_have_value("Айгүл келді")
    expect(sheet.locator(".month")).to_be_hidden()
    expect(sheet).to_have_url(site.address("/desk/style/"))
    expect(sheet).to_have_title(title)


def test_what_was_hidden_before_stays_hidden_afterwards(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/style/"))
    sheet.evaluate("document.querySelector('.foot').hidden = true")
    sheet.keyboard.press("F2")
    sheet.keyboard.press("F2")
    expect(sheet.locator(".foot")).to_be_hidden()
    expect(sheet.locator("main")).to_be_visible()


def test_one_escape_hides_nothing(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/style/"))
    sheet.keyboard.press("Escape")
    sheet.wait_for_timeout(700)
    sheet.keyboard.press("Escape")
    expect(sheet.locator("h1")).to_be_visible()
    assert sheet.url == site.address("/desk/style/")


def test_a_reload_of_the_hidden_screen_shows_nothing_of_the_desk(
    desk: BrowserContext, site: Site
) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/keys/"))
    sheet.keyboard.press("F2")
    sheet.reload()
    expect(sheet.locator(".month")).to_be_visible()
    assert sheet.locator("a[href^='/desk/']").count() == 0


def test_the_button_hides_and_brings_back_without_scripts(chrome: Browser, site: Site) -> None:
    context = chrome.new_context(java_script_enabled=False)
    enter(context, site, "kk")
    sheet = context.new_page()
    sheet.goto(site.address("/desk/search/?q=abc"))
    press(sheet, "button.hide")
    assert sheet.url == site.address("/desk/quiet/")
    assert "abc" not in sheet.content()
    press(sheet, "main a")
    assert sheet.url == site.address("/desk/search/?q=abc")
    context.close()


def test_an_error_summary_takes_the_focus_without_scripts_and_leads_to_the_fields(
    chrome: Browser, site: Site
) -> None:
    context = chrome.new_context()
    enter(context, site, "ru")
    sheet = context.new_page()
    sheet.goto(site.address("/desk/style/"))
    expect(sheet.locator(".summary")).to_be_focused()
    for link in sheet.locator(".summary a").all():
        target = link.get_attribute("href")
        assert target
        assert sheet.locator(target).count() == 1, target
        described = sheet.locator(target).get_attribute("aria-describedby") or ""
        within = sheet.locator(f"fieldset:has({target})")
        if within.count():
            described = within.get_attribute("aria-describedby") or ""
        for name in described.split():
            assert sheet.locator(f"#{name}").count() == 1, name
        assert "error" in described
    context.close()
