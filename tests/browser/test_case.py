"""A case from nothing filed to its outcome, as an adviser walks it on a telephone, in Kazakh."""

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import Site
from tests.browser.test_gates import NARROW, axe, listen

pytestmark = [pytest.mark.browser, pytest.mark.once]

WAY = (
    "Тапсырылғанын тіркеу",
    "Жауапты тіркеу",
    "Жауапқа баға беру",
    "Шағымды тіркеу",
    "Шағымның жеткенін тіркеу",
    "Шағым бойынша шешімді тіркеу",
    "Сотқа берілген талапты тіркеу",
    "Мәселені жабу",
)
"""What the first button says, step after step, when a body refuses to the end."""
CHOSEN = {
    "procedure": "appeal",
    "finding": "reasoned",
    "outcome": "reasoned_refusal",
    "evidence": "letter",
}
LETTER: FilePayload = {
    "name": "a.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n%%EOF\n",
}


def fill(page: Page, body: str) -> None:
    """Answer what the form of a step asks, with a letter where it takes one."""
    for name, value in CHOSEN.items():
        if page.locator(f"select[name={name}]").count():
            page.select_option(f"select[name={name}]", value)
    if page.locator("input[name=body]").count():
        page.fill("input[name=body]", body)
    if page.locator("input[type=file]").count():
        expect(page.locator("input[name=is_cleaned]")).to_be_checked()
        page.set_input_files("input[type=file]", LETTER)


def begin(page: Page, site: Site, place: int) -> str:
    """Open a case that has a body and in which nothing is filed; give the body's address.

    Not every case has one: one that came from a sealed report may name none.
    """
    page.goto(site.address("/desk/cases/?state=open"))
    rows = page.locator("tbody tr", has=page.locator('td[data-label="Орган"]:not(:empty)'))
    addresses = [each.get_attribute("href") for each in rows.locator("td.ref a").all()]
    for address in addresses:
        page.goto(site.address(address or ""))
        if page.locator("main p > a.button:not(.second)").first.inner_text() == WAY[0]:
            if not place:
                return page.locator("aside dd a").first.get_attribute("href") or ""
            place -= 1
    raise AssertionError("no case with a body waits to be filed")


@pytest.mark.parametrize(("script", "place"), [(False, 0), (True, 1)])
def test_the_first_button_leads_from_the_filing_to_the_outcome(
    chrome: Browser, site: Site, script: bool, place: int
) -> None:
    context = chrome.new_context(
        viewport={"width": NARROW, "height": 740}, java_script_enabled=script
    )
    enter(context, site, "kk")
    page = context.new_page()
    errors: list[str] = []
    listen(page, site, errors)
    body = begin(page, site, place)
    done = []
    while (button := page.locator("main p > a.button:not(.second)")).count():
        done.append(button.inner_text())
        press(page, button)
        expect(page.locator("h1")).to_have_text(done[-1])
        if script:
            assert axe(page, {}) == []
        fill(page, body.rstrip("/").rpartition("/")[2])
        press(page, "main form button[type=submit]")
        expect(page.locator("p.lead")).to_be_visible()
        assert len(done) <= len(WAY)
    assert tuple(done) == WAY
    expect(page.locator("main")).to_contain_text("3-файл, PDF, 1 КБ")
    expect(page.locator('a[href$="/step/reopened/"]')).to_have_text("Мәселені қайта ашу")
    if script:
        assert axe(page, {}) == []
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    assert errors == []
    context.close()


def test_the_list_of_cases_turns_its_pages(chrome: Browser, site: Site) -> None:
    context = chrome.new_context(viewport={"width": NARROW, "height": 740})
    enter(context, site, "kk")
    page = context.new_page()
    page.goto(site.address("/desk/cases/?state=closed"))
    first = page.locator("td.ref").all_inner_texts()
    press(page, "main a[rel=next]")
    second = page.locator("td.ref").all_inner_texts()
    assert len(first) == 50
    assert second
    assert not set(first) & set(second)
    assert page.locator("select[name=state]").input_value() == "closed"
    press(page, page.get_by_role("link", name="Басына"))
    assert page.locator("td.ref").all_inner_texts() == first
    context.close()
