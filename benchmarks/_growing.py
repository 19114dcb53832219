"""Sites with few and with many consultations, and how much longer a page takes on the larger one.

Filling a site with a million takes a while, so each one is filled once in a run, and stays to its
end.
"""

import atexit
import functools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from benchmarks._installing import inside, prepared, run
from benchmarks.table import Row

BASE = 10_000
"""Consultations of the smaller site."""
CASES = 0.2
"""Cases for a consultation."""
YEAR, YEAR_CASES = 2_400, 400
"""Consultations and cases of a training year."""
GROWTH = 1.5
"""How many times its time on the smaller site a page may take."""
CLOSE = 1.2
"""Growth from which a page is asked three times as often again: medians of nine jump by a third."""

Ask = Callable[[], int]
"""Asks one page; gives the status of the answer."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An installation with consultations; `told` is what bringing them took."""

    environment: dict[str, str]
    told: dict[str, Any]


_sites = ExitStack()
atexit.register(_sites.close)


@functools.cache
def loaded(engine: str, size: int) -> Loaded:
    """The site with so many consultations, after the duties of a night; made once in a run."""
    environment = _sites.enter_context(prepared(engine))
    units, cases = -(-size // YEAR), -(-int(size * CASES) // YEAR_CASES)
    told = inside(environment, "load", str(cases), str(units))
    told["fold"] = inside(environment, "job", "figures.fold")["seconds"]
    told["night"] = night(environment)
    return Loaded(environment, told)


def night(environment: dict[str, str]) -> float:
    """Do what the clock does at night, so that no page is asked beside it; the seconds it took.

    A site that is new does it after its first start.
    """
    begun = time.perf_counter()
    run(environment, "-m", "baqylau", "jobs", "run")
    return time.perf_counter() - begun


def grown(name: str, asks: list[Ask], rounds: int, size: int) -> Iterator[Row]:
    """The row of a page asked on a site with `size` and on a larger one; none where it is closed.

    A page that does not answer is a row that says so.
    """
    statuses = [ask() for ask in asks]
    if statuses != [200, 200]:
        if set(statuses) != {403}:
            yield Row(f"{name}: answered {statuses}", None, "", is_met=False)
        return
    times: list[list[float]] = [[], []]
    near, far = _medians(asks, times, rounds)
    if far > CLOSE * near:
        near, far = _medians(asks, times, 3 * rounds)
    is_met = far <= GROWTH * near
    yield Row(name, far, "ms", f"ms with {size:,}", near, f"≤ {GROWTH} ×", is_met)


def _medians(asks: list[Ask], times: list[list[float]], rounds: int) -> tuple[float, float]:
    """Milliseconds of both, asked in turns; `times` grows by what each took."""
    for _round in range(rounds):
        for place, ask in enumerate(asks):
            start = time.perf_counter()
            ask()
            times[place].append(time.perf_counter() - start)
    near, far = (statistics.median(each) * 1e3 for each in times)
    return near, far
