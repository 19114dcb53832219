"""Whoever tells a tool to be silent says why."""

from pathlib import Path

import pytest

from tests.consistency import silenced

pytestmark = pytest.mark.once

NOQA, IGNORE = "# no" + "qa", "# type: " + "ignore"
"""Written in halves, so that no tool obeys them here."""


def test_every_order_to_be_silent_has_its_reason() -> None:
    assert [where for path in silenced.python_files() for where in silenced.bare(path)] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"x = 1  {NOQA}\n", [1]),
        (f"x = 1  {NOQA}: E501\n", [1]),
        (f"x = 1  {NOQA}: E501, F401\n", [1]),
        (f"x = 1  {NOQA}: E501 -\n", [1]),
        (f"x = 1  {NOQA}: E501 - a picture\n", []),
        (f"x = 1  {IGNORE}\n", [1]),
        (f"x = 1  {IGNORE}[misc]  {NOQA}: E501\n", [1]),
        (f"x = 1  {IGNORE}[misc]  # no types\n", []),
        (f"# Why it is so.\nx = 1  {NOQA}: E501\n", []),
        (f"# Why it is so.\n\nx = 1  {NOQA}: E501\n", [3]),
        (f"x = 1  {NOQA}: E501 - so it is\n\ny = 1  {NOQA}: E501\nz = 1  {NOQA}: E501\n", []),
        (f"x = 1  {NOQA}: E501 - so it is\ny = 1\nz = 1  {NOQA}: E501\n", [3]),
        (f"x = 1  {NOQA}: E501\ny = 1  {NOQA}: E501\n", [1, 2]),
        (f'x = "{NOQA}"\n', []),
    ],
)
def test_a_bare_order_is_found_and_a_reasoned_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, lines: list[int]
) -> None:
    monkeypatch.setattr(silenced, "ROOT", tmp_path)
    file = tmp_path / "one.py"
    file.write_text(text, encoding="utf-8")
    assert silenced.bare(file) == [f"one.py:{line}" for line in lines]
