"""Taking a consultation in Chromium: by keyboard alone, and without any script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect

from baqylau.staff import training
from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import Site
from tests.browser.test_gates import axe
from tests.browser.test_shared_desk import _sign_in as sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]
NEW = "/desk/reception/new/"
MOST_KEYS = 25
"""Keystrokes of a plain consultation besides the words of the answer."""
SAVED = re.compile(r"/desk/reception/20\d\d-\d{6}/$")
LETTERS = 150
"""Written at five a second, ten times as long as a draft may wait before it is kept."""
COUNT = "window.keys = 0; addEventListener('keydown', () => { window.keys += 1; }, true);"


@pytest.fixture(params=[360, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """A telephone and a laptop."""
    return int(request.param)


@pytest.fixture
def bare(chrome: Browser, site: Site, width: int) -> Iterator[Page]:
    """A window without JavaScript."""
    context = chrome.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=False
    )
    enter(context, site, "kk")
    yield context.new_page()
    context.close()


@pytest.fixture
def sheet(desk: BrowserContext, site: Site) -> Page:
    """The screen, opened at the laptop."""
    page = desk.new_page()
    page.add_init_script(COUNT)
    page.goto(site.address(NEW))
    expect(page.locator("#id_query")).to_be_focused()
    return page


def pressed(page: Page) -> int:
    """Keys that were pressed on the page so far."""
    return int(page.evaluate("window.keys"))


def is_keeping(answer: Response) -> bool:
    """Whether it answers the page that had its draft kept, not the note that somebody types."""
    return answer.request.method == "POST" and NEW in answer.url


def found(page: Page) -> None:
    """Wait until the card of a service is there."""
    expect(page.locator("#card h2")).to_be_visible()


def test_a_plain_consultation_takes_few_keys(sheet: Page) -> None:
    letters = "жүр"
    sheet.keyboard.type(letters)
    sheet.keyboard.press("Enter")
    found(sheet)
    sheet.keyboard.press("Enter")
    expect(sheet.locator("#id_answer")).to_be_focused()
    # Letters of the Kazakh keyboard reach the page without an event of their own here.
    keys = len(letters) + pressed(sheet) + 2
    sheet.keyboard.insert_text("Құжаттардың тізімі берілді")
    sheet.keyboard.press("Control+Enter")
    sheet.wait_for_url(SAVED)
    assert keys == 7
    assert keys <= MOST_KEYS
    expect(sheet.locator("main")).to_contain_text("Жүргізуші")
    expect(sheet.locator("main")).to_contain_text("ақпарат берілді")


def test_everything_is_chosen_by_keys_and_still_within_the_bound(sheet: Page) -> None:
    for key in ("Shift+Tab", "Shift+Tab", "Digit3", "Shift+Tab", "Digit2", "Enter"):
        sheet.keyboard.press(key)
    expect(sheet.locator("#id_query")).to_be_focused()
    for key in "pra":
        sheet.keyboard.press(key)
    sheet.keyboard.press("Enter")
    found(sheet)
    expect(sheet.locator("#card [lang=ru]").first).to_be_visible()
    sheet.keyboard.press("Digit3")
    expect(sheet.locator("[name=part][value=fee]")).to_be_checked()
    sheet.keyboard.press("Enter")
    sheet.keyboard.press("Shift+Tab")
    sheet.keyboard.press("Digit2")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("#id_answer")).to_be_focused()
    sheet.keyboard.insert_text("Пошлина оплачивается до экзамена")
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("Digit2")
    keys = pressed(sheet) + 2
    sheet.keyboard.press("Control+Enter")
    sheet.wait_for_url(SAVED)
    assert keys <= MOST_KEYS, keys
    for words in ("телефонмен", "Русский", "төлемі", "сол жерде шешілді"):
        expect(sheet.locator("main")).to_contain_text(words)


def test_the_draft_goes_on_after_a_reload_and_nothing_is_left_in_the_browser(sheet: Page) -> None:
    sheet.keyboard.press("F9")
    expect(sheet.locator("[data-unlisted]")).to_be_checked()
    sheet.keyboard.insert_text("Көрші ауылдың жолы туралы")
    with sheet.expect_response(is_keeping):
        sheet.keyboard.press("Tab")
    sheet.reload()
    expect(sheet.locator("#id_answer")).to_have_value("Көрші ауылдың жолы туралы")
    expect(sheet.locator("[data-unlisted]")).to_be_checked()
    assert sheet.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_second_tab_shows_what_the_first_has_not_kept_yet(sheet: Page) -> None:
    sheet.locator("#id_answer").fill("Екінші бетте де көрінеді")
    second = sheet.context.new_page()
    second.goto(sheet.url)
    expect(second.locator("#id_answer")).to_have_value("Екінші бетте де көрінеді")
    for page in (sheet, second):
        expect(page.locator("[data-say]")).to_contain_text("басқа бетте де ашық")
    other = sheet.context.new_page()
    other.goto(sheet.url.partition("?")[0])
    expect(other.locator("[data-say]")).to_have_text("")
    assert sheet.evaluate("localStorage.length + sessionStorage.length") == 0


def test_who_writes_on_without_a_pause_is_kept_all_the_same(sheet: Page) -> None:
    kept: list[Response] = []
    sheet.on("response", lambda answer: kept.append(answer) if is_keeping(answer) else None)
    sheet.locator("#id_answer").focus()
    for _letter in range(LETTERS):
        sheet.keyboard.insert_text("ә")
        sheet.wait_for_timeout(200)
        if kept:
            return
    raise AssertionError("nothing was kept while the writing went on")


def test_a_lost_connection_loses_nothing(sheet: Page) -> None:
    sheet.locator("#id_answer").fill("Желі үзілгенде жазылды")

    def cut(route: Route) -> None:
        route.abort()

    sheet.route("**/reception/new/**", cut)
    sheet.keyboard.press("Control+Enter")
    expect(sheet.locator("[data-say]")).to_contain_text("Ештеңе жоғалған жоқ")
    expect(sheet.locator("#id_answer")).to_have_value("Желі үзілгенде жазылды")
    sheet.unroute("**/reception/new/**")
    sheet.keyboard.press("Control+Enter")
    sheet.wait_for_url(SAVED)
    expect(sheet.locator("main")).to_contain_text("Желі үзілгенде жазылды")


def test_back_after_saving_leads_to_the_saved_consultation(sheet: Page) -> None:
    sheet.locator("#id_answer").fill("Бір рет қана")
    sheet.keyboard.press("Control+Enter")
    sheet.wait_for_url(SAVED)
    saved = sheet.url
    sheet.go_back()
    sheet.reload()
    expect(sheet).to_have_url(saved)


def test_one_key_leads_to_the_safe_channel_and_back(sheet: Page) -> None:
    sheet.locator("#id_query").fill("жер")
    sheet.keyboard.press("F8")
    sheet.wait_for_url("**/reception/money/**")
    expect(sheet.locator("main")).to_contain_text("/report/")
    press(sheet, "main form a")
    expect(sheet.locator("#id_query")).to_have_value("жер")


def test_a_locked_desk_gives_the_same_draft_back(chrome: Browser, site: Site) -> None:
    context = chrome.new_context()
    page = context.new_page()
    sign_in(page, site, "adviser")
    page.goto(site.address(NEW))
    address = page.url
    page.locator("#id_answer").fill("Құлыптағанда жазылды")
    press(page, "form[data-lock] button")
    page.wait_for_url("**/desk/lock/?next=**")
    page.fill("#id_secret", training.PIN)
    press(page, "#id_secret", "Enter")
    page.wait_for_url(re.compile(re.escape(address)))
    expect(page.locator("#id_answer")).to_have_value("Құлыптағанда жазылды")
    page.wait_for_function("!location.hash")
    page.locator("#id_answer").press("Control+Enter")
    page.wait_for_url(SAVED)
    page.goto(address)
    expect(page).to_have_url(SAVED)
    context.close()


def test_the_screen_works_without_a_script(bare: Page, site: Site, width: int) -> None:
    bare.goto(site.address(NEW))
    assert bare.evaluate("document.documentElement.scrollWidth") <= width
    bare.fill("#id_query", "бал")
    bare.fill("#id_answer", "Кезек тәртібі айтылды")
    press(bare, "#id_query", "Enter")
    expect(bare.locator("#card h2")).to_be_visible()
    expect(bare.locator("#id_answer")).to_have_value("Кезек тәртібі айтылды")
    bare.locator("#visitor summary").click()
    bare.fill("#id_name", "Сәуле")
    press(bare, "button[data-save]")
    expect(bare.locator(".summary")).to_be_visible()
    expect(bare.locator("#id_name")).to_have_value("Сәуле")
    assert bare.evaluate("document.documentElement.scrollWidth") <= width
    bare.fill("#id_name", "")
    press(bare, "button[data-save]")
    bare.wait_for_url(SAVED)
    expect(bare.locator("main")).to_contain_text("Кезек тәртібі айтылды")


def test_no_page_of_a_consultation_is_hard_to_use(
    desk: BrowserContext, site: Site, width: int
) -> None:
    page = desk.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    faults: list[str] = []

    def look() -> None:
        faults.extend(axe(page, {}))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{page.url} is {wide} px wide")

    page.goto(site.address(NEW))
    page.fill("#id_query", "бал")
    expect(page.locator("#hits .hit").first).to_be_visible()
    look()
    page.press("#id_query", "Enter")
    found(page)
    for each in page.locator(".consult details summary").all():
        each.click()
    look()
    page.fill("#id_held_on", "2030-01-01")
    page.fill("#id_phone", "8 701 123 45 67")
    press(page, "button[data-save]")
    expect(page.locator(".summary")).to_be_focused()
    look()
    page.check("#id_agreed")
    page.fill("#id_name", "Сәуле")
    page.fill("#id_held_on", "")
    press(page, "button[data-save]")
    page.wait_for_url(SAVED)
    look()
    address = page.url
    for more in ("correct/", "strike/", "withdraw/", "erase/"):
        page.goto(address + more)
        look()
    page.goto(address)
    page.select_option("#id_reason", "visit")
    press(page, "form[action$='person/'] button")
    expect(page.locator("main")).to_contain_text("Сәуле")
    look()
    for path in ("/desk/reception/money/", "/desk/reception/drafts/"):
        page.goto(site.address(path))
        look()
    assert faults == []
