"""`baqylau law deadline`, with rules and calendar from the database."""

import json
from datetime import date
from pathlib import Path

import pytest

from baqylau.config.console import run
from baqylau.kernel.access import SYSTEM
from baqylau.lawbook.services.calendar import move_day_off

ASKED = ["law", "deadline", "app.answer", "--from", "2026-03-05"]


@pytest.fixture(autouse=True)
def _kazakh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "kk_KZ.UTF-8")


@pytest.mark.django_db
def test_a_deadline_is_counted_by_the_calendar_of_the_desk(
    seeded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*ASKED, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-04-01"
    move_day_off(off_on=date(2026, 3, 26), worked_on=None, decree="№ 1", actor=SYSTEM)
    assert run([*ASKED, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-04-02"


@pytest.mark.django_db
def test_it_speaks_the_language_of_the_locale(
    seeded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(ASKED) == 0
    assert "Заңгер тексермеген." in capsys.readouterr().out


@pytest.mark.django_db
def test_an_unknown_rule_is_one_sentence_and_a_status(
    seeded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["law", "deadline", "app.anser", "--from", "2026-03-05"]) == 1
    assert capsys.readouterr().out == "Мұндай ереже жоқ: app.anser.\n"


@pytest.mark.django_db
def test_a_file_of_questions_gives_lines_of_json(
    seeded: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("app.answer\t2026-03-05\ncmp.file\t2025-11-30\n", encoding="utf-8")
    assert run(["law", "deadline", "--batch", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["due"] for line in lines] == ["2026-04-01", "2026-03-02"]


@pytest.mark.django_db
def test_before_anything_is_loaded_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ASKED) == 2
    assert "baqylau prepare" in capsys.readouterr().err
