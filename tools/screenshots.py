"""Pictures of pages, for looking at: `python -m tools.screenshots http://localhost:8000/ …`.

Each page is drawn at 360 and 1280 px, light and dark, into build/screenshots/.
`--cookie NAME=VALUE` signs in; `--light` and `--width N` narrow the choice.
"""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tools import browser as chromium

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
]
WIDTHS = (360, 1280)


def name_of(page: str, width: int, scheme: str) -> str:
    """A file name that tells the page, the width and the scheme."""
    path = re.sub(r"[^\w]+", "-", urlsplit(page).path).strip("-") or "home"
    return f"{path}-{width}-{scheme}.png"


def draw(browser: Browser, page: str, width: int, scheme: str, cookie: str) -> Path:
    """Draw one page whole; returns where the picture is."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    if cookie:
        name, _, value = cookie.partition("=")
        parts = urlsplit(page)
        context.add_cookies([{"name": name, "value": value, "url": f"http://{parts.netloc}/desk/"}])
    sheet = context.new_page()
    sheet.goto(page)
    target = TARGET / name_of(page, width, scheme)
    sheet.screenshot(path=target, full_page=True)
    context.close()
    return target


def main(arguments: list[str]) -> int:
    """Draw every page in every width and scheme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--cookie", default="")
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--width", type=int, action="append")
    options = parser.parse_args(arguments)
    TARGET.mkdir(parents=True, exist_ok=True)
    schemes = ("light",) if options.light else ("light", "dark")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        for page in options.pages:
            for width in options.width or WIDTHS:
                for scheme in schemes:
                    print(draw(browser, page, width, scheme, options.cookie).relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
