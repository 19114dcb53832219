"""Find nginx for the tests of deploy/, or unpack Debian's package into .venv/nginx.

Nothing is installed and no service is started; without nginx and without apt it says so.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNPACKED = ROOT / ".venv" / "nginx"


def find() -> str:
    """The program's path, or "" when there is none."""
    if path := shutil.which("nginx"):
        return path
    for place in (Path("/usr/sbin/nginx"), UNPACKED / "usr" / "sbin" / "nginx"):
        if place.exists():
            return str(place)
    return ""


def unpack() -> None:
    """Fetch Debian's package as an ordinary user would, and unpack it; needs no right at all."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return
    # The last word is for a machine that has never asked what packages there are; it needs root.
    for fetch in ("apt-get download -q nginx", "apt-get update -qq && apt-get download -q nginx"):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(  # noqa: S602 - our own words
                fetch, shell=True, check=False, cwd=folder, timeout=300, capture_output=True
            )
            for package in Path(folder).glob("nginx_*.deb"):
                subprocess.run(["dpkg-deb", "-x", package, UNPACKED], check=True)  # noqa: S607 - whichever the machine has
                return


def main() -> int:
    """Say where it is, or that the site file will only be read and not tried; returns 0."""
    if not find():
        unpack()
    print(f"nginx: {find() or 'not found; deploy/nginx.conf is read but not tried'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
