"""The console command `law deadline`."""

import io
import json
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from baqylau.law.console import add_arguments, run
from baqylau.law.rule_table import shipped_rules
from baqylau.law.seed import seeded_calendar
from baqylau.law.words import LANGUAGES, Language

pytestmark = pytest.mark.once


def asked(*words: str, language: Language = "kk") -> tuple[int, str]:
    parser = ArgumentParser()
    add_arguments(parser, language)
    out = io.StringIO()
    status = run(
        parser.parse_args(words),
        rules=shipped_rules(),
        calendar=seeded_calendar(),
        language=language,
        out=out,
    )
    return status, out.getvalue()


def test_a_question_is_answered_in_words() -> None:
    status, said = asked("app.answer", "--from", "2026-03-05")
    assert status == 0
    assert "Мерзімнің соңғы күні: 2026 жылғы 1 сәуір, сәрсенбі." in said


def test_a_question_is_answered_as_one_line_of_json() -> None:
    status, said = asked("app.answer", "--from", "2026-03-05", "--json")
    assert status == 0
    assert said.count("\n") == 1
    assert json.loads(said)["due"] == "2026-04-01"


def test_after_hours_moves_the_count_by_a_day() -> None:
    _, said = asked("app.answer", "--from", "2026-03-05", "--after-hours", "--json")
    assert json.loads(said)["due"] == "2026-04-02"


def test_a_file_of_questions_is_answered_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("app.answer\t2026-03-05\ncmp.file\t2025-11-30\n", encoding="utf-8")
    status, said = asked("--batch", str(file))
    assert status == 0
    assert [json.loads(line)["due"] for line in said.splitlines()] == ["2026-04-01", "2026-03-02"]


def test_a_bad_line_is_told_in_the_exit_status_and_the_rest_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("app.answer\nctf\t2026\ncmp.file\t2025-11-30\n", encoding="utf-8")
    status, said = asked("--batch", str(file))
    answers = [json.loads(line) for line in said.splitlines()]
    assert status == 1
    assert ["error" in answer for answer in answers] == [True, True, False]


def test_questions_are_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"app.talon\t2026-03-05\n"))
    monkeypatch.setattr(sys, "stdin", typed)
    status, said = asked("--batch", "-")
    assert status == 0
    assert json.loads(said)["due"] == "2026-03-05"


@pytest.mark.parametrize("name", ["missing.tsv", ".", "a\x00b"])
def test_a_file_that_cannot_be_read_is_one_clear_error(name: str, tmp_path: Path) -> None:
    status, said = asked("--batch", str(tmp_path / name))
    assert status == 1
    assert json.loads(said)["error"]["code"] == "file_unreadable"
    assert str(tmp_path.parent) not in said


@pytest.mark.parametrize("words", [(), ("app.answer",), ("--from", "2026-03-05")])
def test_half_a_question_is_told_what_is_missing(words: tuple[str, ...]) -> None:
    status, said = asked(*words, language="ru")
    assert status == 1
    assert said.startswith("Нужны правило и дата начала")


def test_an_error_is_json_where_json_was_asked_for() -> None:
    status, said = asked("app.anser", "--from", "2026-03-05", "--json")
    assert status == 1
    assert json.loads(said)["error"]["code"] == "unknown_rule"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_language_asked_for(language: Language) -> None:
    parser = ArgumentParser(prog="law deadline")
    add_arguments(parser, language)
    word = {"kk": "ереженің коды", "ru": "код правила", "en": "code of a rule"}[language]
    assert word in " ".join(parser.format_help().split())
