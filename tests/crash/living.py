"""A site at which people work over HTTP; each remembers what was acknowledged to them.

They go on as people do: they send the same page again until it is taken.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks._browsing import Answer, Browser, fields_of
from benchmarks._installing import inside, prepared, run
from benchmarks._reporting import FORM, RECEIPT, STORY, Pages, Visitor, submit
from benchmarks.reception import Desk
from benchmarks.server import wait_for
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
READY = 60.0
"""Seconds after which we give up waiting: a busy machine is slow; what it took is told."""
PATIENCE = 180.0
"""Seconds for which people go on."""
PAUSE = 0.2
GONE = (OSError, HTTPException)
CODE = re.compile(r'<p class="code">([0-9a-z]{8})</p>')
STEP = re.compile(r'<select name="step".*?<option value="(\d+)"', re.DOTALL)


def photograph(side: int = 120) -> bytes:
    """A picture that nobody else has: noise, about 3 bytes a pixel."""
    target = BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(target, "PNG")
    return target.getvalue()


@dataclass(slots=True)
class Site:
    """The site and its people; what was acknowledged to whom."""

    environment: dict[str, str]
    base: str
    places: dict[str, list[str]] = field(default_factory=dict)
    is_over: bool = False
    saved: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    group: list[subprocess.Popen[str]] = field(default_factory=list)
    browsers: list[Browser] = field(default_factory=list)

    def start(self) -> float:
        """Start the server and the closing beside it; the seconds until it is ready."""
        begun = time.monotonic()
        server = self._child(0, "baqylau", "serve")
        self.group = [server, self._child(server.pid, "tests.crash.site", "close")]
        wait_for(f"{self.base}/readyz", READY)
        return time.monotonic() - begun

    def _child(self, group: int, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            process_group=group,
        )

    def kill(self) -> None:
        """Kill all of it at once; what was said until then was said."""
        os.killpg(self.group[0].pid, signal.SIGKILL)
        self._hear()

    def stop(self) -> None:
        """Stop the server as the system does."""
        self.group[1].kill()
        self.group[0].terminate()
        self._hear()

    def _hear(self) -> None:
        for process in self.group:
            said, _nothing = process.communicate(timeout=60)
            whole = said[: said.rfind("\n") + 1].splitlines()
            self.closed += [line for line in whole if line[:2] == "20"]

    def tells(self, word: str) -> str:
        """What `tests.crash.site` answers."""
        return run(self.environment, "-m", "tests.crash.site", word)

    def baqylau(self, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - of `run`
        """Run the program beside the server."""
        return subprocess.run(
            [sys.executable, "-m", "baqylau", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    def signed_in(self) -> Browser:
        """The browser of an adviser."""
        return self._browser().signed_in(inside(self.environment, "account", "adviser"))

    def _browser(self) -> Browser:
        """The browser of a stranger."""
        self.browsers.append(Browser(self.base))
        return self.browsers[-1]

    def advise(self, desk: Desk) -> None:
        """Save one consultation after the other, each until it is saved."""
        for number in count(1):
            if self.is_over:
                return
            token = f"crash:{number:06}"
            self.until(lambda token=token: desk.save(token) is not None)  # type: ignore[misc]  # bound at once
            self.saved.append(token)

    def report(self, visitor: Visitor, pages: Pages) -> None:
        """Send one report after the other, each until its receipt is there."""
        while not self.is_over:
            receipt = submit(visitor, pages.new(), PATIENCE).receipt
            assert receipt, "a reporter went away without a receipt"
            self.sent.append(receipt)
            time.sleep(PAUSE)

    def show(self, visitor: Visitor) -> None:
        """Send one report with a photograph after the other."""
        browser = self._browser()
        while not self.is_over:
            page: dict[str, str] = {}
            self.until(lambda page=page: bool(page.update(reviewed(browser)) or page))  # type: ignore[misc]  # bound at once
            receipt = submit(visitor, {**page, "go": "send"}, PATIENCE).receipt
            assert receipt, "a reporter with a photograph went away without a receipt"
            self.shown.append(receipt)
            time.sleep(PAUSE)

    def attach(self, browser: Browser) -> None:
        """Add files to cases, each until it is there."""
        for address in self.places["cases"]:
            for number in range(10):
                if self.is_over:
                    return
                content = photograph()
                self.until(lambda a=address, n=number, c=content: attached(browser, a, n, c))  # type: ignore[misc]  # bound at once
                self.attached.append(sha256(content).hexdigest())
                time.sleep(PAUSE)

    def comment(self) -> None:
        """Say something about one point after the other, each until a code is shown."""
        browser = self._browser()
        for number in count():
            if self.is_over:
                return
            form: dict[str, str] = {}
            address = self.places["points"][number % len(self.places["points"])]
            self.until(lambda a=address, f=form: self._is_said(browser, a, f))  # type: ignore[misc]  # bound at once
            time.sleep(PAUSE)

    def _is_said(self, browser: Browser, address: str, form: dict[str, str]) -> bool:
        if not form:
            drawn = fields_of(browser.get(address).text)
            form |= {
                **drawn,
                "stance": "agree",
                "text": f"Пікір {len(self.said)}: кеш те ашық болсын.",
            }
        found = CODE.search(browser.post(address, form).text)
        if found:
            self.said.append(found[1])
        return bool(found)

    def until(self, is_done: Callable[[], bool]) -> None:
        """Try until it is done. Raises: TimeoutError when patience is over."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if is_done():
                    return
            except GONE:
                """The server is away; it comes again."""
            time.sleep(0.1)
        raise TimeoutError

    def work(self, duty: Callable[..., None], *given: object) -> threading.Thread:
        """Let somebody work; what goes wrong is told at the end."""

        def run() -> None:
            try:
                duty(*given)
            except BaseException as error:  # noqa: BLE001 - raised in the test
                self.faults.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread


def reviewed(browser: Browser, content: bytes | None = None) -> dict[str, str]:
    """The review page of a report with a photograph; {} when it did not come so far."""
    form = fields_of(browser.get(FORM).text) | {"story": STORY, "go": "review"}
    answer = browser.upload(FORM, form, "files", content or photograph())
    fields = fields_of(answer.text)
    is_whole = answer.status == 200 and "draft" in fields and "secret" in fields
    return {**fields, "story": STORY} if is_whole else {}


def attached(browser: Browser, address: str, number: int, content: bytes) -> bool:
    """Whether the case has its file of that number; if the page says no, the file is sent."""
    page = browser.get(address)
    form = attaching(page)
    if form.get("seen") == str(number + 1):
        return True  # It was stored, and the server died before it could say so.
    return browser.upload(address, form, "file", content).status == 302


def attaching(page: Answer) -> dict[str, str]:
    """What the form for a file would send."""
    step = STEP.search(page.text)
    return fields_of(page.text) | {"step": step[1] if step else ""}


@contextmanager
def living(engine: str) -> Iterator[Site]:
    """A prepared site that runs on the engine ("SQLite", "PostgreSQL")."""
    with ExitStack() as stack:
        environment = stack.enter_context(prepared(engine))
        with kept(Site(environment, f"http://127.0.0.1:{environment['BAQYLAU_PORT']}")) as site:
            yield site


@contextmanager
def kept(site: Site) -> Iterator[Site]:
    """Bring what people need, start the site, and leave nothing running."""
    site.tells("begin")
    inside(site.environment, "keys")
    site.places = json.loads(site.tells("places"))
    try:
        site.start()
        yield site
    finally:
        for browser in site.browsers:
            browser.close()
        if site.group and site.group[0].poll() is None:
            os.killpg(site.group[0].pid, signal.SIGKILL)
        for process in site.group:
            process.kill()
            process.communicate()


def receipt_of(text: str) -> str:
    """The receipt on the page, "" without one."""
    found = RECEIPT.search(text)
    return found[1].replace(" ", "") if found else ""
