"""Databases of an earlier version come up to this one, and nothing that they held is lost.

`earlier/databases.tar.xz` holds what the version of 23 November 2026, before there were accounts
to the commissioner, made of invented records: three talks, three cases, an account, three people
with keys of sealed reports. Its keys are not there: what a key opens was left out.
"""

import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from baqylau.operation.queries import ALIASES, unseen

pytestmark = pytest.mark.once
EARLIER = Path(__file__).parent / "earlier" / "databases.tar.xz"
KEPT = (
    "reception_consultation",
    "casework_case",
    "casework_step",
    "staff_user",
    "staff_rolegrant",
    "catalogue_card",
    "institutions_institution",
    "reports_keyholder",
)
"""Tables whose rows are the same before and after."""


def rows(home: Path) -> dict[str, int]:
    """Rows of the tables, over both databases."""
    found: dict[str, int] = {}
    for alias in ALIASES:
        with sqlite3.connect(home / "var" / "db" / f"{alias}.sqlite3") as database:
            there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            for table in there & {*KEPT, "journal_entry", "journal_sealedentry"}:
                (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names of ours
                found[table] = found.get(table, 0) + count
        database.close()
    return found


def applied(home: Path, alias: str) -> list[str]:
    """Migrations that a database has seen, as "app.name"."""
    with sqlite3.connect(home / "var" / "db" / f"{alias}.sqlite3") as database:
        names = database.execute("SELECT app, name FROM django_migrations").fetchall()
    database.close()
    return [f"{app}.{name}" for app, name in names]


def behind(home: Path, alias: str) -> list[str]:
    """Migrations of ours that the database has not seen; the tests' own room is none of them."""
    return [name for name in unseen(applied(home, alias)) if not name.startswith("sample.")]


def baqylau(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program in the folder."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "baqylau", *words],
        env=environment | {"BAQYLAU_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_earlier_versions_databases_come_up_and_agree_with_their_journal(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "var" / "db"
    folder.mkdir(parents=True)
    with tarfile.open(EARLIER) as archive:
        archive.extractall(folder, filter="data")
    before = rows(tmp_path)
    assert all(behind(tmp_path, alias) for alias in ALIASES), "there is much to bring up"
    assert before["reception_consultation"] == before["casework_case"] == 3
    prepared = baqylau(tmp_path, "prepare")
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    after = rows(tmp_path)
    for alias in ALIASES:
        assert behind(tmp_path, alias) == [], "every room came to its newest"
    assert {table: after[table] for table in KEPT if table in before} == {
        table: before[table] for table in KEPT if table in before
    }
    assert after["journal_entry"] >= before["journal_entry"]
    verified = baqylau(tmp_path, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "✗" not in verified.stdout
    again = baqylau(tmp_path, "prepare")
    assert again.returncode == 0
    assert rows(tmp_path) == after, "a second time changes nothing"
