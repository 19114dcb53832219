"""The console program, as people start it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

HELP = {
    "kk_KZ.UTF-8": "Азаматтық бақылау бағдарламасының жұмыс құралы.",
    "ru_RU.UTF-8": "Рабочий инструмент программы гражданского контроля.",
    "C.UTF-8": "What a programme of civic oversight runs on.",
}


def baqylau(
    home: Path, *words: str, locale: str = "C.UTF-8", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    return subprocess.run(
        [sys.executable, "-m", "baqylau", *words],
        env={**clean, "LC_ALL": locale, "BAQYLAU_HOME": str(home), **variables}
        | {"DJANGO_SETTINGS_MODULE": "baqylau.config.settings"},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(("locale", "sentence"), HELP.items())
def test_help_speaks_the_language_of_the_locale(tmp_path: Path, locale: str, sentence: str) -> None:
    assert sentence in baqylau(tmp_path, "--help", locale=locale).stdout


def test_an_unknown_word_is_one_sentence(tmp_path: Path) -> None:
    answer = baqylau(tmp_path, "nonsense", locale="kk_KZ.UTF-8")
    assert answer.returncode == 2
    assert answer.stderr.startswith("Бұл пәрменді түсіне алмадым")


def test_an_unknown_setting_is_one_sentence(tmp_path: Path) -> None:
    answer = baqylau(tmp_path, "prepare", BAQYLAU_COLOUR="red")
    assert (answer.returncode, answer.stderr) == (2, "Unknown setting: BAQYLAU_COLOUR.\n")


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = baqylau(tmp_path, "serve", "--port", port, locale="ru_RU.UTF-8")
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"Порт {port} занят.")


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    assert baqylau(tmp_path, "prepare").returncode == 0
    secret = (tmp_path / "keys" / "secret").read_bytes()
    assert baqylau(tmp_path, "prepare").returncode == 0
    assert (tmp_path / "keys" / "secret").read_bytes() == secret
    assert (tmp_path / "var" / "db" / "sealed.sqlite3").exists()
