"""Saving a consultation over a real server, one adviser and eight at once."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from benchmarks import _sizes as sizes
from benchmarks._browsing import Browser, fields_of
from benchmarks._installing import inside, prepared, run
from benchmarks.search_speed import percentile
from benchmarks.server import memory, serving
from benchmarks.table import Row, measures

SHARE = 0.3
"""Least share of a signed-in page's rate that saving must reach."""
SPREAD = 3
"""How many times the median the 95th percentile may take."""
ADVISERS = 8
MEMORY_LIMIT = 150.0
"""MB at rest with the reception desk."""
NOTHING = "/desk/keys/"
"""A page of the desk that reads no record: who asks, and the frame."""
SCREEN = "/desk/reception/new/"
_tokens = count(1)


@dataclass(slots=True)
class Desk:
    """An adviser with the screen open: what the form sends."""

    browser: Browser
    form: dict[str, str] = field(default_factory=dict)

    def open(self) -> bool:
        """Load the screen; whether it is there."""
        page = self.browser.get(SCREEN)
        while page.status == 302:
            page = self.browser.get(page.location)
        self.form = fields_of(page.text)
        room = page.text.partition('name="room"')[2].partition("</select>")[0]
        chosen = [part.split('"')[1] for part in room.split("<option value=")[1:]]
        self.form |= {"room": next((code for code in chosen if code), "")} if chosen else {}
        self.form |= {"answer": "Құжаттардың тізімін бердім, мерзімін айттым.", "service": ""}
        return page.status == 200

    def save(self, token: str) -> float | None:
        """Send the form once; its seconds, None when it was not written down.

        The page that follows is loaded as a browser does, and its time is left out: what the desk
        has to say waits in the session until somebody reads it.
        """
        start = time.perf_counter()
        answer = self.browser.post(SCREEN, self.form | {"key": token, "do": "save"})
        spent = time.perf_counter() - start
        if answer.status != 302 or "/reception/" not in answer.location:
            return None
        self.browser.get(answer.location)
        return spent


def _used(pid: int, seconds: int) -> Iterator[float]:
    """MB of the server and all that it started, twice a second."""
    for _half in range(2 * seconds):
        time.sleep(0.5)
        yield memory(pid)


def timed(step: Callable[[], object]) -> float:
    """Seconds of one step."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


@measures("reception-save")
def saving(short: bool) -> Iterator[Row]:
    """Rate, spread, and whether anything was lost or doubled."""
    for engine in sizes.engines(short=short):
        with prepared(engine) as environment:
            inside(environment, "load", "1", "1")
            with serving(environment) as (_base, pid):
                most = max(_used(pid, 3 if short else 20))
            yield Row(
                f"{engine}: server while all that is due after a first start is done, at most",
                most,
                "MB",
            )
            # At rest is when nothing is due.
            run(environment, "-m", "baqylau", "jobs", "run")
            with serving(environment) as (base, pid):
                time.sleep(1 if short else 5)
                used = memory(pid)
                yield Row(
                    f"{engine}: server at rest with the reception desk",
                    used,
                    "MB",
                    target=f"≤ {MEMORY_LIMIT:.0f} MB",
                    is_met=used <= MEMORY_LIMIT,
                )
                account = inside(environment, "account", "adviser")
                desk = Desk(Browser(base).signed_in(account))
                if not desk.open():
                    raise RuntimeError("the screen of the consultation does not open")
                yield from _alone(engine, desk, 3 if short else 15)
                yield from _together(engine, base, environment, 5 if short else 60)


def _alone(engine: str, desk: Desk, seconds: float) -> Iterator[Row]:
    """One client, both pages in turns, so that a neighbour on the machine slows both."""
    plain: list[float] = []
    saved: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        plain.append(timed(lambda: desk.browser.get(NOTHING)))
        spent = desk.save(f"bench:alone:{next(_tokens):06}")
        if spent is None:
            raise RuntimeError("a consultation was not saved")
        saved.append(spent)
    limit, speed = 1 / statistics.median(plain), 1 / statistics.median(saved)
    yield Row(
        f"{engine}: consultation saved by POST",
        speed,
        "/s",
        "signed-in pages/s, no record read",
        limit,
        f"≥ {SHARE} ×",
        speed >= SHARE * limit,
    )


def _together(engine: str, base: str, environment: dict[str, str], seconds: float) -> Iterator[Row]:
    """Eight save at once; every tenth sends its form twice, as an impatient finger does."""
    sent: list[str] = []
    times: list[float] = []
    account = inside(environment, "account", "adviser")
    desks = [Desk(Browser(base).signed_in(account)) for _one in range(ADVISERS)]
    if not all(desk.open() for desk in desks):
        raise RuntimeError("the screen of the consultation does not open")
    end = time.perf_counter() + seconds

    def work(desk: Desk) -> None:
        while time.perf_counter() < end:
            token = f"bench:many:{next(_tokens):06}"
            spent = desk.save(token)
            if spent is None:
                continue
            times.append(spent)
            sent.append(token)
            if len(sent) % 10 == 0:
                desk.save(token)

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = inside(environment, "written", "bench:many:")
    kept = found["keys"]
    wrong = len(set(sent) - set(kept)) + len(kept) - len(set(kept)) + len(found["differences"])
    yield Row(
        f"{engine}: {ADVISERS} advisers, {seconds:.0f} s: lost, doubled or unlike the journal",
        wrong,
        f"of {len(sent)}",
        target="0",
        is_met=wrong == 0 and bool(sent),
    )
    middle, slow = statistics.median(times) * 1e3, percentile(times, 95) * 1e3
    yield Row(
        f"{engine}: {ADVISERS} advisers, 95th percentile",
        slow,
        "ms",
        "ms, their median",
        middle,
        f"≤ {SPREAD} ×",
        slow <= SPREAD * middle,
    )
