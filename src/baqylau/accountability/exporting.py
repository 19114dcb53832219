"""The cells of one published number as CSV and as JSON: the page's own answers."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language

from baqylau.accountability.queries.numbers import Page
from baqylau.accountability.queries.tables import PublishedTable
from baqylau.documents.writing import Value, write_csv
from baqylau.figures.exporting import cells, group_name
from baqylau.figures.models import Cell, Correction
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.results import Withheld

HEAD = (
    *("figure", "period", "window", "dimension", "value", "name", "number", "low", "high", "n"),
    "note",
)
"""Columns of the CSV: codes, the same in every language; `name` and `note` are in the page's."""


def as_csv(page: Page) -> bytes:
    """The whole first, then every table."""
    return write_csv([list(HEAD), *_lines(page)])


def _lines(page: Page) -> Iterator[list[Value]]:
    start: list[Value] = [page.figure.code, page.closed.code]
    label = str(page.figure.label)
    yield [*start, "own", "", "", label, *cells(page.whole.answer)]
    for table in page.tables:
        head: list[Value] = [*start, table.window, table.dimension]
        for value, name, row in _rows(table):
            yield [*head, value, name, *cells(row.answer)]


def _rows(table: PublishedTable) -> Iterator[tuple[str, str, Row]]:
    """Value, name and row; a refused table has one row that says why."""
    if table.refused:
        yield Cell.TOGETHER, "", Row("", "", Withheld(table.refused))
    for row in table.rows:
        yield Cell.TOGETHER if row.together else row.value, group_name(row), row


def as_json(page: Page) -> dict[str, Any]:
    """The number with its definition, its tables, its corrections, and what fixes it."""
    figure, closing = page.figure, page.closed.closing
    return {
        "figure": figure.code,
        "label": str(figure.label),
        "definition": str(figure.sentence),
        "unit": str(figure.unit),
        "language": get_language(),
        "period": page.closed.code,
        "closed": {
            "on": localdate(closing.closed_at).isoformat(),
            "entry": closing.number,
            "head": closing.head,
            "digest": closing.digest,
            "key": closing.key,
            "signature": closing.signature,
        },
        "number": as_plain(page.whole.answer),
        "tables": [
            {
                "window": table.window,
                "dimension": table.dimension,
                "label": str(table.label),
                "rows": [
                    {
                        "value": value,
                        "name": name,
                        "answer": as_plain(row.answer),
                        **({"together": row.together} if row.together else {}),
                    }
                    for value, name, row in _rows(table)
                ],
            }
            for table in page.tables
        ],
        "corrections": [
            _correction(number.cell, made)
            for number in page.corrected
            for made in number.corrections
        ],
    }


def _correction(cell: Cell, made: Correction) -> dict[str, Any]:
    return {
        "dimension": cell.dimension,
        "value": cell.value,
        "number": made.number,
        "on": localdate(made.made_at).isoformat(),
        "old": made.old,
        "new": made.new,
        "reason": {"kk": made.reason_kk, "ru": made.reason_ru, "en": made.reason_en},
    }
