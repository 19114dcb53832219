"""The shared desk with its scripts: it locks itself, gives texts back, and knows passkeys."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from baqylau.staff import training
from tests.browser.pressing import press
from tests.browser.site import IDLE_MINUTES, LANGUAGES, Site
from tests.browser.test_gates import axe

pytestmark = [pytest.mark.browser, pytest.mark.once]
IDLE = IDLE_MINUTES * 60 * 1000 + 2000
"""Milliseconds after which the page locks itself."""


@pytest.fixture
def sheet(chrome: Browser) -> Iterator[Page]:
    """A narrow window in which nobody is signed in, with a clock that can be wound on."""
    context = chrome.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()


def _sign_in(sheet: Page, site: Site, name: str) -> None:
    sheet.goto(site.address("/desk/sign-in/"))
    sheet.fill("#id_login", f"{name}@{training.DOMAIN}")
    sheet.fill("#id_password", training.PASSPHRASE)
    press(sheet, "#id_password", "Enter")
    sheet.wait_for_url("**/desk/")


def _open(sheet: Page) -> None:
    sheet.fill("#id_secret", training.PIN)
    press(sheet, "#id_secret", "Enter")


WITHIN = (
    "me/",
    "me/passphrase/",
    "me/pin/",
    "me/factors/",
    "kept/",
    "permissions/",
    "accounts/",
    "accounts/invite/",
    "lock/change/",
    "sign-out/",
)
"""Pages of somebody who is signed in."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_staff_room_is_too_wide_or_hard_to_use(
    sheet: Page, site: Site, language: str
) -> None:
    found: list[str] = []

    def look() -> None:
        found.extend(axe(sheet, {}))
        if sheet.evaluate("document.documentElement.scrollWidth") > 360:
            found.append(f"{sheet.url} is too wide")

    sheet.goto(site.address("/desk/sign-in/"))
    press(sheet, f"button[name=language][value={language}]")
    look()
    press(sheet, "#id_password", "Enter")
    look()
    _sign_in(sheet, site, "administrator")
    for page in WITHIN:
        sheet.goto(site.address(f"/desk/{page}"))
        look()
    sheet.goto(site.address("/desk/me/factors/app/"))
    look()
    sheet.fill("#id_password", training.PASSPHRASE)
    press(sheet, "#id_password", "Enter")
    sheet.wait_for_selector("svg.qr")
    look()
    press(sheet, "form[data-lock] button")
    sheet.wait_for_url("**/desk/lock/**")
    look()
    assert found == []


def test_an_idle_page_locks_itself_and_gives_the_text_back(sheet: Page, site: Site) -> None:
    _sign_in(sheet, site, "administrator")
    sheet.goto(site.address("/desk/accounts/invite/"))
    sheet.fill("#id_name", "Жанар «Қызы»")
    sheet.select_option("#id_language", "ru")
    sheet.check("input[name=roles][value=editor]")
    sheet.clock.fast_forward(IDLE)
    sheet.wait_for_url("**/desk/lock/?next=**")
    expect(sheet.locator("h1")).to_have_text("Руслан Хасенов")
    _open(sheet)
    sheet.wait_for_url("**/desk/accounts/invite/**")
    expect(sheet.locator("#id_name")).to_have_value("Жанар «Қызы»")
    expect(sheet.locator("#id_language")).to_have_value("ru")
    expect(sheet.locator("input[name=roles][value=editor]")).to_be_checked()
    sheet.wait_for_function("!location.hash")
    sheet.goto(site.address("/desk/kept/"))
    expect(sheet.locator("article")).to_have_count(0)


def test_a_page_that_is_typed_on_stays_open(sheet: Page, site: Site) -> None:
    _sign_in(sheet, site, "administrator")
    sheet.goto(site.address("/desk/accounts/invite/"))
    for letter in "abcdef":
        sheet.clock.fast_forward(IDLE // 2)
        sheet.press("#id_name", letter)
    assert "/desk/accounts/invite/" in sheet.url
    expect(sheet.locator("#id_name")).to_have_value("abcdef")


def test_the_lock_button_keeps_the_text_too(sheet: Page, site: Site) -> None:
    _sign_in(sheet, site, "administrator")
    sheet.goto(site.address("/desk/accounts/invite/"))
    sheet.fill("#id_name", "Жанар")
    press(sheet, "form[data-lock] button")
    sheet.wait_for_url("**/desk/lock/?next=**")
    _open(sheet)
    sheet.wait_for_url("**/desk/accounts/invite/**")
    expect(sheet.locator("#id_name")).to_have_value("Жанар")


def test_passphrases_on_the_page_are_not_sent_along(sheet: Page, site: Site) -> None:
    _sign_in(sheet, site, "editor")
    sheet.goto(site.address("/desk/me/pin/"))
    sheet.fill("#id_passphrase", "a secret of mine")
    sent: list[str] = []
    sheet.on("request", lambda request: sent.append(request.post_data or ""))
    sheet.clock.fast_forward(IDLE)
    sheet.wait_for_url("**/desk/lock/?next=**")
    assert any("fields" in body for body in sent)
    assert not any("secret" in body for body in sent)


def test_without_the_network_the_text_stays_on_the_page(sheet: Page, site: Site) -> None:
    _sign_in(sheet, site, "administrator")
    sheet.goto(site.address("/desk/accounts/invite/"))
    sheet.fill("#id_name", "Жанар")
    sheet.context.set_offline(True)
    sheet.clock.fast_forward(IDLE)
    expect(sheet.locator("main")).to_be_hidden()
    sheet.context.set_offline(False)
    sheet.clock.fast_forward(6000)
    sheet.wait_for_url("**/desk/lock/?next=**")
    _open(sheet)
    sheet.wait_for_url("**/desk/accounts/invite/**")
    expect(sheet.locator("#id_name")).to_have_value("Жанар")


def test_two_colleagues_change_places_by_keyboard_alone(sheet: Page, site: Site) -> None:
    _sign_in(sheet, site, "adviser")
    sheet.goto(site.address("/desk/lock/change/"))
    press(sheet, "form[action='/desk/lock/leave/'] button", "Enter")
    sheet.wait_for_url("**/desk/sign-in/")
    _sign_in(sheet, site, "lawyer")
    press(sheet, "form[data-lock] button", "Enter")
    sheet.wait_for_url("**/desk/lock/**")
    press(sheet, "a[href='/desk/lock/change/']", "Enter")
    sheet.wait_for_url("**/desk/lock/change/")
    sheet.locator("input[name=person]").first.focus()
    sheet.keyboard.press("Tab")
    sheet.keyboard.type(training.PIN)
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**/desk/")
    expect(sheet.locator("form[data-lock] a")).to_have_text("Айгүл Серікова")


def test_a_passkey_is_added_signs_in_and_reopens(chrome: Browser, site: Site) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 740})
    sheet = context.new_page()
    wire = context.new_cdp_session(sheet)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _sign_in(sheet, site, "custodian")
    sheet.goto(site.address("/desk/me/factors/passkey/"))
    sheet.fill("#id_password", training.PASSPHRASE)
    press(sheet, "#id_password", "Enter")
    sheet.wait_for_url("**/desk/me/factors/passkey/")
    press(sheet, "form[data-passkey=create] button")
    sheet.wait_for_url("**/desk/me/factors/codes/")
    press(sheet, "form[data-lock] button")
    sheet.wait_for_url("**/desk/lock/**")
    press(sheet, "form[data-passkey=get] button")
    sheet.wait_for_url("**/desk/me/factors/codes/")
    sheet.goto(site.address("/desk/sign-out/"))
    press(sheet, "main button")
    sheet.wait_for_url("**/desk/sign-in/")
    press(sheet, "form[data-passkey=get] button")
    sheet.wait_for_url("**/desk/")
    expect(sheet.locator("form[data-lock] a")).to_have_text("Сәуле Жұмабаева")
    context.close()


def test_a_text_that_is_not_kept_is_told_of_a_minute_before_the_desk_locks(
    sheet: Page, site: Site
) -> None:
    # The adviser may have been left in another language by who was here before.
    sheet.goto(site.address("/desk/sign-in/"))
    press(sheet, "button[name=language][value=kk]")
    _sign_in(sheet, site, "adviser")
    sheet.goto(site.address("/desk/reports/write/"))
    sheet.fill("[name=story]", "Кезекте тұрғанымызда")
    # The page scrolls to the field at its own time, which is a touch as well.
    sheet.wait_for_timeout(500)
    sheet.clock.fast_forward(IDLE - 90_000)
    expect(sheet.locator(".soon")).to_have_count(0)
    sheet.clock.fast_forward(60_000)
    expect(sheet.locator(".soon[role=alert]")).to_contain_text("сақталмайды")
    sheet.press("[name=story]", "!")
    expect(sheet.locator(".soon")).to_have_count(0)
    expect(sheet.locator("[name=story]")).to_have_value(re.compile("тұрғанымызда"))
