"""The backup key behind a passphrase: with it, what lies beside an archive opens it.

Each opening takes seconds and a gigabyte, as it should: so there are few of them here.
"""

import contextlib
import fcntl
import os
import pty
import shutil
import subprocess
import sys
import termios
from pathlib import Path

import pyrage
import pytest
from django.test import override_settings
from django.utils import translation

from baqylau.kernel.errors import DomainError
from baqylau.operation import passphrases, sealing
from baqylau.operation.backup import backup, site
from baqylau.operation.passphrases import WrongPassphraseError, set_passphrase
from tests.operation.conftest import ROOT, baqylau, other_place, quiet

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(databases=["default", "sealed"], transaction=True),
]
PHRASE = "жусан иісі далада тұр"
OTHER = "қыр басында қызыл түлкі"


def never() -> str:
    """Nobody is to be asked."""
    raise AssertionError("asked for a passphrase")


def run(home: Path, phrase: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program with the passphrase on a descriptor of its own."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as sink:
        sink.write(f"{phrase}\n")
    try:
        return subprocess.run(
            [sys.executable, "-m", "baqylau", *words, "--passphrase-fd", str(reading)],
            env=other_place(home, "drill"),
            capture_output=True,
            text=True,
            pass_fds=[reading],
            cwd=ROOT,
            timeout=120,
        )
    finally:
        os.close(reading)


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of a site whose backup key was put behind the passphrase and taken away."""
    home = tmp_path_factory.mktemp("safe")
    with override_settings(KEYS=home / "keys"), translation.override("en"):
        sealing.make_key()
        shutil.copy(home / "keys" / sealing.SECRET, home / "safe.key")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    place = {"BAQYLAU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "baqylau.config.settings"}
    reading, writing = os.pipe()
    os.write(writing, f"{PHRASE}\n".encode())
    os.close(writing)
    words = ["backup-passphrase", "--remove-secret", "--passphrase-fd", str(reading)]
    done = subprocess.run(
        [sys.executable, "-m", "baqylau", *words],
        env=clean | place,
        capture_output=True,
        text=True,
        pass_fds=[reading],
        cwd=ROOT,
        timeout=120,
    )
    os.close(reading)
    assert done.returncode == 0, done.stderr
    assert PHRASE not in done.stdout + done.stderr
    assert not (home / "keys" / sealing.SECRET).exists()
    return home


@pytest.fixture
def locked(home: Path, safe: Path) -> Path:
    """This site with those keys, without the secret one; the file behind the passphrase."""
    (home / "keys" / sealing.SECRET).unlink()
    shutil.copytree(safe / "keys", home / "keys", dirs_exist_ok=True)
    (path,) = (home / "keys").glob("backup-key-*.age")
    return path


def test_the_file_beside_the_archive_and_the_passphrase_are_all_that_is_needed(
    home: Path, locked: Path, tmp_path: Path
) -> None:
    archive = backup(home / "out", quiet)
    (beside,) = (home / "out").glob(f"baqylau-{site()}-key-*.age")
    assert beside.stat().st_mode & 0o777 == 0o600
    assert beside.read_bytes() == locked.read_bytes()
    into = tmp_path / "new"
    done = run(tmp_path / "clean", PHRASE, "restore", str(archive), "--into", str(into))
    assert "contacts.key is not in" in done.stdout, done.stderr
    assert "names and phones of visitors" in done.stdout
    assert (into / "var" / "db" / "sealed.sqlite3").exists()


def test_a_wrong_passphrase_is_one_sentence_and_changes_nothing(home: Path, locked: Path) -> None:
    before = locked.read_bytes()
    with pytest.raises(WrongPassphraseError, match=f"does not open {locked.name}"):
        set_passphrase(new=never, present=lambda: OTHER)
    assert locked.read_bytes() == before


def test_a_damaged_file_of_the_key_is_said_like_a_wrong_passphrase(locked: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        passphrases.unlock(locked.read_bytes()[:120], PHRASE, locked.name)


@pytest.mark.skipif(not shutil.which("age"), reason="no age on this machine: NOT CHECKED HERE")
def test_stock_age_opens_it_with_the_passphrase(home: Path, locked: Path, safe: Path) -> None:
    master, slave = pty.openpty()
    with subprocess.Popen(
        ["age", "-d", "-o", str(home / "opened"), str(locked)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: _own_terminal(slave),  # noqa: PLW1509 - no other thread is at work
    ) as process:
        os.close(slave)
        shown = ""
        with contextlib.suppress(OSError):  # the terminal closes with the program
            while piece := os.read(master, 4_096).decode(errors="replace"):
                shown += piece
                if "passphrase" in shown and shown.rstrip().endswith(":"):
                    os.write(master, f"{PHRASE}\n".encode())
                    shown += "."
        assert process.wait(60) == 0, shown
    os.close(master)
    assert (home / "opened").read_bytes() == (safe / "safe.key").read_bytes()


def _own_terminal(slave: int) -> None:
    """Make it the terminal of the new session: age asks there and nowhere else."""
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


def test_a_weak_passphrase_or_a_foreign_secret_is_refused(home: Path) -> None:
    with pytest.raises(DomainError, match="easy to connect"):
        set_passphrase(new=lambda: "құпиясөз12", present=never)
    with pytest.raises(DomainError, match="Set a passphrase first"):
        passphrases.remove_secret()
    own = home / "keys" / sealing.SECRET
    own.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    with pytest.raises(DomainError, match="other half"):
        set_passphrase(new=never, present=never)
    own.unlink()
    with pytest.raises(DomainError, match="no such place"):
        set_passphrase(new=never, present=never)
    assert list((home / "keys").glob("backup-key-*")) == []


def test_nobody_and_an_empty_descriptor_are_one_sentence_each(home: Path) -> None:
    nobody = baqylau(other_place(home, "drill"), "backup-passphrase")
    assert (nobody.returncode, "--passphrase-fd" in nobody.stderr) == (2, True)
    assert baqylau(other_place(home, "drill"), "backup-passphrase", PHRASE).returncode == 2
    empty = run(home, "", "backup-passphrase")
    assert (empty.returncode, empty.stderr.count("\n")) == (2, 1)
    closed = baqylau(other_place(home, "drill"), "backup-passphrase", "--passphrase-fd", "99")
    assert (closed.returncode, closed.stderr.count("\n")) == (2, 1)


def test_of_several_keys_beside_an_archive_one_must_be_chosen(
    home: Path, locked: Path, tmp_path: Path
) -> None:
    archive = backup(home / "out", quiet)
    (beside,) = (home / "out").glob("*-key-*.age")
    shutil.copy(beside, beside.with_name("baqylau-ffffffff-key-qqqqqqqq.age"))
    asked = run(tmp_path / "clean", PHRASE, "restore", str(archive), "--into", str(home / "new"))
    assert asked.returncode == 2
    assert "--key" in asked.stderr
    assert not (home / "new").exists()
