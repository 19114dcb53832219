"""`baqylau setup`: a production site begins with strict settings, or nothing is written."""

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from baqylau.config import production
from baqylau.config.environment import read
from baqylau.kernel.errors import DomainError
from baqylau.operation.models import Installation
from baqylau.operation.services import mark_installation

ANSWERS = {
    "organisation-kk": "«Азаматтық бақылау» ҚБ",
    "organisation-ru": 'ОО "Гражданский контроль"',
    "organisation-en": "Civic Control",
    "hosts": "kontrol.example.org",
    "languages": "kk,ru",
    "email": "Zhanar@Example.org",
    "name": "Жанар",
}
BOTH = pytest.mark.django_db(databases=["default", "sealed"])


def _options(**changed: str | None) -> argparse.Namespace:
    given = {code.replace("-", "_"): value for code, value in ANSWERS.items()}
    return argparse.Namespace(**{**given, **changed})


def _run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAQYLAU_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "baqylau", *words],
        cwd=home,
        env=kept | {"BAQYLAU_HOME": str(home), "LC_ALL": "ru_RU.UTF-8"} | more,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=240,
    )


@pytest.mark.once
def test_a_site_is_begun_and_its_administrator_invited(tmp_path: Path) -> None:
    words = [part for code, value in ANSWERS.items() for part in (f"--{code}", value)]
    done = _run(tmp_path, "setup", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"https://kontrol\.example\.org/desk/invitation/\S+/", done.stdout)
    settings = tomllib.loads((tmp_path / "baqylau.toml").read_text(encoding="utf-8"))
    assert settings == {
        "mode": "production",
        "https": True,
        "hosts": ["kontrol.example.org"],
        "languages": ["kk", "ru"],
        "organisation_kk": ANSWERS["organisation-kk"],
        "organisation_ru": ANSWERS["organisation-ru"],
        "organisation_en": ANSWERS["organisation-en"],
    }
    assert (tmp_path / "baqylau.toml").stat().st_mode & 0o077 == 0
    again = _run(tmp_path, "setup", *words)
    assert again.returncode == 2
    assert "уже здесь" in again.stderr
    training = _run(tmp_path, "run")
    assert training.returncode == 2


@pytest.mark.once
def test_without_anybody_to_ask_what_is_missing_is_named(tmp_path: Path) -> None:
    done = _run(tmp_path, "setup", "--organisation-kk", "Бақылау")
    assert done.returncode == 2
    assert "--organisation-ru" in done.stderr
    assert not (tmp_path / "baqylau.toml").exists()


@pytest.mark.once
def test_a_setting_of_the_environment_that_would_win_is_named(tmp_path: Path) -> None:
    done = _run(tmp_path, "setup", BAQYLAU_MODE="training")
    assert done.returncode == 2
    assert "BAQYLAU_MODE" in done.stderr


@BOTH
def test_a_training_site_is_no_ground_for_a_production_site(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MODE = "training"
    mark_installation()
    assert Installation.objects.get().kind == "training"
    with translation.override("en"), pytest.raises(DomainError, match="training site"):
        production.refuse_used(tmp_path / "baqylau.toml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("organisation-kk", ""),
        ("organisation-kk", "   "),
        ("organisation-ru", "a\nb = 1"),
        ("organisation-en", "x" * 201),
        ("hosts", ""),
        ("hosts", "https://kontrol.example.org"),
        ("hosts", "kontrol"),
        ("hosts", "kontrol.example.org/desk"),
        ("hosts", "контроль.example.org"),
        ("languages", "ru en"),
        ("languages", "kk de"),
        ("email", "zhanar"),
        ("name", "\x00"),
    ],
)
def test_an_answer_that_cannot_be_is_one_sentence(code: str, value: str) -> None:
    question = next(one for one in production.QUESTIONS if one.code == code)
    with translation.override("en"), pytest.raises(DomainError, match=f"--{code} should be"):
        production.answer(question, _options(**{code.replace("-", "_"): value}))


@pytest.mark.parametrize("question", production.QUESTIONS, ids=lambda one: one.code)
def test_every_question_is_asked_in_each_language(question: production.Question) -> None:
    asked = set()
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            asked.add(str(question.words))
    assert len(asked) == 3


def test_what_is_typed_wrongly_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["nonsense", "a@example.org"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _words: next(typed))
    question = next(one for one in production.QUESTIONS if one.code == "email")
    assert production.answer(question, _options(email=None)) == "a@example.org"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with translation.override("en"), pytest.raises(DomainError, match="cannot be written"):
        production.write(tmp_path / "absent" / "baqylau.toml", "mode = 1\n")


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_name_survives_the_settings_file(name: str) -> None:
    answers = {**ANSWERS, "organisation-kk": name}
    assert tomllib.loads(production.content(answers))["organisation_kk"] == name


def test_the_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    answers = {
        question.code: production.answer(question, _options()) for question in production.QUESTIONS
    }
    production.write(tmp_path / "baqylau.toml", production.content(answers))
    settings = read({"BAQYLAU_HOME": str(tmp_path)})
    assert settings["MODE"] == "production"
    assert settings["HTTPS"] is True
    assert settings["LANGUAGES"] == ("kk", "ru")
    assert settings["ORGANISATION_RU"] == ANSWERS["organisation-ru"]
