"""Sealed reports over the real server: how many a second, at what cost, and whether any is lost."""

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

from baqylau.seal import derive
from benchmarks import _sizes as sizes
from benchmarks._browsing import fields_of
from benchmarks._installing import inside, prepared
from benchmarks._reporting import CHANNEL, Outcome, Pages, Visitor, review, submit
from benchmarks.limits import seconds_of
from benchmarks.seal import SHARE, reference
from benchmarks.seal import cpu as own_cpu
from benchmarks.search_speed import percentile
from benchmarks.server import cpu, serving
from benchmarks.table import Row, measures

RATE, SLOW = 30.0, 1_000.0
"""Reports a second, and milliseconds of the 95th percentile, with CLIENTS at once."""
CLIENTS, CROWD = 8, 64
NOTHING = 1.5
"""A wrong receipt may cost so many times a form in which nothing was typed."""
PAUSE = 20.0
"""Seconds in which the budget of this machine's own visitors fills up again."""


@measures("reports")
def rows(short: bool) -> Iterator[Row]:
    """Cost, rate and loss, on both engines."""
    for engine in sizes.engines(short=short):
        with prepared(engine) as environment:
            inside(environment, "keys")
            with serving(environment) as (base, pid):
                pages = review(base)
                yield from _cost(engine, base, pid, pages, 40 if short else 200)
                yield from _wrong(engine, base, pid, 60 if short else 300)
                time.sleep(PAUSE / 4 if short else PAUSE)
                yield from _together(engine, base, pages, CLIENTS, 120 if short else 600)
                time.sleep(PAUSE / 4 if short else PAUSE)
                count = 300 if short else 10_000
                sent: list[Outcome] = []
                yield from _together(engine, base, pages, CROWD, count, sent)
            yield from _kept(engine, inside(environment, "reports"), sent)


def _cost(engine: str, base: str, pid: int, pages: Pages, count: int) -> Iterator[Row]:
    """CPU of the whole POST, by turns with the reference's two derivations."""
    visitor = Visitor(base)
    ours: list[float] = []
    theirs: list[float] = []
    for _turn in range(4):
        theirs.append(own_cpu(reference))
        before = cpu(pid)
        for _each in range(count // 4):
            if not submit(visitor, pages.new()).receipt:
                raise RuntimeError("a report was not accepted")
        ours.append((cpu(pid) - before) / (count // 4))
    small, large = statistics.median(ours), statistics.median(theirs)
    yield Row(
        f"{engine}: CPU of the whole POST of one report, one reference is 1/{large / small:.0f}",
        small * 1_000,
        "ms",
        "ms, the reference's two derivations",
        large * 1_000,
        f"≤ 1/{SHARE}",
        small * SHARE <= large,
    )


def _wrong(engine: str, base: str, pid: int, count: int) -> Iterator[Row]:
    """CPU of receipts that open nothing, against the same form with nothing typed."""
    visitor = Visitor(base)
    fields = _channel_fields(visitor)
    kinds = {
        "nothing": "",
        "unknown locator": "0000 0012 3412 3412 3412 3412 3451",
        "wrong check digits": "0000 0012 3412 3412 3412 3412 3400",
    }
    spent: dict[str, list[float]] = {name: [] for name in kinds}
    for _turn in range(3):
        for name, typed in kinds.items():
            spent[name].append(_spent(pid, visitor, fields | {"receipt": typed}, count // 3))
    nothing = statistics.median(spent.pop("nothing"))
    for name, found in spent.items():
        middle = statistics.median(found)
        yield Row(
            f"{engine}: CPU of a receipt with {name}",
            middle * 1_000,
            "ms",
            "ms, the form with nothing typed",
            nothing * 1_000,
            f"≤ {NOTHING} ×",
            middle <= NOTHING * nothing,
        )


def _channel_fields(visitor: Visitor) -> dict[str, str]:
    return fields_of(visitor.ask("GET", CHANNEL).text)


def _spent(pid: int, visitor: Visitor, fields: dict[str, str], count: int) -> float:
    body = urlencode(fields).encode()
    before = cpu(pid)
    for _each in range(count):
        visitor.ask("POST", CHANNEL, body)
    return (cpu(pid) - before) / count


def crowd(work: Callable[[int], None], clients: int) -> float:
    """Let so many work at once; the seconds until the last has ended."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def _together(
    engine: str,
    base: str,
    pages: Pages,
    clients: int,
    count: int,
    sent: list[Outcome] | None = None,
) -> Iterator[Row]:
    """Many send at once; every twentieth sends its page twice, as an impatient finger does."""
    left = iter(range(count))
    mutex = threading.Lock()
    found = sent if sent is not None else []
    faults: list[str] = []

    def work(_number: int) -> None:
        visitor = Visitor(base)
        while True:
            with mutex:
                number = next(left, None)
            if number is None:
                return
            form = pages.new()
            outcome = submit(visitor, form, patience=900)
            if number % 20 == 0 and outcome.receipt != submit(visitor, form, 900).receipt:
                faults.append("two receipts for one page")
            found.append(outcome)

    spent = crowd(work, clients)
    given = [one for one in found if one.receipt]
    if sent is not None:
        wrong = len(found) - len(given) + len(faults)
        yield Row(
            f"{engine}: {count} reports from {clients} clients: errors",
            wrong,
            f"of {count}",
            target="0",
            is_met=wrong == 0,
        )
        yield Row(
            f"{engine}: {clients} clients: asked to wait", sum(one.waits for one in given), "times"
        )
        yield Row(f"{engine}: {clients} clients: accepted", len(given) / spent, "/s")
        return
    rate, slow = len(given) / spent, percentile([one.seconds for one in given], 95) * 1e3
    yield Row(
        f"{engine}: reports accepted with {clients} clients",
        rate,
        "/s",
        "Argon2id of a receipt/s, on every core",
        _derivations(),
        f"≥ {RATE:.0f}/s",
        is_met=rate >= RATE,
    )
    yield Row(
        f"{engine}: {clients} clients, 95th percentile",
        slow,
        "ms",
        target=f"≤ {SLOW:.0f} ms",
        is_met=slow <= SLOW,
    )


def _derivations() -> float:
    """How many keys this machine derives from receipts in a second: each report costs one."""
    derived = partial(derive.from_password, "x", bytes(16), derive.RECEIPT)
    return (os.cpu_count() or 1) / seconds_of(derived, 5)


def _kept(engine: str, there: dict[str, list[str]], sent: list[Outcome]) -> Iterator[Row]:
    """What the databases hold of the reports for which a receipt was given."""
    locators = there["locators"]
    given = [one.receipt[:6] for one in sent if one.receipt]
    lost = len(set(given) - set(locators))
    doubled = len(locators) - len(set(locators)) + len(given) - len(set(given))
    broken = len(there["differences"])
    for name, count in (("lost", lost), ("doubled", doubled), ("not whole", broken)):
        yield Row(
            f"{engine}: reports {name}", count, f"of {len(given)}", target="0", is_met=count == 0
        )
