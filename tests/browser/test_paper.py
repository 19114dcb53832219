"""What comes out of the printer."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.once]
MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A6 = (105 * MM, 148 * MM)
ROLL = (80 * MM, 160 * MM)
SLACK = 1.0
"""Points that the browser may round by."""


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


def has(found: list[tuple[float, float]], paper: tuple[float, float]) -> bool:
    """Whether one of the pages is of that paper."""
    return any(
        abs(width - paper[0]) <= SLACK and abs(height - paper[1]) <= SLACK
        for width, height in found
    )


def test_a_slip_prints_on_a6_and_on_a_roll_and_the_rest_on_a4(
    desk: BrowserContext, site: Site
) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address("/desk/style/"))
    found = sizes(sheet.pdf(prefer_css_page_size=True))
    assert has(found, A4)
    assert has(found, A6)
    assert has(found, ROLL)


def test_paper_carries_no_menu_and_no_button(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    sheet.emulate_media(media="print")
    for path, kept in (("/desk/style/", ".lines"), ("/", "h1")):
        sheet.goto(site.address(path))
        expect(sheet.locator(kept).first).to_be_visible()
        for gone in (".menu", ".languages", ".hide", "button", ".skip"):
            for place in sheet.locator(gone).all():
                expect(place).to_be_hidden()


def test_paper_is_white_and_ink_is_black_even_in_the_dark(desk: BrowserContext, site: Site) -> None:
    sheet = desk.new_page()
    sheet.emulate_media(media="print", color_scheme="dark")
    sheet.goto(site.address("/"))
    colours = sheet.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_calendar_of_a_year_prints_on_one_sheet(
    desk: BrowserContext, site: Site, year: int
) -> None:
    sheet = desk.new_page()
    sheet.goto(site.address(f"/calendar/{year}/"))
    pages = sizes(sheet.pdf(prefer_css_page_size=True))
    assert len(pages) == 2, "the months on the front, the days by name on the back"
