"""Help without JavaScript on a telephone: a talk, a case, a letter, its PDF; in Kazakh."""

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import enter
from tests.browser.site import Site
from tests.browser.test_gates import axe

pytestmark = pytest.mark.browser


@pytest.fixture
def telephone(chrome: Browser, site: Site) -> Iterator[BrowserContext]:
    """A small window without JavaScript, signed in."""
    context = chrome.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, accept_downloads=True
    )
    enter(context, site, "kk")
    yield context
    context.close()


def is_narrow(tab: Page) -> bool:
    """Whether nothing stands out of the window."""
    return bool(tab.evaluate("document.documentElement.scrollWidth <= 360"))


def begin_talk(tab: Page, site: Site) -> None:
    """Write a plain consultation down."""
    tab.goto(site.address("/desk/reception/new/"))
    tab.check('input[name="kind"][value="service_failure"]')
    tab.click('button[value="save"]')
    tab.wait_for_url(re.compile(r"/desk/reception/20\d\d-\d+/"))


def test_from_the_talk_to_the_printed_letter(telephone: BrowserContext, site: Site) -> None:
    tab = telephone.new_page()
    begin_talk(tab, site)
    tab.click('a[href$="/help/"]')
    assert is_narrow(tab)
    tab.click('a[href$="/help/case/"]')
    assert is_narrow(tab)
    tab.click("main form button[type=submit]")
    assert "Ж-" in tab.inner_text("main")
    tab.check('input[name="kind"][value="appeal"]')
    tab.check('input[name="language"][value="kk"]')
    tab.click('form[action$="/letter/"] button')
    assert is_narrow(tab)
    tab.fill('[name="applicant_name"]', "Ғалымқызы Әсел")
    tab.click("main form button[type=submit]")
    assert "63-бап" in tab.inner_text("main")
    assert tab.input_value('[name="applicant_name"]') == "Ғалымқызы Әсел"
    tab.fill('[name="applicant_address"]', "Тараз қаласы, Төле би көшесі, 900-үй")
    tab.fill('[name="facts"]', "Өтінішім қабылданбады.")
    tab.fill('[name="request"]', "Өтінішті тіркеуіңізді сұраймын.")
    if tab.locator('[name="receiver"]').count():
        tab.locator('[name="receiver"]').first.check()
    else:
        tab.fill('[name="body"]', "00000001")
    tab.click("main form button[type=submit]")
    assert is_narrow(tab)
    with tab.expect_download() as waiting:
        tab.click('form[action$="/pdf/"] button')
    said = "".join(
        page.extract_text()
        for page in pypdf.PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages
    )
    assert "Ғалымқызы Әсел" in said
    assert "Қолы: ____" in said


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
    tab.click('form[action$="/letter/"] button')
    found += axe(tab, {})
    tab.click("main form button[type=submit]")
    found += axe(tab, {})
    tab.goto(tab.url.replace("write/", ""))
    found += axe(tab, {})
    for path in ("/desk/reception/addressees/", "/desk/reception/addressees/new/"):
        tab.goto(site.address(path))
        found += axe(tab, {})
    assert found == []
