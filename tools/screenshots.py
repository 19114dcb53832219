"""Pictures of pages, for looking at: `python -m tools.screenshots http://localhost:8000/ …`.

Each page is drawn at 360 and 1280 px, light and dark, into build/screenshots/.
`--cookie NAME=VALUE` signs in; `--light` and `--width N` narrow the choice. `--fill NAME=VALUE`
types into the page's form, which is then sent; `--print` draws what comes out of the printer;
`--only CSS` draws one element.
"""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

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


def act(sheet: Page, options: argparse.Namespace) -> None:
    """Fill the form in and send it, and turn to paper, as far as that is asked."""
    for typed in options.fill:
        name, _, value = typed.partition("=")
        sheet.fill(f"[name={name}]", value)
    if options.fill:
        sheet.click("main form button")
    if options.print:
        sheet.emulate_media(media="print", color_scheme="light")


def draw(browser: Browser, page: str, width: int, scheme: str, options: argparse.Namespace) -> Path:
    """Draw one page, or one element of it; returns where the picture is."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    if options.cookie:
        name, _, value = options.cookie.partition("=")
        parts = urlsplit(page)
        context.add_cookies([{"name": name, "value": value, "url": f"http://{parts.netloc}/desk/"}])
    sheet = context.new_page()
    sheet.goto(page)
    act(sheet, options)
    target = TARGET / name_of(page, width, scheme)
    if options.only:
        sheet.locator(options.only).first.screenshot(path=target)
    else:
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
    parser.add_argument("--fill", action="append", default=[])
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    TARGET.mkdir(parents=True, exist_ok=True)
    schemes = ("light",) if options.light else ("light", "dark")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        for page in options.pages:
            for width in options.width or WIDTHS:
                for scheme in schemes:
                    print(draw(browser, page, width, scheme, options).relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
