"""What every page must pass, in every language, light and dark, wide and narrow."""

import gzip
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage
from playwright.sync_api import Page as Sheet

from tests.browser.conftest import enter
from tests.browser.crawl import Page
from tests.browser.site import LANGUAGES, Site
from tools import html

pytestmark = [pytest.mark.browser, pytest.mark.once]
WEIGHT = 14 * 1024
"""Bytes over the wire, heads of the answers included: what one round trip carries."""
PHOTO, PHOTO_WEIGHT = "image/jpeg", 31_000
"""Photographs stand outside of that: lazy, and 30 KB each at most with the heads."""
NARROW, WIDE = 360, 1280


@contextmanager
def sheets(
    chrome: Browser, site: Site, width: int, scheme: str, *, script: bool = True
) -> Iterator[dict[str, Sheet]]:
    """One tab for each person, signed in."""
    contexts = []
    tabs = {}
    for who in site.sessions:
        context = chrome.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        enter(context, site, who)
        contexts.append(context)
        tabs[who] = context.new_page()
    yield tabs
    for context in contexts:
        context.close()


def listen(sheet: Sheet, site: Site, found: list[str]) -> None:
    """Note errors of the console (broken policies are among them) and requests to strangers."""

    def said(message: ConsoleMessage) -> None:
        # The page about a missing page answers 404, and the console repeats that.
        if message.type in {"error", "warning"} and "404 (Not Found)" not in message.text:
            found.append(f"{sheet.url}: {message.text}")

    sheet.on("console", said)
    sheet.on("pageerror", lambda error: found.append(f"{sheet.url}: {error}"))
    sheet.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(site.base + "/")
            else found.append(f"{sheet.url} asks {request.url}")
        ),
    )


def axe(sheet: Sheet, rules: Mapping[str, object]) -> list[str]:
    """What axe finds on the page."""
    results = Axe().run(sheet, options=dict(rules)).response
    return [
        f"{sheet.url}: {finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in results["violations"]
        for node in finding["nodes"]
    ]


def test_the_walk_sees_every_language_and_both_trees(walked: tuple[Page, ...]) -> None:
    for language in LANGUAGES:
        mine = [page for page in walked if page.language == language]
        assert any(page.is_desk for page in mine)
        assert sum(not page.is_desk for page in mine) >= 3
        assert all(f'<html lang="{language}">' in page.html for page in mine)


def test_every_page_is_valid_html(walked: tuple[Page, ...], tmp_path: Path) -> None:
    for number, page in enumerate(walked):
        (tmp_path / f"{number}-{page.name}.html").write_text(page.html, encoding="utf-8")
    found = html.findings(tmp_path)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_wide_light_pages(
    chrome: Browser, site: Site, walked: tuple[Page, ...]
) -> None:
    found: list[str] = []
    with sheets(chrome, site, WIDE, "light") as tabs:
        for tab in tabs.values():
            listen(tab, site, found)
        for page in walked:
            tab = tabs[page.who]
            tab.goto(site.address(page.path))
            found += axe(tab, {})
    assert not found, "\n".join(found)


def test_narrow_dark_pages_keep_their_contrast_and_never_scroll_sideways(
    chrome: Browser, site: Site, walked: tuple[Page, ...]
) -> None:
    found: list[str] = []
    only = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
    with sheets(chrome, site, NARROW, "dark") as tabs:
        for page in walked:
            tab = tabs[page.who]
            tab.goto(site.address(page.path))
            width = tab.evaluate("document.documentElement.scrollWidth")
            if width > NARROW:
                found.append(f"{page.path} ({page.language}) is {width} px wide")
            found += axe(tab, only)
    assert not found, "\n".join(found)


def test_every_citizen_page_is_light_and_needs_no_script(
    chrome: Browser, site: Site, walked: tuple[Page, ...]
) -> None:
    found: list[str] = []
    for page in walked:
        if page.is_desk:
            continue
        if "<script" in page.html:
            found.append(f"{page.path} has a script")
        weight = weigh(chrome, site.address(page.path)) + icon_of(site, page)
        if weight > WEIGHT:
            found.append(f"{page.path} ({page.language}) weighs {weight} bytes")
    assert not found, "\n".join(found)


def weigh(chrome: Browser, address: str) -> int:
    """Bytes over the wire for a first visit without script, everything that is loaded included.

    Apart from photographs: those are lazy, and light each.
    """
    context = chrome.new_context(java_script_enabled=False)
    sheet = context.new_page()
    wire = context.new_cdp_session(sheet)
    wire.send("Network.enable")
    pictures: set[str] = set()
    sizes: list[tuple[str, float]] = []
    wire.on(
        "Network.responseReceived",
        lambda event: (
            pictures.add(event["requestId"]) if event["response"]["mimeType"] == PHOTO else None
        ),
    )
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.append((event["requestId"], event["encodedDataLength"])),
    )
    sheet.goto(address)
    sheet.wait_for_timeout(50)
    assert not sheet.locator("img:not([loading=lazy])").count(), f"{address}: not lazy"
    context.close()
    photos = [size for each, size in sizes if each in pictures]
    assert all(size <= PHOTO_WEIGHT for size in photos), f"{address}: heavy pictures"
    own = [size for each, size in sizes if each not in pictures]
    assert len(own) >= 2, f"{address}: a page and its style sheet at least"
    return round(sum(own))


def icon_of(site: Site, page: Page) -> int:
    """Bytes of the page's icon, which a headless browser does not ask for."""
    address = re.search(r'<link rel="icon"[^>]*href="([^"]+)"', page.html)
    assert address, page.path
    status, heads, body = site.get(address[1], Accept_Encoding="gzip")
    assert status == 200
    assert heads["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).startswith(b"<svg")
    return len(body) + len(str(heads))
