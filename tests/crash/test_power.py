"""The power goes: nothing that was acknowledged is lost, and the journal is whole.

The control runs the same with `synchronous=NORMAL` and must lose something: otherwise the test
would be blind.
"""

import os
import pickle
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from baqylau.journal.chain import Walk
from baqylau.journal.queries import COLUMNS
from tests.crash.conftest import Tell, within
from tests.crash.disk import Event, after_cut, library

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(databases=["default", "sealed"], transaction=True),
    pytest.mark.skipif(not library(), reason="SQLite is built into this Python: NOT CHECKED HERE"),
]
ROOT = Path(__file__).resolve().parents[2]
FILE = "default.sqlite3"
THREADS, EACH = 4, 15
SECONDS = 40.0
"""In which rounds are begun."""
CUTS = 20
"""Cuts of one round."""


def recorded(folder: Path, synchronous: str, count: int) -> tuple[dict[str, bytes], list[Event]]:
    """The file before, and everything that happened to it while four threads wrote."""
    folder.mkdir()
    for alias in ("default", "sealed"):
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / f"{alias}.sqlite3")])
    before = {FILE: (folder / FILE).read_bytes()}
    words = [str(folder), synchronous, str(THREADS), str(count)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_DATA")}
    subprocess.run(
        [sys.executable, "-m", "tests.crash.powered", *words],
        cwd=ROOT,
        check=True,
        timeout=300,
        env=environment,
    )
    events = [Event(*event) for event in pickle.loads((folder / "events").read_bytes())]  # noqa: S301 - our own
    return before, events


def survivors(folder: Path, files: dict[str, bytes]) -> list[str]:
    """What the journal holds when the machine comes back; its chain must be whole."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with closing(sqlite3.connect(folder / FILE)) as database:
        # Checks written with functions that only Django adds are left to the rows themselves.
        database.execute("PRAGMA ignore_check_constraints = ON")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = database.execute(
            f"SELECT {COLUMNS} FROM journal_entry ORDER BY number"  # noqa: S608 - constants
        ).fetchall()
    assert list(Walk("default").over(rows)) == []
    return [row[4] for row in rows]


def lost(
    folder: Path, before: dict[str, bytes], events: Sequence[Event], cuts: int, seed: int
) -> int:
    """Acknowledged entries that are gone, over many cuts at random points."""
    chance = random.Random(seed)  # noqa: S311 - where to cut
    gone = 0
    for number in range(cuts):
        cut = chance.randrange(len(events) + 1)
        files = after_cut(events, cut, before, chance)
        there = survivors(folder / f"cut-{seed}-{number}", files)
        assert len(there) == len(set(there))
        acknowledged = {event.data.decode() for event in events[:cut] if event.kind == "ack"}
        gone += len(acknowledged - set(there))
    return gone


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    tmp_path: Path, told: Tell, crash_rounds: int
) -> None:
    before, events = recorded(tmp_path / "full", "FULL", EACH)
    assert sum(event.kind == "ack" for event in events) == THREADS * EACH
    assert sum(event.kind == "sync" for event in events) >= THREADS * EACH
    gone = [lost(tmp_path, before, events, CUTS, seed) for seed in within(SECONDS, crash_rounds)]
    told(
        f"the power cut at {len(gone) * CUTS} points of {THREADS * EACH} acknowledged entries: "
        f"{sum(gone)} lost, 0 doubled, every chain whole"
    )
    assert sum(gone) == 0


def test_the_control_without_a_sync_at_each_commit_loses_some(tmp_path: Path, told: Tell) -> None:
    before, events = recorded(tmp_path / "normal", "NORMAL", EACH)
    gone = lost(tmp_path, before, events, CUTS, 0)
    told(f"the control with synchronous=NORMAL, {CUTS} points: {gone} acknowledged entries lost")
    assert gone > 0
