"""The real site for the browser: `baqylau run` in a folder of its own, and people signed in."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage
from pathlib import Path

from tests.security.heard import known, told

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("kk", "ru", "en")
START = 600
"""Seconds within which a training site must answer, on a busy machine."""


IDLE_MINUTES = 120
"""After so long the desk of the site locks itself."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: its address, and session keys ("kk", "kk administrator", and so on).

    `environment` is for programs that work in the site's own database.
    """

    base: str
    sessions: dict[str, str]
    environment: dict[str, str] = field(default_factory=dict, repr=False)

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return self.base + path

    def get(self, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
        """Status, heads and body of one answer; names of `headers` have _ for -."""
        connection = HTTPConnection(self.base.removeprefix("http://"), timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


@contextmanager
def running(home: Path) -> Iterator[Site]:
    """Serve a training site below `home` until the block ends.

    Raises: AssertionError with the server's own words when it does not answer.
    """
    port = _free_port()
    environment = _environment(home)
    log = home / "server.log"
    with log.open("w", encoding="utf-8") as words:
        server = subprocess.Popen(
            [sys.executable, "-m", "baqylau", "run", "--port", str(port)],
            cwd=home,
            env=environment,
            stdout=words,
            stderr=subprocess.STDOUT,
        )
    try:
        site = Site(f"http://localhost:{port}", {})
        _wait(site, server, log)
        inside = environment | {"DJANGO_SETTINGS_MODULE": "baqylau.config.settings"}
        yield Site(site.base, _sessions(inside), inside)
    finally:
        server.terminate()
        server.wait(30)
    # What stands before is told by `run` itself: the invented accounts of the training site.
    served = log.read_text(encoding="utf-8").rpartition(f"{site.base}/desk/\n")
    assert served[1], "the server told its addresses"
    assert told(served[2], list(known(home))) == [], "the log of the whole run tells of nobody"


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAQYLAU_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return kept | {
        "BAQYLAU_HOME": str(home),
        "BAQYLAU_PHONE": "+7 726 200 00 00",
        # The sessions that all tests share stay open however long the others take.
        "BAQYLAU_IDLE_MINUTES": str(IDLE_MINUTES),
        "PYTHONPATH": path,
        "LC_ALL": "C.UTF-8",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(site: Site, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            if site.get("/healthz")[0] == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


def _sessions(environment: dict[str, str]) -> dict[str, str]:
    """Sign somebody in for each language, in the site's own database."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.browser.enter", *LANGUAGES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    sessions: dict[str, str] = json.loads(result.stdout.splitlines()[-1])
    return sessions
