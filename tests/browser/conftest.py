"""One site for all browser tests; one browser for each file of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from tools.screenshots import ARGUMENTS

from tests.browser.crawl import Page, pages
from tests.browser.site import Site, running
from tools import browser as chromium

# Milliseconds that a page may take to show what is expected of it: the machine may be busy.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A training site, made once."""
    with running(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(scope="session")
def walked(site: Site) -> tuple[Page, ...]:
    """Every kind of page in every language."""
    return pages(site.base, tuple(site.sessions.items()))


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """Chromium. It ends with the file: its event loop would forbid Django's queries elsewhere."""
    path = chromium.find()
    assert path, "Chromium is missing: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def desk(chrome: Browser, site: Site) -> Iterator[BrowserContext]:
    """A window in which somebody who works with everything is signed in, in Kazakh."""
    context = chrome.new_context(viewport={"width": 1280, "height": 800})
    enter(context, site, "kk")
    yield context
    context.close()


def enter(context: BrowserContext, site: Site, who: str) -> None:
    """Sign the window in."""
    context.add_cookies(
        [
            {
                "name": "desk",
                "value": site.sessions[who],
                "domain": "localhost",
                "path": "/desk/",
            }
        ]
    )
