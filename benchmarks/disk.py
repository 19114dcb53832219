"""Calibration: what this machine's disk and SQLite can do at this moment."""

import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from baqylau.storage.sqlite.base import DURABLE
from benchmarks.table import Row, measures


def per_second(step: Callable[[], object], seconds: float) -> float:
    """How often the step runs in a second."""
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        step()
        count += 1
    return count / spent


def by_turns(steps: Sequence[Callable[[], object]], seconds: float) -> list[float]:
    """How often each step runs in a second of its own, one after the other in turns.

    A disk that others use is slow for moments: those meet all steps alike.
    """
    spent, count = [0.0] * len(steps), 0
    while sum(spent) < seconds:
        count += 1
        for place, step in enumerate(steps):
            start = time.perf_counter()
            step()
            spent[place] += time.perf_counter() - start
    return [count / each for each in spent]


@contextmanager
def syncing(folder: Path) -> Iterator[Callable[[], object]]:
    """A step that writes 4 KiB over an existing place, with fdatasync."""
    descriptor = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT, 0o600)
    block = os.urandom(4096)
    os.write(descriptor, block * 1_000)
    os.fsync(descriptor)
    places = itertools.cycle(range(1_000))

    def step() -> None:
        os.pwrite(descriptor, block, next(places) * 4096)
        os.fdatasync(descriptor)

    try:
        yield step
    finally:
        os.close(descriptor)


@contextmanager
def committing(folder: Path) -> Iterator[Callable[[], object]]:
    """A step that writes one row of bare SQLite with the product's pragmas and commits it."""
    connection = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    connection.executescript(f"{DURABLE};CREATE TABLE IF NOT EXISTS t (x TEXT)")

    def step() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES ('a row of about forty characters, or so')")
        connection.execute("COMMIT")

    try:
        yield step
    finally:
        connection.close()


@measures("disk")
def disk(short: bool) -> Iterator[Row]:
    """Raw fsync and raw durable commits: the limits of everything that writes."""
    with tempfile.TemporaryDirectory(prefix="baqylau-disk-") as name:
        folder = Path(name)
        with syncing(folder) as sync, committing(folder) as commit:
            raw, durable = by_turns((sync, commit), 1.0 if short else 6.0)
        yield Row("raw 4 KiB write + fdatasync", raw, "/s")
        yield Row("raw SQLite commit, WAL, FULL", durable, "/s", "fdatasync/s", raw)
