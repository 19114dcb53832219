"""The server as an organisation runs it: cold start, memory at rest, weight of its pages."""

import atexit
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from benchmarks.table import Row, measures

MEMORY_LIMIT = 120.0
"""MB at rest without modules."""

START_LIMIT = 2.0
"""CPU-seconds from nothing to the first page."""

WEIGHT_LIMIT = 14 * 1024
"""Bytes over the wire of a citizen's page with all that it loads."""

PAGES = ("/", "/ru/", "/en/", "/services/", "/law/", "/districts/", "/calendar/", "/status/")


@contextmanager
def installation(**settings: str) -> Iterator[dict[str, str]]:
    """A prepared training site in a folder of its own; gives its environment.

    `settings` are set for it: `BAQYLAU_MODULES=""` leaves every module out.
    """
    with tempfile.TemporaryDirectory(prefix="baqylau-bench-site-") as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
        environment |= {"BAQYLAU_HOME": home, "BAQYLAU_PORT": str(free_port()), **settings}
        shutil.copytree(blank_home(frozenset(settings.items())), home, dirs_exist_ok=True)
        yield environment


_blank: dict[frozenset[tuple[str, str]], Path] = {}


def blank_home(settings: frozenset[tuple[str, str]] = frozenset()) -> Path:
    """A prepared training site on SQLite that nobody has used, to be copied: made once in a run.

    Once more when somebody has taken away the folder in which it was made.
    """
    if settings not in _blank or not _blank[settings].exists():
        _blank[settings] = _prepared(settings)
    return _blank[settings]


def _prepared(settings: frozenset[tuple[str, str]]) -> Path:
    home = Path(tempfile.mkdtemp(prefix="baqylau-bench-blank-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    ours = {"BAQYLAU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "baqylau.config.settings"}
    environment = {**clean, **ours, **dict(settings)}
    words = [sys.executable, "-m", "baqylau", "prepare"]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    return home


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The running server: its address and the process id of its first process."""
    base = f"http://127.0.0.1:{environment['BAQYLAU_PORT']}"
    server = subprocess.Popen(
        [sys.executable, "-m", "baqylau", "serve"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"{base}/")
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(30)


def wait_for(url: str, seconds: float = 240.0) -> None:
    """Ask until somebody answers. Raises: TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(url, timeout=5).close()  # noqa: S310 - our own loopback address
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(url)


def family(pid: int) -> list[int]:
    """The process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pid: int) -> float:
    """MB of the whole family, shared pages counted once (Pss)."""
    total = 0
    for one in family(pid):
        text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


def cpu(pid: int) -> float:
    """CPU-seconds that the whole family has used."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def weight(url: str) -> int:
    """Bytes over the wire, compressed, of the page and every style sheet and picture in it."""
    page = _wire(url)
    text = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
    parts = set(
        re.findall(r'<(?:link|img|script)[^>]+(?:href|src)="([^"#]+\.(?:css|svg|js|png))"', text)
    )
    return len(page) + sum(len(_wire(urljoin(url, part))) for part in parts)


def _wire(url: str) -> bytes:
    request = Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - loopback
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
        return bytes(answer.read())


def bare_start() -> float:
    """CPU-seconds of an interpreter that imports Django and nothing of ours: the limit."""
    before = os.times()
    subprocess.run([sys.executable, "-c", "import django.core.handlers.wsgi"], check=True)
    after = os.times()
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


@measures("server")
def server(short: bool) -> Iterator[Row]:
    """Cold start and memory at rest without modules, and the weight of pages with all of them."""
    bare = min(bare_start() for _ in range(3))
    yield Row("interpreter that imports Django", bare, "CPU-s")
    with installation(BAQYLAU_MODULES="") as environment, serving(environment) as (_base, pid):
        yield from _at_rest(pid, bare, 1 if short else 5)
    with installation() as environment, serving(environment) as (base, _pid):
        yield from _weights(base)


def _at_rest(pid: int, bare: float, seconds: int) -> Iterator[Row]:
    spent = cpu(pid)
    yield Row(
        "cold start to the first page, no modules",
        spent,
        "CPU-s",
        "bare Django",
        bare,
        f"≤ {START_LIMIT:.0f} CPU-s",
        spent <= START_LIMIT,
    )
    time.sleep(seconds)
    used = memory(pid)
    yield Row(
        "server at rest, no modules",
        used,
        "MB",
        target=f"≤ {MEMORY_LIMIT:.0f} MB",
        is_met=used <= MEMORY_LIMIT,
    )


def _weights(base: str) -> Iterator[Row]:
    for page in PAGES:
        bytes_ = weight(base + page)
        yield Row(
            f"page {page} with all it loads",
            bytes_,
            "bytes gzip",
            target=f"≤ {WEIGHT_LIMIT}",
            is_met=bytes_ <= WEIGHT_LIMIT,
        )
