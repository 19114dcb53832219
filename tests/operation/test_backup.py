"""The drill: an archive is made while the desk works, and brings everything back."""

import fcntl
import gzip
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pyrage
import pytest
from django.db import connection, connections

from baqylau.journal.queries import rows
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.operation import copies, sealing
from baqylau.operation.backup import STAGE, backup, site
from baqylau.operation.queries import row_counts
from baqylau.operation.restore import restore
from baqylau.operation.rules import archive_name, erasures_name, own_archives
from tests.journal.chains import alter, write
from tests.operation.conftest import quiet

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="one file is one database")
ROOT = Path(__file__).resolve().parents[2]


def bring_back(home: Path, archive: Path, name: str = "new") -> Path:
    restore(archive, home / name, home / "keys" / sealing.SECRET, quiet)
    return home / name


def entries(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM journal_entry").fetchone()[0])


@sqlite
def test_everything_but_the_keys_comes_back(home: Path) -> None:
    archive = backup(home / "out" / "one.age", quiet)
    new = bring_back(home, archive)
    for alias, count in (("default", 5), ("sealed", 3)):
        file = new / "var" / "db" / f"{alias}.sqlite3"
        assert copies.look(file).rows == row_counts(alias)
        assert entries(file) == count
        assert copies.faults(file, alias) == []
    assert (new / "var/files/ab" / ("ab" * 32)).read_bytes() == b"a scanned letter"
    assert (new / "baqylau.toml").read_text() == 'hosts = ["example.org"]\n'
    assert sorted(path.name for path in new.iterdir()) == ["baqylau.toml", "var"]
    assert sorted(path.name for path in (new / "var").iterdir()) == ["db", "files"]


def test_an_archive_is_for_its_owner_alone_and_nothing_else_is_left(home: Path) -> None:
    archive = backup(home / "out", quiet)
    assert {path.name for path in (home / "out").iterdir()} == {
        archive.name,
        erasures_name(site()),
    }
    assert own_archives([archive.name], site())
    assert archive.stat().st_mode & 0o777 == 0o600
    assert not list((home / "var").glob(STAGE + "*"))


@sqlite
def test_a_disk_with_too_little_room_is_told_with_more_needed_than_there_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("default", "sealed"):
        held = home / "var" / "db" / f"{name}.sqlite3"
        held.parent.mkdir(exist_ok=True)
        held.write_bytes(bytes(2_000_000))
    needed = 2 * 4_000_000 + len(b"a scanned letter")
    tight = shutil.disk_usage(home)._replace(free=needed + 500_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: tight)
    with pytest.raises(DomainError, match="9 MB are needed, 8 MB are free"):
        backup(home / "out", quiet)
    assert list((home / "out").iterdir()) == []
    assert not list((home / "var").glob(STAGE + "*"))


def test_stock_tools_open_an_archive(home: Path) -> None:
    archive = backup(home / "out", quiet)
    keys = sealing.identities(home / "keys" / sealing.SECRET)
    plain = gzip.decompress(pyrage.decrypt(archive.read_bytes(), keys))
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        names = tar.getnames()
    suffix = copies.SUFFIX[connection.vendor]
    assert names == [
        "manifest.json",
        f"db/sealed.{suffix}",
        f"db/default.{suffix}",
        "files/ab/" + "ab" * 32,
        "settings/baqylau.toml",
    ]


@sqlite
def test_the_desk_goes_on_working_while_an_archive_is_made(home: Path) -> None:
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            write(1)
        connections.close_all()

    desk = threading.Thread(target=work)
    desk.start()
    try:
        archive = backup(home / "out", quiet)
    finally:
        stopped.set()
        desk.join()
    file = bring_back(home, archive) / "var" / "db" / "default.sqlite3"
    assert copies.faults(file, "default") == []
    assert 5 <= entries(file) <= sum(1 for _row in rows("default"))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="dumps are PostgreSQL's")
def test_two_databases_of_postgresql_come_back_into_two_empty_ones(home: Path) -> None:
    archive = backup(home / "out", quiet)
    names = ("drill", "drill_sealed")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
    host = quote(str(connection.settings_dict["HOST"]), safe="")
    first, second = (f"postgresql://postgres@/{name}?host={host}" for name in names)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    environment = clean | {
        "BAQYLAU_HOME": str(home),
        "BAQYLAU_DATABASE_URL": first,
        "BAQYLAU_SEALED_DATABASE_URL": second,
        "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
        "LC_ALL": "C.UTF-8",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "baqylau", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)

    done = run("restore", str(archive), "--into", str(home / "new"))
    assert done.returncode == 0, done.stderr
    verified = run("verify")
    assert verified.returncode == 0, verified.stderr
    assert "entries checked: 5" in verified.stdout
    assert "entries checked: 3" in verified.stdout
    again = run("restore", str(archive), "--into", str(home / "again"))
    assert again.returncode == 2
    assert "not empty" in again.stderr
    assert not (home / "again").exists()


@sqlite
def test_a_journal_that_was_broken_comes_back_as_it_was_with_a_warning(home: Path) -> None:
    alter("UPDATE journal_entry SET actor = 'x' WHERE number = 2")
    archive = backup(home / "out", quiet)
    said: list[str] = []
    restore(archive, home / "new", home / "keys" / sealing.SECRET, said.append)
    assert any("already broken" in line for line in said)
    assert len(copies.faults(home / "new/var/db/default.sqlite3", "default")) == 1


def test_a_backup_replaces_nothing(home: Path) -> None:
    target = home / "out" / "one.age"
    target.write_bytes(b"the only copy")
    with pytest.raises(DomainError, match="replaces nothing"):
        backup(target, quiet)
    assert target.read_bytes() == b"the only copy"


def test_a_backup_into_no_folder_is_one_sentence(home: Path) -> None:
    with pytest.raises(DomainError, match="no folder"):
        backup(home / "gone" / "one.age", quiet)


@pytest.mark.parametrize("content", [None, b"", b"age1nonsense"])
def test_without_a_backup_key_nothing_is_made(home: Path, content: bytes | None) -> None:
    public = home / "keys" / sealing.PUBLIC
    public.unlink()
    if content is not None:
        public.write_bytes(content)
    with pytest.raises(DomainError, match=r"backup\.pub"):
        backup(home / "out", quiet)
    assert not list((home / "out").iterdir())


def test_two_backups_at_once_are_refused(home: Path) -> None:
    with (home / "var" / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(DomainError, match="Another backup"):
            backup(home / "out", quiet)
    backup(home / "out", quiet)


def test_what_a_killed_backup_left_is_removed_by_the_next(home: Path) -> None:
    left = home / "var" / (STAGE + "dead")
    left.mkdir()
    (left / "default.sqlite3").write_bytes(b"x")
    half = home / "out" / f".{archive_name(site(), clock.now())}.abcd1234.part"
    half.write_bytes(b"half an archive")
    stranger = home / "out" / ".baqylau-ffffffff-20260101-000000.age.abcd1234.part"
    stranger.write_bytes(b"another site's, which may be at work")
    backup(home / "out", quiet)
    assert not left.exists()
    assert not half.exists()
    assert stranger.exists()


def test_a_backup_beside_the_data_is_warned_of(home: Path) -> None:
    said: list[str] = []
    backup(home / "out", said.append)
    assert "same disk" in said[0]


def test_the_secret_half_of_the_key_may_lie_elsewhere(home: Path) -> None:
    (home / "keys" / sealing.SECRET).rename(home / "safe.key")
    assert not sealing.make_key()
    archive = backup(home / "out", quiet)
    assert pyrage.decrypt(archive.read_bytes(), sealing.identities(home / "safe.key"))


def test_a_lost_public_half_is_made_again_from_the_secret_one(home: Path) -> None:
    public = (home / "keys" / sealing.PUBLIC).read_text()
    (home / "keys" / sealing.PUBLIC).unlink()
    assert sealing.make_key()
    assert (home / "keys" / sealing.PUBLIC).read_text() == public
