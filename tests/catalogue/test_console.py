"""`baqylau services search`: words, JSON, a file of queries."""

import json
from pathlib import Path

import pytest

from baqylau.catalogue.console import COMMANDS
from baqylau.config.console import Parser
from baqylau.kernel.errors import DomainError
from tests.catalogue.making import make_published, make_service

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    """Run the command with these words."""
    (command,) = COMMANDS
    parser = Parser(prog="search")
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_one_query_gives_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    make_published()
    assert run("тууын тиркеу", "--limit", "3", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["query"] == "тууын тиркеу"
    (result,) = found["results"]
    assert result["code"] == "s05"
    assert 0 < result["score"] <= 1
    assert result["why"]["kk"].startswith("Атауы сәйкес келеді")


def test_a_file_gives_a_line_for_each_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_service()
    make_service(code="s79", name_kk="Апостиль қою", name_en="Apostille")
    file = tmp_path / "queries.txt"
    file.write_bytes("\ufeffтуу\r\n\nапостиль\nүй\xff\n".encode() + b"\xff\xfe\n")
    assert run("--batch", str(file), "--limit", "1") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["query"] for line in lines[:3]] == ["туу", "", "апостиль"]
    assert [[one["code"] for one in line["results"]] for line in lines[:3]] == [
        ["s05"],
        [],
        ["s79"],
    ]
    assert len(lines) == 5


def test_people_read_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    make_published()
    run("birth")
    assert capsys.readouterr().out.startswith("s05\t")
    run("ұшақ")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words",
    [("туу", "--limit", "0"), ("туу", "--limit", "101"), (), ("туу", "--batch", "x.txt")],
)
def test_a_wrong_command_is_one_sentence(words: tuple[str, ...]) -> None:
    with pytest.raises(DomainError):
        run(*words)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        run("--batch", str(tmp_path / "none.txt"))
    assert "none.txt" in str(refused.value)
