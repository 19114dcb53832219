"""Pages of the desk with many consultations against the same pages with ten thousand.

`BAQYLAU_BENCH_SCALE` is how many the larger site has, 100,000 without it; 1,000,000 takes a while.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks._browsing import Browser, fields_of
from benchmarks._installing import ENGINES, inside, prepared
from benchmarks.server import serving
from benchmarks.table import Row, measures

BASE = 10_000
CASES = 0.2
"""Cases for a consultation."""
YEAR, YEAR_CASES = 2_400, 400
GROWTH = 1.5
"""How many times its time at ten thousand a page may take."""
SPEED = 5_000
"""Consultations written in a second, each with its words and its entry in the journal."""
ROUNDS = 9
SIZE = int(os.environ.get("BAQYLAU_BENCH_SCALE", "100000"))


def _load(environment: dict[str, str], size: int) -> dict[str, Any]:
    units, cases = -(-size // YEAR), -(-int(size * CASES) // YEAR_CASES)
    found = inside(environment, "load", str(cases), str(units))
    # What the clock would do at night: sums, statistics of the engine.
    found["fold"] = inside(environment, "job", "figures.fold")["seconds"]
    return found


@measures("reception-scale")
def scale(short: bool) -> Iterator[Row]:
    """How fast many are written, and how their pages grow."""
    small, large = (BASE // 4, BASE) if short else (BASE, SIZE)
    for engine in ENGINES:
        with prepared(engine) as few, prepared(engine) as many:
            _load(few, small)
            loaded = _load(many, large)
            yield from _written(engine, loaded)
            with serving(few) as (near, _pid), serving(many) as (far, _other):
                yield from _pages(engine, (few, near), (many, far), size=small, short=short)


def _written(engine: str, loaded: dict[str, Any]) -> Iterator[Row]:
    told = loaded["reception"]
    speed = told["rows"] / told["seconds"]
    yield Row(
        f"{engine}: {told['rows']:,} consultations written with words and journal",
        speed,
        "/s",
        "/s of its CPU time alone",
        told["rows"] / told["cpu"],
        f"≥ {SPEED:,} /s",
        speed >= SPEED,
    )
    cases = loaded["casework"]
    yield Row(f"{engine}: {cases['rows']:,} cases written", cases["rows"] / cases["seconds"], "/s")
    yield Row(f"{engine}: memory while they were written, at most", loaded["peak"], "MB")
    yield Row(f"{engine}: figures added up from the journal", loaded["fold"], "s")


Site = tuple[dict[str, str], str]


def _pages(engine: str, few: Site, many: Site, *, size: int, short: bool) -> Iterator[Row]:
    """Every page on both servers in turns, for two roles; `size` is how many the smaller has."""
    addresses = [inside(site[0], "pages") for site in (few, many)]
    rounds = 3 if short else ROUNDS
    for role in ("adviser", "coordinator"):
        account = inside(few[0], "account", role)
        people = [Browser(base).signed_in(account) for _environment, base in (few, many)]
        for name in addresses[0]:
            where = [found[name] for found in addresses]
            if None in where:
                yield Row(f"{engine}: {name}: not there yet, not measured", 0, "")
                continue
            asks = [_asks(person, path) for person, path in zip(people, where, strict=True)]
            yield from _grown(f"{engine}: {name}, {role}", asks, rounds, size)
    yield from _grown(
        f"{engine}: status page", [_status(*site) for site in (few, many)], rounds, size
    )


def _asks(person: Browser, path: str) -> Callable[[], int]:
    return lambda: person.get(path).status


def _status(environment: dict[str, str], base: str) -> Callable[[], int]:
    """A resident asks with number and code."""
    slip, resident = inside(environment, "slip"), Browser(base)

    def ask() -> int:
        form = fields_of(resident.get("/status/").text)
        return resident.post("/status/", form | slip).status

    return ask


def _grown(name: str, asks: list[Callable[[], int]], rounds: int, size: int) -> Iterator[Row]:
    statuses = [ask() for ask in asks]
    if statuses != [200, 200]:
        if set(statuses) != {403}:
            yield Row(f"{name}: answered {statuses}, not measured", 0, "")
        return
    times: list[list[float]] = [[], []]
    for _round in range(rounds):
        for place, ask in enumerate(asks):
            start = time.perf_counter()
            ask()
            times[place].append(time.perf_counter() - start)
    near, far = (statistics.median(each) * 1e3 for each in times)
    is_met = far <= GROWTH * near
    yield Row(name, far, "ms", f"ms with {size:,}", near, f"≤ {GROWTH} ×", is_met)
