"""Rows as CSV and as JSON, and back: the two files of a data set hold the same.

CSV is UTF-8 with a mark, lines end with CR LF, nothing is empty for "no value". Text that a
spreadsheet could take for a formula begins with an apostrophe there, and there alone.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from baqylau.documents.cells import protect, unprotect
from baqylau.kernel.datasets import Row, Scalar

EMPTY = b"[]\n"
"""JSON without a row."""
MARK = b"\xef\xbb\xbf"
Plain = str | int | float | bool | None


class BrokenTableError(ValueError):
    """A file that is no table of ours."""


def plain(value: Scalar) -> Plain:
    """The value as JSON has it: days and moments (UTC) as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def spelled(value: Plain) -> str:
    """The value as CSV has it; a number with as many digits as lead back to it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return protect(value) if isinstance(value, str) else repr(value)


def as_csv(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The rows below the names of their fields."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([spelled(plain(value)) for value in row] for row in rows)
    return MARK + target.getvalue().encode()


def as_json(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A list of objects, one a line."""
    found = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in found]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode() if lines else EMPTY


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows by field, as text without the apostrophes. Raises: BrokenTableError."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BrokenTableError(str(error)) from error
    if not lines or len(set(lines[0])) != len(lines[0]):
        raise BrokenTableError("no names of fields")
    head, *rows = lines
    if any(len(row) != len(head) for row in rows):
        raise BrokenTableError("rows of another length than their head")
    return [dict(zip(head, map(unprotect, row), strict=True)) for row in rows]


def read_json(content: bytes) -> list[dict[str, Plain]]:
    """The rows by field. Raises: BrokenTableError."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BrokenTableError(str(error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenTableError("no list of objects")
    return rows


def are_same(texts: Sequence[Mapping[str, str]], rows: Sequence[Mapping[str, Plain]]) -> bool:
    """Whether a CSV and a JSON file hold the same rows."""
    return len(texts) == len(rows) and all(
        list(text) == list(row) and all(unprotect(spelled(row[name])) == text[name] for name in row)
        for text, row in zip(texts, rows, strict=True)
    )
