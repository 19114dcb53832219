"""docs/measured.md: the tables of the last `make bench`, from the JSON that stands beside it.

The first is of the usual size; those of other sizes stand in files of their own.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"
HOW = """
`make bench` measures anew and writes this page; `BAQYLAU_BENCH_SCALE` chooses 10000, 100000 or
1000000 records (`benchmarks/_sizes.py`). Each row stands beside what the same machine could do at
the same moment: raw `fdatasync`, raw commits of SQLite, a GET that does nothing, one Argon2id, or
the same page over fewer records. Seconds differ between machines; the ratio is what counts. The
rows are in `measured*.json` too. `make test` ends with the short form of those that take about
two minutes together (`SHORT` in the Makefile).
"""
WHERE = """
## At {scale:,} records{form}

Measured on {day}: {processor}, cores: {cores}, memory: {memory_mb:,} MB, Python {python}, SQLite
{sqlite}. The size is meant where a row names none. It took {seconds:,} s; rows that were measured
again afterwards: {again}. Rows with a target: {asked}, of them met: {met}.

| what | measured | limit of the same run | ratio | target | |
|---|---|---|---|---|---|"""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield HOW.rstrip()
    for source in sorted(DOCS.glob("measured*.json"), key=lambda path: path.stem):
        found: Mapping[str, Any] = json.loads(source.read_text(encoding="utf-8"))
        verdicts = [row["is_met"] for row in found["rows"] if row["is_met"] is not None]
        told = {
            "form": ", short form" if found["short"] else "",
            "asked": len(verdicts),
            "met": sum(verdicts),
        }
        yield WHERE.format(**{**found, **told})
        for row in found["rows"]:
            yield "| " + " | ".join(_cell(each) for each in _cells(row)) + " |"


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    from benchmarks.table import Row, cells  # noqa: PLC0415 - tools do not need it otherwise

    known = {name: value for name, value in row.items() if name != "ratio"}
    return cells(Row(**known))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
