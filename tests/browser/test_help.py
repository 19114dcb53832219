"""The desk's main path in Kazakh: talk, case, letter, filing, slip; then the resident asks.

On a telephone and on a laptop, without JavaScript and with it.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import Site
from tests.browser.test_gates import NARROW, WIDE, axe

pytestmark = pytest.mark.browser
NAME = "Ғалымқызы Әсел"
LETTER = {
    "applicant_address": "Тараз қаласы, Төле би көшесі, 900-үй",
    "facts": "Өтінішім қабылданбады.",
    "request": "Өтінішті тіркеуіңізді сұраймын.",
}


@dataclass(frozen=True, slots=True)
class Window:
    """A browser's window, and what was found wrong in it so far."""

    context: BrowserContext
    width: int
    has_script: bool
    found: list[str] = field(default_factory=list)


@pytest.fixture(
    params=[(NARROW, False), (NARROW, True), (WIDE, False), (WIDE, True)],
    ids=lambda way: f"{way[0]} px {'with' if way[1] else 'without'} script",
)
def window(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Window]:
    """A window of each width, nobody signed in."""
    width, has_script = request.param
    context = chrome.new_context(
        viewport={"width": width, "height": 740},
        java_script_enabled=has_script,
        accept_downloads=True,
    )
    yield Window(context, width, has_script)
    context.close()


def is_narrow(tab: Page) -> bool:
    """Whether nothing stands out of a telephone's window."""
    return bool(tab.evaluate(f"document.documentElement.scrollWidth <= {NARROW}"))


def look(window: Window, tab: Page) -> None:
    """Note what is wider than the window and, where its script can run, what axe finds."""
    wide = tab.evaluate("document.documentElement.scrollWidth")
    if wide > window.width:
        window.found.append(f"{tab.url} is {wide} px wide")
    if window.has_script:
        window.found.extend(axe(tab, {}))


def begin_talk(tab: Page, site: Site) -> None:
    """Write a plain consultation down."""
    tab.goto(site.address("/desk/reception/new/"))
    tab.check('input[name="kind"][value="service_failure"]')
    press(tab, 'button[value="save"]')
    tab.wait_for_url(re.compile(r"/desk/reception/20\d\d-\d+/"))


def write_letter(window: Window, tab: Page) -> None:
    """An appeal, refused once for what it lacks, then whole."""
    tab.check('input[name="kind"][value="appeal"]')
    tab.check('input[name="language"][value="kk"]')
    press(tab, 'form[action$="/letter/"] button')
    look(window, tab)
    tab.fill('[name="applicant_name"]', NAME)
    press(tab, "main form button[type=submit]")
    expect(tab.locator("main")).to_contain_text("63-бап")
    expect(tab.locator('[name="applicant_name"]')).to_have_value(NAME)
    look(window, tab)
    for name, text in LETTER.items():
        tab.fill(f'[name="{name}"]', text)
    if tab.locator('[name="receiver"]').count():
        tab.locator('[name="receiver"]').first.check()
    else:
        tab.fill('[name="body"]', "00000001")
    press(tab, "main form button[type=submit]")
    look(window, tab)


def printed(tab: Page) -> str:
    """The words of the letter's PDF."""
    with tab.expect_download() as waiting:
        tab.click('form[action$="/pdf/"] button')
    reader = pypdf.PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    return "".join(page.extract_text() for page in reader.pages)


def test_from_the_talk_to_what_the_resident_reads(window: Window, site: Site) -> None:
    enter(window.context, site, "kk")
    tab = window.context.new_page()
    begin_talk(tab, site)
    talk = tab.url
    look(window, tab)
    press(tab, 'a[href$="/help/"]')
    look(window, tab)
    press(tab, 'a[href$="/help/case/"]')
    look(window, tab)
    press(tab, "main form button[type=submit]")
    expect(tab.locator("main")).to_contain_text("Ж-")
    write_letter(window, tab)
    said = printed(tab)
    assert NAME in said
    assert "Қолы: ____" in said
    tab.reload()
    press(tab, 'a[href*="/step/filed/"]')
    look(window, tab)
    tab.fill('[name="reference"]', "ЖТ-2026-000077")
    press(tab, "main form button[type=submit]")
    expect(tab.locator("main")).to_contain_text("ЖТ-2026-000077")
    look(window, tab)
    tab.goto(f"{talk}slip/")
    look(window, tab)
    number, code = tab.locator(".slip .code").all_inner_texts()[:2]
    expect(tab.locator(".slip").first).to_contain_text("Мерзімі:")
    assert NAME not in tab.content()
    resident = window.context.new_page()
    window.context.clear_cookies()
    resident.goto(site.address("/"))
    press(resident, 'a[href="/status/"]')
    look(window, resident)
    resident.fill("[name=number]", number)
    resident.fill("[name=code]", code)
    press(resident, "[name=code]", "Enter")
    expect(resident.locator("h1")).to_have_text(number)
    expect(resident.locator(".answer")).to_contain_text("Қалғаны: 15 жұмыс күні")
    look(window, resident)
    assert window.context.cookies() == []
    assert window.found == []


def test_axe_finds_nothing_on_the_pages_of_help(desk: BrowserContext, site: Site) -> None:
    tab = desk.new_page()
    begin_talk(tab, site)
    tab.goto(tab.url.split("?")[0] + "help/")
    found = axe(tab, {})
    help_page = tab.url
    for path in ("case/", "referral/"):
        tab.goto(help_page + path)
        found += axe(tab, {})
    tab.goto(help_page)
    tab.check('input[name="kind"][value="silence"]')
    tab.check('input[name="language"][value="ru"]')
    press(tab, 'form[action$="/letter/"] button')
    found += axe(tab, {})
    press(tab, "main form button[type=submit]")
    found += axe(tab, {})
    tab.goto(tab.url.replace("write/", ""))
    found += axe(tab, {})
    for path in ("/desk/reception/addressees/", "/desk/reception/addressees/new/"):
        tab.goto(site.address(path))
        found += axe(tab, {})
    assert found == []
