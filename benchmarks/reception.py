"""Saving a consultation over a real server, one adviser and eight at once."""

import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from benchmarks._browsing import Browser, fields_of
from benchmarks._installing import ENGINES, inside, prepared
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

    def save(self, token: str) -> bool:
        """Send the form once; whether it was written down."""
        answer = self.browser.post(SCREEN, self.form | {"key": token, "do": "save"})
        return answer.status == 302 and "/reception/" in answer.location


def rate(step: object, seconds: float) -> float:
    """How often a step runs in a second."""
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        step()  # type: ignore[operator]
        done += 1
    return done / spent


@measures("reception-save")
def saving(short: bool) -> Iterator[Row]:
    """Rate, spread, and whether anything was lost or doubled."""
    for engine in ENGINES:
        with prepared(engine) as environment:
            inside(environment, "load", "1", "1")
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
                    yield Row(f"{engine}: the screen of the consultation is not there", 0, "")
                    continue
                yield from _alone(engine, desk, 1.5 if short else 8)
                yield from _together(engine, base, environment, 5 if short else 60)


def _alone(engine: str, desk: Desk, seconds: float) -> Iterator[Row]:
    """One client, both pages in turns, so that a neighbour on the machine slows both."""
    plain, saved = [], []
    for turn in range(4):
        plain.append(rate(lambda: desk.browser.get(NOTHING), seconds / 4))
        faults = []

        def step() -> None:
            if not desk.save(f"bench:alone:{next(_tokens):06}"):
                faults.append(turn)  # noqa: B023 - read before the next turn

        saved.append(rate(step, seconds / 4))
        if faults:
            raise RuntimeError("a consultation was not saved")
    limit, speed = statistics.median(plain), statistics.median(saved)
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
        while (start := time.perf_counter()) < end:
            token = f"bench:many:{next(_tokens):06}"
            is_saved = desk.save(token)
            times.append(time.perf_counter() - start)
            if is_saved:
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
