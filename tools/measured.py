"""docs/measured.md: the table of the last `make bench`, from the JSON that it wrote beside it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "docs" / "measured.json"
HOW = """
Measured on {day}: {processor}, cores: {cores}, memory: {memory_mb:,} MB, Python {python}, SQLite
{sqlite}. Size: {scale:,} records where a row names none{form}; it took {seconds:,} s.

`make bench` measures anew and writes this page; `BAQYLAU_BENCH_SCALE` chooses 10000, 100000 or
1000000 records (`benchmarks/_sizes.py`). Each row stands beside what the same machine could do at
the same moment: raw `fdatasync`, raw commits of SQLite, a GET that does nothing, one Argon2id, or
the same page over fewer records. Seconds differ between machines; the ratio is what counts. The
rows are in [measured.json](measured.json) too. `make test` ends with the short form of
those that take about two minutes together (`SHORT` in the Makefile).

| what | measured | limit of the same run | ratio | target | |
|---|---|---|---|---|---|"""


def page() -> Iterator[str]:
    """The lines of the page."""
    found: Mapping[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    form = ", short form" if found["short"] else ""
    yield HOW.format(**{**found, "form": form})
    for row in found["rows"]:
        yield "| " + " | ".join(_cell(each) for each in _cells(row)) + " |"


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    from benchmarks.table import Row, cells  # noqa: PLC0415 - tools do not need it otherwise

    known = {name: value for name, value in row.items() if name != "ratio"}
    return cells(Row(**known))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
