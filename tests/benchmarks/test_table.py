"""The one table of what was measured."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.table import Row

from benchmarks import _sizes as sizes
from benchmarks import table
from tools import measured

FOLDER = Path(table.__file__).parent

pytestmark = pytest.mark.once


def test_a_ratio_is_measured_against_the_limit_of_the_same_run() -> None:
    assert Row("x", 50, "/s", "raw", 200).ratio == 0.25
    assert Row("x", 50, "/s").ratio is None


def test_a_missed_target_cannot_be_overlooked() -> None:
    rows = [Row("fast", 3, "ms", target="≤ 5", is_met=True), Row("slow", 9, "ms", is_met=False)]
    lines = table.printed(rows).splitlines()
    assert lines[2].endswith("met")
    assert "NOT" not in lines[2]
    assert lines[3].endswith("NOT MET")


def test_two_benchmarks_of_one_name_are_refused() -> None:
    table.measures("twice")(lambda _short: ())
    with pytest.raises(ValueError, match="two benchmarks"):
        table.measures("twice")(lambda _short: ())
    table._measures.pop("twice")


def test_the_raw_limits_are_printed_and_written_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAQYLAU_HOME", str(tmp_path))
    assert main(["disk", "--short", "--json", str(tmp_path / "rows.json")]) == 0
    assert "raw SQLite commit" in capsys.readouterr().out
    told = json.loads((tmp_path / "rows.json").read_text())
    rows = told.pop("rows")
    assert [row["unit"] for row in rows] == ["/s", "/s"]
    assert told.keys() >= {"day", "processor", "cores", "python", "sqlite", "scale", "short"}
    assert rows[1]["ratio"] == pytest.approx(rows[1]["measured"] / rows[0]["measured"])


def test_a_part_that_breaks_is_a_row_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_short: bool) -> Iterator[Row]:
        yield Row("before it broke", 1, "/s")
        raise RuntimeError("the server\ndid not start")

    monkeypatch.setenv("BAQYLAU_HOME", str(tmp_path))
    table.measures("breaks")(breaks)
    try:
        assert main(["breaks", "disk", "--short", "--json", str(tmp_path / "rows.json")]) == 1
    finally:
        table._measures.pop("breaks")
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("before it broke")]
    (broken,) = (line for line in lines if "BROKEN" in line)
    assert broken.startswith("breaks: broken: RuntimeError: the server did not start")
    assert "not measured" in broken
    assert [line for line in lines if line.startswith("raw SQLite commit")]
    rows = json.loads((tmp_path / "rows.json").read_text())["rows"]
    assert [row["measured"] is None for row in rows] == [False, True, False, False]


def test_a_missed_target_fails_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAQYLAU_HOME", str(tmp_path))
    table.measures("misses")(lambda _short: [Row("slow", 9, "ms", target="≤ 1", is_met=False)])
    try:
        assert main(["misses", "--short"]) == 0
    finally:
        table._measures.pop("misses")


@pytest.mark.parametrize(
    ("said", "short", "large", "small"),
    [
        ("", False, 100_000, 10_000),
        ("10000", False, 10_000, 1_000),
        ("1000000", False, 1_000_000, 10_000),
        ("1000000", True, 10_000, 1_000),
    ],
)
def test_one_variable_says_how_large(
    said: str, short: bool, large: int, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(sizes.VARIABLE, raising=False)
    if said:
        monkeypatch.setenv(sizes.VARIABLE, said)
    assert sizes.large(short=short) == large
    assert sizes.small(10_000, short=short) == small


@pytest.mark.parametrize("said", ["5", "100k", "²", ""])
def test_another_size_is_refused_in_a_sentence(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sizes.VARIABLE, said)
    with pytest.raises(SystemExit, match="one of 10000, 100000, 1000000"):
        sizes.scale()


def test_no_benchmark_reads_the_variable_but_one_place() -> None:
    readers = [
        path.name
        for path in FOLDER.glob("*.py")
        if "os.environ" in path.read_text("utf-8") and "BENCH_SCALE" in path.read_text("utf-8")
    ]
    assert readers == ["_sizes.py"]


def test_the_limits_that_others_are_read_beside_are_rows() -> None:
    words = [sys.executable, "-m", "benchmarks", "limits", "disk", "--short"]
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(words, cwd=FOLDER.parent, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for limit in ("raw 4 KiB write + fdatasync", "raw SQLite commit", "GET that does nothing"):
        assert limit in done.stdout
    assert done.stdout.count("one Argon2id of a") == 2


def test_the_page_of_what_was_measured_holds_every_row() -> None:
    sources = list(measured.DOCS.glob("measured*.json"))
    told = [json.loads(source.read_text(encoding="utf-8")) for source in sources]
    lines = [line for text in measured.page() for line in text.splitlines()]
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| what |")]
    assert len(rows) == sum(len(each["rows"]) for each in told) > 0
