"""Who was erased stays erased: the list lies beside the archive, and a restore replays it."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from baqylau.contacts import keyring
from baqylau.contacts.models import Contact, Erasure
from baqylau.contacts.services import erase
from baqylau.contacts.services.texts import seed
from baqylau.kernel import erasures
from baqylau.kernel.errors import DomainError
from baqylau.operation import beside, replaying, rules, sealing
from baqylau.operation.backup import backup, site
from baqylau.operation.restore import restore
from tests.contacts.people import ADVISER, visitor
from tests.operation.conftest import baqylau, other_place, quiet

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
GONE = "0" * 16


def list_of(folder: Path) -> Path:
    return folder / rules.erasures_name(site())


def forgotten(key: str = GONE) -> None:
    """Somebody was erased."""
    Erasure.objects.create(key=key, erased_on=date(2026, 3, 5), reason="request")


def test_every_backup_lays_the_list_beside_the_archive(home: Path) -> None:
    forgotten()
    backup(home / "out", quiet)
    path = list_of(home / "out")
    assert path.stat().st_mode & 0o777 == 0o600
    assert erasures.read(path.read_bytes()) == {GONE: "2026-03-05"}
    assert not beside.write_erasures(home / "out", site(), quiet)


def test_whoever_stood_on_the_list_stays_on_it(home: Path) -> None:
    earlier = {"1" * 16: "2025-01-01"}
    list_of(home / "out").write_text(erasures.written(earlier))
    forgotten()
    backup(home / "out", quiet)
    whole = erasures.read(list_of(home / "out").read_bytes())
    assert whole == {**earlier, GONE: "2026-03-05"}


def test_a_damaged_list_is_kept_aside_and_told(home: Path) -> None:
    list_of(home / "out").write_bytes(b"half a li")
    said: list[str] = []
    backup(home / "out", said.append)
    assert any("was damaged" in line for line in said)
    assert list_of(home / "out").with_suffix(".damaged").read_bytes() == b"half a li"
    assert erasures.read(list_of(home / "out").read_bytes()) == {}


def test_a_restore_forgets_again_whoever_was_erased_since(home: Path, tmp_path: Path) -> None:
    seed()
    row, stays = visitor(), visitor("Анасы", "")
    archive = backup(home / "out", quiet)
    erase(actor=ADVISER, key=row.key)
    beside.write_erasures(home / "out", site(), quiet)
    place = other_place(tmp_path / "clean", "drill")
    into = tmp_path / "new"
    key = ("--key", str(home / "keys" / sealing.SECRET))
    done = baqylau(place, "restore", str(archive), "--into", str(into), *key)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{list_of(home / 'out').name} is taken, people in it: 1" in done.stdout
    assert "In the list: 1. Rows erased: " in done.stdout
    assert not (into / "var" / replaying.NAME).exists()
    (into / "keys").symlink_to(home / "keys")
    again = baqylau(place | {"BAQYLAU_HOME": str(into)}, "contacts", "erased")
    assert set(erasures.read(again.stdout.encode())) == {row.key}
    assert Contact.objects.get().key == stays.key


def test_a_key_that_opens_only_half_is_named_and_what_came_back_is_kept(
    home: Path, tmp_path: Path
) -> None:
    seed()
    visitor()
    keyring.add()
    visitor("Анасы", "")
    archive = backup(home / "out", quiet)
    ring = home / "keys" / keyring.NAME
    ring.write_text(ring.read_text().splitlines()[-1] + "\n")
    place = other_place(tmp_path / "clean", "drill")
    key = ("--key", str(home / "keys" / sealing.SECRET))
    done = baqylau(place, "restore", str(archive), "--into", str(tmp_path / "new"), *key)
    assert done.returncode == 1, done.stdout + done.stderr
    (named,) = (line for line in done.stdout.splitlines() if "a key that is missing" in line)
    assert named.endswith(": 1")
    assert "a key is missing beside the backup key" in done.stdout
    assert (tmp_path / "new" / "var").is_dir()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite: see test_schedule")
def test_nothing_is_restored_into_databases_that_a_server_uses(home: Path, tmp_path: Path) -> None:
    archive = backup(home / "out", quiet)
    place = other_place(tmp_path / "clean", "drill")
    key = ("--key", str(home / "keys" / sealing.SECRET))
    words = ("restore", str(archive), "--into", str(tmp_path / "new"), *key)
    import psycopg  # noqa: PLC0415 - there on PostgreSQL alone

    with psycopg.connect(place["BAQYLAU_DATABASE_URL"]):
        refused = baqylau(place, *words)
    assert refused.returncode == 2
    assert "stop the server first" in refused.stderr
    assert not (tmp_path / "new").exists()
    assert baqylau(place, *words).returncode == 0


@pytest.mark.once
def test_a_restore_without_a_list_says_what_that_means(home: Path) -> None:
    archive = backup(home / "out", quiet)
    list_of(home / "out").unlink()
    said: list[str] = []
    restore(archive, home / "new", home / "keys" / sealing.SECRET, said.append)
    assert any("no list of erasures lies beside" in line for line in said)
    assert not (home / "new" / "var" / replaying.NAME).exists()


@pytest.mark.once
def test_a_list_that_cannot_be_read_stops_a_restore_before_anything_is_there(home: Path) -> None:
    archive = backup(home / "out", quiet)
    list_of(home / "out").write_bytes(b"half a li")
    with pytest.raises(DomainError, match="no list of erasures"):
        restore(archive, home / "new", home / "keys" / sealing.SECRET, quiet)
    assert not (home / "new").exists()


@pytest.mark.once
def test_a_list_that_waits_keeps_the_site_closed_until_prepare_has_replayed_it(
    tmp_path: Path,
) -> None:
    assert connection.vendor == "sqlite"
    home = tmp_path / "home"
    home.mkdir()
    place = other_place(home, "drill")
    assert baqylau(place, "prepare").returncode == 0
    waiting = home / "var" / replaying.NAME
    waiting.write_text(erasures.written({GONE: "2026-03-05"}))
    served = baqylau(place, "serve", "--port", "18799")
    assert served.returncode == 2
    assert "baqylau prepare" in served.stderr
    assert baqylau(place, "doctor").returncode == 1
    prepared = baqylau(place, "prepare")
    assert "Erased again after the restore, in the list: 1" in prepared.stdout, prepared.stderr
    assert not waiting.exists()
    assert GONE in baqylau(place, "contacts", "erased").stdout
