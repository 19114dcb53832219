"""The one table of what was measured."""

import json
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.table import Row

from benchmarks import table

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
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert [row["unit"] for row in rows] == ["/s", "/s"]
    assert rows[1]["ratio"] == pytest.approx(rows[1]["measured"] / rows[0]["measured"])
