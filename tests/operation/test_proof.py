"""`baqylau restore` verifies what it brought back, and puts nothing else into the folder."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from baqylau import __version__
from baqylau.operation.archive import Manifest
from baqylau.operation.proof import OLDER, prove
from baqylau.operation.queries import unseen

pytestmark = pytest.mark.once


def baqylau(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: v for name, v in os.environ.items() if not name.startswith("BAQYLAU_")}
    environment = clean | {
        "BAQYLAU_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        [sys.executable, "-m", "baqylau", *words], env=environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with two entries in its journal."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "baqylau.toml").write_text('phone = "1424"\n')
    assert baqylau(folder, "prepare").returncode == 0
    invited = baqylau(folder, "invite", "a@example.org", "--role", "adviser", "--name", "А")
    assert invited.returncode == 0, invited.stderr
    return folder


def brought_back(home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A copy of the home is made, taken away, and restored with the keys from the other place."""
    assert baqylau(home, "backup", str(folder / "one.age")).returncode == 0
    shutil.copytree(home / "keys", folder / "keys")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    key = str(folder / "keys" / "backup.key")
    into = str(folder / "new")
    return baqylau(elsewhere, "restore", str(folder / "one.age"), "--into", into, "--key", key)


def test_a_sound_archive_is_verified_at_once_and_the_keys_stay_where_they_are(
    home: Path, tmp_path: Path
) -> None:
    done = brought_back(home, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Verifying all of it" in done.stdout
    assert done.stdout.count("✓") >= 2
    assert "✗" not in done.stdout
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["baqylau.toml", "var"]
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == sorted(
        path.name for path in (home / "keys").iterdir()
    )


def test_what_was_wrong_in_the_archive_is_named_with_status_1(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(home, broken)
    with closing(sqlite3.connect(broken / "var" / "db" / "default.sqlite3")) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE journal_entry SET actor = 'x' WHERE number = 2")
        database.commit()
    done = brought_back(broken, tmp_path)
    assert done.returncode == 1
    assert "✗" in done.stdout
    assert "in the archive already" in done.stdout
    assert (tmp_path / "new" / "var").is_dir(), "what came back is kept: it may be all there is"


def test_an_archive_of_an_older_version_waits_for_prepare(tmp_path: Path) -> None:
    manifest = Manifest("2026-03-05T09:00:00+00:00", __version__, "k", "training", "sqlite")
    manifest.migrations["default"] = ["journal.0001_initial"]
    assert prove(tmp_path, tmp_path, manifest) == OLDER
    assert list(tmp_path.iterdir()) == []


def test_migrations_that_were_not_seen_are_named() -> None:
    everything = unseen([])
    assert "journal.0001_initial" in everything
    assert unseen(everything) == []
    assert unseen([name for name in everything if name != "journal.0001_initial"]) == [
        "journal.0001_initial"
    ]
