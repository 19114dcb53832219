"""`baqylau import` and `baqylau export`."""

from pathlib import Path

import pytest

from baqylau.config.console import run
from baqylau.documents.tables import Value, read_table, write_csv
from tests.sample.words import known

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def file(tmp_path: Path, *rows: list[Value]) -> str:
    path = tmp_path / "words.csv"
    path.write_bytes(write_csv(rows))
    return str(path)


def test_without_apply_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "words", file(tmp_path, ["Сөз"], ["нан"])]) == 0
    said = capsys.readouterr().out
    assert "2\tnew\tнан" in said
    assert "new: 1, changed: 0, unchanged: 0, faults: 0" in said
    assert known() == {}


def test_with_apply_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "words", file(tmp_path, ["Сөз"], ["нан"]), "--apply"]) == 0
    assert "1 row written." in capsys.readouterr().out
    assert set(known()) == {"нан"}


def test_faults_are_told_with_their_place_and_give_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, ["Сөз"], ["нан"], ["су1"])
    assert run(["import", "words", path]) == 1
    assert "row 3, column “Сөз”: A word has no digits: су1. [су1]" in capsys.readouterr().out
    assert run(["import", "words", path, "--apply"]) == 2
    assert known() == {}
    assert run(["import", "words", path, "--apply", "--despite-errors"]) == 1
    assert set(known()) == {"нан"}


def test_what_cannot_be_read_is_one_sentence_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "words", str(tmp_path / "missing.csv")]) == 2
    assert "missing.csv cannot be read" in capsys.readouterr().err
    (tmp_path / "x.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1")
    assert run(["import", "words", str(tmp_path / "x.xls")]) == 2
    assert "old Excel file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_imported_again_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    rows: list[list[Value]] = [["Сөз", "Мағынасы"], ["нан", "=1+1"], ["су", "'x'"]]
    run(["import", "words", file(tmp_path, *rows), "--apply"])
    assert run(["export", "words", str(tmp_path / name)]) == 0
    assert len(read_table((tmp_path / name).read_bytes()).rows) == 2
    capsys.readouterr()
    assert run(["import", "words", str(tmp_path / name)]) == 0
    assert "new: 0, changed: 0, unchanged: 2, faults: 0" in capsys.readouterr().out
