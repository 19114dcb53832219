"""Find Chromium, or install it where that is possible; fail clearly where it is not."""

import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str:
    """The browser's path, or "" when there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    cache = Path.home() / ".cache" / "ms-playwright"
    return next((str(path) for path in cache.glob("chromium-*/chrome-linux*/chrome")), "")


def install() -> None:
    """Try Debian's package, then Playwright's own download."""
    attempts = (
        "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium",
        f"{sys.executable} -m playwright install chromium",
    )
    for attempt in attempts:
        subprocess.run(attempt, shell=True, check=False, timeout=900)  # noqa: S602 - our own words
        if find():
            return


def main() -> int:
    """Return 0 when a browser is there afterwards."""
    if not find():
        print("Chromium is not installed: installing it for the browser tests…", flush=True)
        install()
    if path := find():
        print(f"browser: {path}")
        return 0
    print(
        "The browser tests need Chromium, and it could not be installed. Install it and run again."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
