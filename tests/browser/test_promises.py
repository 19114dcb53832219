"""Promises and recommendations: a resident reads them, a secretary writes an answer down."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import Site
from tests.browser.test_gates import NARROW, WEIGHT, axe, listen, weigh

pytestmark = [pytest.mark.browser, pytest.mark.once]
LETTER: FilePayload = {
    "name": "a.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n%%EOF\n",
}


def test_a_resident_without_scripts_finds_what_is_overdue_and_reads_the_whole_chain(
    chrome: Browser, site: Site
) -> None:
    """Kazakh, 360 px, no JavaScript."""
    context = chrome.new_context(
        viewport={"width": NARROW, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(site.address("/"))
    press(page, 'main a[href="/promises/"]')
    expect(page.locator("h1")).to_have_text("Уәделер мен ұсынымдар")
    assert page.locator("ul.list > li").count() == 29
    page.locator("details summary").first.click()
    page.check("input[name=overdue]")
    press(page, "form[role=search] button")
    late = page.locator("ul.list > li .mark.late")
    assert late.count() >= 6
    expect(late.first).to_contain_text("мерзімі өткеніне")
    press(page, "ul.list > li > a")
    expect(page.locator("p.answer .mark.late")).to_be_visible()
    expect(page.locator("main")).to_contain_text("заңгер тексермеген", ignore_case=True)
    expect(page.locator("svg.qr")).to_be_visible()
    page.goto(site.address("/promises/?state=disputed"))
    press(page, "ul.list > li > a")
    expect(page.locator("main")).to_contain_text("Тақта бар, бірақ тізім екі апта бұрынғы.")
    context.close()


def test_the_register_and_a_page_are_light_and_accessible(chrome: Browser, site: Site) -> None:
    for path in ("/promises/", "/promises/?overdue=on"):
        assert weigh(chrome, site.address(path)) <= WEIGHT
    context = chrome.new_context(viewport={"width": NARROW, "height": 740})
    page = context.new_page()
    page.goto(site.address("/promises/"))
    assert axe(page, {}) == []
    first = page.locator("ul.list > li > a").first.get_attribute("href") or ""
    assert weigh(chrome, site.address(first)) <= WEIGHT
    page.goto(site.address(first))
    assert axe(page, {}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    context.close()


def test_a_secretary_writes_an_answer_down_and_everybody_reads_it(
    chrome: Browser, site: Site
) -> None:
    context = chrome.new_context(viewport={"width": NARROW, "height": 740})
    enter(context, site, "kk")
    page = context.new_page()
    errors: list[str] = []
    listen(page, site, errors)
    page.goto(site.address("/desk/promises/?state=silent"))
    press(page, "td.ref a")
    number = page.locator("h1").inner_text()
    press(page, "main p > a.button:not(.second)")
    expect(page.locator("h1")).to_have_text("Жауапты жазу")
    assert axe(page, {}) == []
    page.select_option("select[name=finding]", "accepted")
    page.fill("textarea[name=text_kk]", "Қабылданды, келесі айда басталады.")
    page.set_input_files("input[type=file]", LETTER)
    press(page, "main form button[type=submit]")
    expect(page.locator("p.lead")).to_be_visible()
    assert axe(page, {}) == []
    assert page.locator('a[href*="/letters/"]').count() == 1
    page.goto(site.address(f"/promises/{number}/"))
    expect(page.locator("blockquote")).to_contain_text("Қабылданды, келесі айда басталады.")
    expect(page.locator("main")).to_contain_text(re.compile("жауап"))
    assert errors == []
    context.close()
