"""Calibration: what this machine's disk and SQLite can do at this moment."""

import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
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


def fsyncs(folder: Path, seconds: float) -> float:
    """4 KiB written over an existing place, with fdatasync, per second."""
    descriptor = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT, 0o600)
    block = os.urandom(4096)
    os.write(descriptor, block * 1_000)
    os.fsync(descriptor)
    places = itertools.cycle(range(1_000))

    def step() -> None:
        os.pwrite(descriptor, block, next(places) * 4096)
        os.fdatasync(descriptor)

    try:
        return per_second(step, seconds)
    finally:
        os.close(descriptor)


def commits(folder: Path, seconds: float, pragmas: str = DURABLE) -> float:
    """One-row transactions of bare SQLite with the product's pragmas, one writer, per second."""
    connection = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    connection.executescript(f"{pragmas};CREATE TABLE IF NOT EXISTS t (x TEXT)")

    def step() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES ('a row of about forty characters, or so')")
        connection.execute("COMMIT")

    try:
        return per_second(step, seconds)
    finally:
        connection.close()


@measures("disk")
def disk(short: bool) -> Iterator[Row]:
    """Raw fsync and raw durable commits: the limits of everything that writes."""
    seconds = 0.5 if short else 3.0
    with tempfile.TemporaryDirectory(prefix="baqylau-disk-") as folder:
        raw = fsyncs(Path(folder), seconds)
        yield Row("raw 4 KiB write + fdatasync", raw, "/s")
        durable = commits(Path(folder), seconds)
        yield Row("raw SQLite commit, WAL, FULL", durable, "/s", "fdatasync/s", raw)
