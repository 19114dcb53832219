"""Slips and the status page, as a resident and an adviser meet them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import ROOT, Site
from tests.browser.test_gates import NARROW, WEIGHT, axe, listen
from tests.browser.test_paper import A4, A6, ROLL, has, sizes
from tools import html

pytestmark = [pytest.mark.browser, pytest.mark.once]
MM = 96 / 25.4
Made = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def made(site: Site) -> Made:
    """Numbers and codes of visitors whom the site has received."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.browser.receive"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    found: Made = json.loads(result.stdout.splitlines()[-1])
    return found


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Page]:
    """A narrow telephone."""
    context = chrome.new_context(
        viewport={"width": NARROW, "height": 740}, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def ask(sheet: Page, site: Site, number: str, code: str, page: str = "/status/") -> None:
    """Type number and code."""
    sheet.goto(site.address(page))
    sheet.fill("[name=number]", number)
    sheet.fill("[name=code]", code)
    press(sheet, "main button")


def test_a_resident_reads_how_far_the_matter_is(phone: Page, site: Site, made: Made) -> None:
    own = made["helped"]
    phone.goto(site.address("/"))
    press(phone, 'a[href="/status/"]')
    phone.fill("[name=number]", own["number"].replace("К", "k"))
    phone.fill("[name=code]", f"{own['code'][:4]} {own['code'][4:]}")
    press(phone, "[name=code]", "Enter")
    expect(phone.locator("h1")).to_have_text(own["number"])
    expect(phone.locator(".answer")).to_contain_text("Мерзімі:")
    expect(phone.locator(".answer")).to_contain_text("Қалғаны: 15 жұмыс күні")
    expect(phone.locator(".stages [aria-current=step]")).to_be_visible()
    assert own["code"] not in phone.url
    assert phone.context.cookies() == []


@pytest.mark.parametrize("who", ["helped", "advised", "blank", "wrong"])
@pytest.mark.parametrize("page", ["/status/", "/ru/status/", "/en/status/"])
def test_every_answer_is_accessible_narrow_light_and_valid(
    chrome: Browser, site: Site, made: Made, tmp_path: Path, who: str, page: str
) -> None:
    context = chrome.new_context(viewport={"width": NARROW, "height": 740})
    sheet = context.new_page()
    found: list[str] = []
    number = made.get(who, made["helped"])["number"]
    code = made[who]["code"] if who in made else "00000000"
    wire = context.new_cdp_session(sheet)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sheet.goto(site.address(page))
    if who != "wrong":
        listen(sheet, site, found)
    heavy: list[float] = []
    wire.on("Network.loadingFinished", lambda event: heavy.append(event["encodedDataLength"]))
    sheet.fill("[name=number]", number)
    sheet.fill("[name=code]", code)
    press(sheet, "main button")
    sheet.wait_for_load_state("networkidle")
    assert len(heavy) >= 2
    assert sum(heavy) <= WEIGHT
    assert sheet.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert "<script" not in sheet.content()
    found += axe(sheet, {})
    (tmp_path / "page.html").write_text(sheet.content(), encoding="utf-8")
    found += html.findings(tmp_path)
    assert not found, "\n".join(found)
    context.close()


@pytest.mark.parametrize(
    ("paper", "size", "most"), [("a6", A6, 2), ("roll", ROLL, 2), ("large", A4, 3)]
)
def test_a_slip_prints_on_its_own_paper_and_the_longest_card_fits(
    desk: BrowserContext,
    site: Site,
    made: Made,
    paper: str,
    size: tuple[float, float],
    most: int,
) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address(f"/desk/reception/{made['helped']['reference']}/slip/?paper={paper}"))
    found = sizes(sheet.pdf(prefer_css_page_size=True))
    assert 2 <= len(found) <= most
    assert all(has([each], size) for each in found)


@pytest.mark.parametrize(("paper", "width"), [("a6", 95), ("roll", 72), ("large", 186)])
@pytest.mark.parametrize("who", ["helped", "advised"])
def test_number_and_code_fit_on_the_paper(
    desk: BrowserContext, site: Site, made: Made, who: str, paper: str, width: int
) -> None:
    sheet = desk.new_page()
    sheet.set_viewport_size({"width": round(width * MM), "height": 1_000})
    sheet.emulate_media(media="print")
    own = made[who]
    sheet.goto(site.address(f"/desk/reception/{own['reference']}/slip/?paper={paper}"))
    slip = sheet.locator(".slip").first
    outer = slip.bounding_box()
    assert outer
    for text in (own["number"], f"{own['code'][:4]} {own['code'][4:]}"):
        place = slip.locator(".code", has_text=text)
        inner = place.bounding_box()
        assert inner
        assert inner["x"] >= outer["x"]
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        assert place.evaluate("each => each.scrollWidth <= each.clientWidth")
        assert float(place.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")) >= 16


def test_words_stand_below_the_picture_on_a_telephone_and_beside_it_on_paper(
    desk: BrowserContext, site: Site, made: Made
) -> None:
    sheet = desk.new_page()
    sheet.set_viewport_size({"width": NARROW, "height": 740})
    sheet.goto(site.address(f"/desk/reception/{made['helped']['reference']}/slip/"))
    picture, words = sheet.locator(".ask .picture"), sheet.locator(".ask > :last-child")

    def is_below() -> bool:
        upper, lower = picture.bounding_box(), words.bounding_box()
        assert upper
        assert lower
        return lower["y"] >= upper["y"] + upper["height"]

    assert is_below()
    sheet.emulate_media(media="print")
    assert not is_below()


def test_large_print_is_eighteen_points(desk: BrowserContext, site: Site, made: Made) -> None:
    sheet = desk.new_page()
    sheet.emulate_media(media="print")
    sheet.goto(site.address(f"/desk/reception/{made['helped']['reference']}/slip/?paper=large"))
    small = sheet.evaluate(
        "Math.min(...[...document.querySelectorAll('.slip *')].filter(each => each.innerText)"
        ".map(each => parseFloat(getComputedStyle(each).fontSize)))"
    )
    assert small >= 18 * 96 / 72 - 0.01


def test_sheets_and_slips_of_a_batch_print_on_a4_and_nothing_is_cut_off(
    desk: BrowserContext, site: Site, made: Made
) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/reception/slips/browser-batch/"))
    found = sizes(sheet.pdf(prefer_css_page_size=True))
    assert len(found) == 4, "two sheets of three visits, two of four slips"
    assert all(has([each], A4) for each in found)
    sheet.emulate_media(media="print")
    for pieces, width in ((".entry", 184), (".quarter,.quarter .slip", 210)):
        sheet.set_viewport_size({"width": round(width * MM), "height": 1_000})
        cut = sheet.evaluate(
            "pieces => [...document.querySelectorAll(pieces)]"
            ".filter(each => each.scrollHeight > each.clientHeight + 1"
            " || each.scrollWidth > each.clientWidth + 1).length",
            pieces,
        )
        assert cut == 0, pieces


def test_the_desks_pages_of_slips_are_accessible_and_valid(
    desk: BrowserContext, site: Site, made: Made, tmp_path: Path
) -> None:
    found: list[str] = []
    sheet = desk.new_page()
    listen(sheet, site, found)
    slip = f"/desk/reception/{made['helped']['reference']}/slip/"
    places = [f"{slip}?paper={paper}" for paper in ("a6", "roll", "large")]
    places += ["/desk/reception/slips/", "/desk/reception/slips/browser-batch/"]
    for number, place in enumerate((*places, "/desk/reception/status/")):
        sheet.goto(site.address(place))
        found += axe(sheet, {})
        text = sheet.request.get(site.address(place)).text()
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    found += html.findings(tmp_path)
    assert not found, "\n".join(found)


def test_the_button_prints_and_is_not_there_without_script(
    chrome: Browser, desk: BrowserContext, site: Site, made: Made
) -> None:
    address = site.address(f"/desk/reception/{made['helped']['reference']}/slip/")
    sheet = desk.new_page()
    sheet.add_init_script("window.print = () => { window.printed = true; }")
    sheet.goto(address)
    sheet.click("[data-print]")
    assert sheet.evaluate("window.printed")
    plain = chrome.new_context(java_script_enabled=False)
    enter(plain, site, "kk")
    page = plain.new_page()
    page.goto(address)
    expect(page.locator("[data-print]")).to_be_hidden()
    plain.close()


def test_an_adviser_answers_a_call_and_gives_a_lost_slip_anew(
    desk: BrowserContext, site: Site, made: Made
) -> None:
    own = made["lost"]
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/reception/status/"))
    sheet.fill("[name=number]", own["number"])
    press(sheet, "[name=number]", "Enter")
    expect(sheet.locator("main h2").first).to_have_text(own["number"])
    sheet.goto(site.address(f"/desk/reception/{own['reference']}/slip/"))
    press(sheet, "form[action$='/slip/new/'] button")
    expect(sheet.locator(".slip .code").nth(1)).not_to_have_text(
        f"{own['code'][:4]} {own['code'][4:]}"
    )
    resident = sheet.context.browser
    assert resident
    page = resident.new_page()
    ask(page, site, own["number"], own["code"])
    expect(page.locator(".summary")).to_be_visible()
    page.close()
