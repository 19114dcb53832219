"""The real program on an installation that it must not touch: one sentence, in three languages."""

import ctypes
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
LOCALES = ("kk_KZ.UTF-8", "ru_RU.UTF-8", "C.UTF-8")
WORDS = ("prepare", "serve", "verify")
READ_ONLY = dict(
    zip(LOCALES, ("var қалтасына жазу", "В папку var", "The folder var cannot"), strict=True)
)
KEYS_READ_ONLY = dict(
    zip(LOCALES, ("keys/ қалтасына жазу", "В папку keys/", "The folder keys/"), strict=True)
)
NEWER = dict(zip(LOCALES, ("жаңарақ нұсқасы", "более новой версией", "newer version"), strict=True))
TRAINING = dict(
    zip(LOCALES, ("оқу деректері", "учебные данные", "holds training data"), strict=True)
)


FULL = dict(
    zip(
        LOCALES,
        (
            "var/ – пайдалану мүмкін емес: дискіде орын қалмаған.",
            "var/: использовать нельзя, диск заполнен.",
            "var/ cannot be used: the disk is full.",
        ),
        strict=True,
    )
)


def obey_file_modes() -> None:
    """Let the system refuse root, too, what a file's mode forbids."""
    libc = ctypes.CDLL(None)
    drop, dac_override = 24, 1
    libc.prctl(drop, dac_override, 0, 0, 0)


def allow_small_files() -> None:
    """Let no file grow beyond a quarter of a megabyte, as on a disk with no room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, 1 << 18))


def baqylau(
    home: Path,
    *words: str,
    locale: str = "C.UTF-8",
    before: Callable[[], None] | None = None,
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    return subprocess.run(
        [sys.executable, "-m", "baqylau", *words],
        env={**clean, "LC_ALL": locale, "BAQYLAU_HOME": str(home), **variables}
        | {"DJANGO_SETTINGS_MODULE": "baqylau.config.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=before,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared training installation; tests leave it as it was."""
    home = tmp_path_factory.mktemp("prepared")
    answer = baqylau(home, "prepare")
    assert answer.returncode == 0, answer.stderr
    return home


def is_one_sentence(answer: subprocess.CompletedProcess[str], words: str) -> bool:
    said = answer.stderr.strip()
    return answer.returncode == 2 and words in said and "\n" not in said


@pytest.mark.parametrize(("locale", "words"), READ_ONLY.items())
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, locale: str, words: str) -> None:
    (tmp_path / "var").mkdir(mode=0o555)
    answer = baqylau(tmp_path, "prepare", locale=locale, before=obey_file_modes)
    assert is_one_sentence(answer, words)


@pytest.mark.parametrize(("locale", "words"), KEYS_READ_ONLY.items())
def test_keys_that_cannot_be_written_are_told(tmp_path: Path, locale: str, words: str) -> None:
    (tmp_path / "keys").mkdir(mode=0o555)
    answer = baqylau(tmp_path, "prepare", locale=locale, before=obey_file_modes)
    assert is_one_sentence(answer, words)


@pytest.mark.parametrize(
    ("locale", "words", "word"),
    [(*row, word) for row, word in zip(TRAINING.items(), WORDS, strict=True)],
)
def test_production_refuses_training_data(
    prepared: Path, locale: str, words: str, word: str
) -> None:
    before = (prepared / "var" / "db" / "default.sqlite3").read_bytes()
    answer = baqylau(prepared, word, locale=locale, BAQYLAU_MODE="production")
    assert is_one_sentence(answer, words)
    assert (prepared / "var" / "db" / "default.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    ("locale", "words", "word"),
    [(*row, word) for row, word in zip(NEWER.items(), WORDS, strict=True)],
)
def test_a_database_of_a_newer_version_is_left_alone(
    prepared: Path, locale: str, words: str, word: str
) -> None:
    file = prepared / "var" / "db" / "sealed.sqlite3"
    future = ("journal", "9999_from_the_future")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-03-05')", future
        )
    try:
        assert is_one_sentence(baqylau(prepared, word, locale=locale), words)
    finally:
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("DELETE FROM django_migrations WHERE app = ? AND name = ?", future)


@pytest.mark.parametrize(("locale", "words"), FULL.items())
def test_a_disk_without_room_leaves_no_half_backup(
    prepared: Path, tmp_path: Path, locale: str, words: str
) -> None:
    answer = baqylau(prepared, "backup", str(tmp_path), locale=locale, before=allow_small_files)
    assert (answer.returncode, answer.stderr.strip()) == (2, words)
    assert list(tmp_path.iterdir()) == []
    assert list((prepared / "var").glob(".backup-*")) == []


def test_a_folder_that_was_never_prepared_is_told_and_stays_empty(tmp_path: Path) -> None:
    assert is_one_sentence(baqylau(tmp_path, "verify"), "baqylau prepare")
    assert not (tmp_path / "var").exists()


def test_an_unknown_setting_is_told_in_the_readers_language(tmp_path: Path) -> None:
    answer = baqylau(tmp_path, "prepare", locale="kk_KZ.UTF-8", BAQYLAU_COLOUR="red")
    assert is_one_sentence(answer, "Белгісіз баптау: BAQYLAU_COLOUR.")
    answer = baqylau(tmp_path, "prepare", locale="ru_RU.UTF-8", BAQYLAU_PORT="many")
    assert is_one_sentence(answer, "порт от 1 до 65535, а не «many»")


def test_a_sound_installation_is_verified_and_has_a_clean_bill_of_health(prepared: Path) -> None:
    assert baqylau(prepared, "verify").returncode == 0
    doctor = baqylau(prepared, "doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
