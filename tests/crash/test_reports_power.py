"""The power goes while reports are filed: each receipt that was given opens a whole report.

The control with `synchronous=NORMAL` must lose some: otherwise the test would be blind.
"""

import json
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

from baqylau.seal import items, receipts, wraps
from baqylau.seal.items import Entry
from tests.crash.conftest import Tell, within
from tests.crash.disk import Event, after_cut, library
from tests.reports.conftest import folders, ready, still
from tests.reports.making import House

__all__ = ["folders", "ready", "still"]
pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(databases=["default", "sealed"], transaction=True),
    pytest.mark.skipif(not library(), reason="SQLite is built into this Python: NOT CHECKED HERE"),
]
ROOT = Path(__file__).resolve().parents[2]
FILE = "sealed.sqlite3"
THREADS, EACH = 4, 4
CUTS = 20
SECONDS = 40.0
"""In which rounds are begun."""


def recorded(folder: Path, synchronous: str) -> tuple[dict[str, bytes], list[Event]]:
    """The sealed database before, and everything that happened while four people sent reports."""
    folder.mkdir()
    words = [str(folder), synchronous, str(THREADS), str(EACH)]
    for alias in ("default", "sealed"):
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / f"{alias}.sqlite3")])
    before = {FILE: (folder / FILE).read_bytes()}
    subprocess.run(
        [sys.executable, "-m", "tests.crash.powered_reports", *words],
        cwd=ROOT,
        check=True,
        timeout=300,
        env={k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_DATA")},
    )
    events = [Event(*event) for event in pickle.loads((folder / "events").read_bytes())]  # noqa: S301 - our own
    return before, events


def receipts_given(events: Sequence[Event]) -> dict[str, str]:
    """Receipts by the report's id."""
    given = {}
    for event in events:
        if event.kind == "ack":
            report, receipt = event.data.decode().split()
            given[report] = receipt
    return given


class Survivor:
    """The sealed database when the machine comes back."""

    def __init__(self, folder: Path, files: dict[str, bytes]) -> None:
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        with closing(sqlite3.connect(folder / FILE)) as database:
            # Checks written with functions that only Django adds are left to the rows themselves.
            database.execute("PRAGMA ignore_check_constraints = ON")
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = database.execute("SELECT id, locator, lock, public FROM reports_report")
            self.reports = {row[0]: row[1:] for row in rows.fetchall()}
            self.items = database.execute(
                "SELECT report_id, part, number, digest, ciphertext FROM reports_item"
                " ORDER BY report_id, part, number"
            ).fetchall()
            self.told = database.execute(
                "SELECT subject, payload FROM journal_entry WHERE action = 'reports.item'"
                " ORDER BY number"
            ).fetchall()

    def check_whole(self, stored: set[str]) -> None:
        """Every report has its items and entries, every stored item its file."""
        ending = {"report": "", "name": "-n"}
        said = [
            (subject, json.loads(payload)["number"], json.loads(payload)["digest"])
            for subject, payload in self.told
        ]
        there = [
            (f"report:{report}{ending[part]}", number, digest)
            for report, part, number, digest, _content in self.items
        ]
        assert sorted(there) == sorted(said)
        assert len(there) == 3 * len(self.reports)
        assert {row[3] for row in self.items if row[4] is None} <= stored

    def check_opens(self, report: str, receipt: str) -> None:
        """The receipt opens the report and its first item."""
        _locator, lock, public = self.reports[report]
        key = wraps.open_with_receipt(receipts.read(receipt), report, lock, public=public)
        first = next(row for row in self.items if row[:3] == (report, "report", 1))
        entries = [Entry(1, first[3])]
        assert b"story" in items.open_item(key, report, entries, 1, first[4]).content


def lost(folder: Path, before: dict[str, bytes], events: Sequence[Event], seed: int) -> int:
    """Reports with a receipt that are gone, over many cuts at random points."""
    chance = random.Random(seed)  # noqa: S311 - where to cut
    gone = 0
    for number in range(CUTS):
        cut = chance.randrange(len(events) + 1)
        files = after_cut(events, cut, before, chance)
        survivor = Survivor(folder / f"cut-{seed}-{number}", files)
        survivor.check_whole({event.file for event in events[:cut] if event.kind == "stored"})
        given = receipts_given(events[:cut])
        gone += len(given.keys() - survivor.reports.keys())
        kept = sorted(given.keys() & survivor.reports.keys())
        if kept:
            chosen = chance.choice(kept)
            survivor.check_opens(chosen, given[chosen])
    return gone


def test_a_power_cut_takes_no_report_for_which_a_receipt_was_given(
    ready: House, tmp_path: Path, told: Tell, crash_rounds: int
) -> None:
    before, events = recorded(tmp_path / "full", "FULL")
    assert len(receipts_given(events)) == THREADS * EACH
    assert sum(event.kind == "stored" for event in events) == 2 * THREADS * EACH
    gone = [lost(tmp_path, before, events, seed) for seed in within(SECONDS, crash_rounds)]
    told(
        f"the power cut at {len(gone) * CUTS} points of {THREADS * EACH} receipts given: "
        f"{sum(gone)} lost, 0 half"
    )
    assert sum(gone) == 0


def test_the_control_without_a_sync_at_each_commit_loses_some(
    ready: House, tmp_path: Path, told: Tell
) -> None:
    before, events = recorded(tmp_path / "normal", "NORMAL")
    gone = lost(tmp_path, before, events, 0)
    told(f"the control with synchronous=NORMAL, {CUTS} points: {gone} reports with a receipt lost")
    assert gone > 0
