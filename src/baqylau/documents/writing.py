"""Write tables: XLSX without formulas or links, CSV that no spreadsheet takes for code."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, TYPE_CHECKING

from baqylau.documents.cells import protect, spell
from baqylau.documents.shapes import DEFAULT, Problem, TableError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Formed:
    """A number with the format that a spreadsheet shows it in ("0.0%"), or a text that wraps."""

    value: str | int | float | Decimal
    form: str = ""


Value = str | int | float | Decimal | date | bool | Formed | None
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX knows no zones; fixed, so that bytes repeat
_NAME_LIMIT = 31
_WIDTH = 24
"""Characters of a column whose cells are not known beforehand."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write. `widths` are in characters, by column; 0 or missing means fitted."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


class _Styles(dict[str, "Format"]):
    """Formats of a book by name, those of numbers by what they look like, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self["heading"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self["date"] = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})

    def __missing__(self, form: str) -> "Format":
        look = {"num_format": form} if form else {"text_wrap": True}
        self[form] = made = self.book.add_format({**look, "valign": "top"})
        return made


def write_xlsx(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """A workbook: headings bold and frozen, dates as dates, every text as text.

    Writing the same twice gives the same bytes.

    Raises: TableError `cell_length`.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy, and few processes need it

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED, **({"title": title} if title else {})})
        styles = _Styles(book)
        names: set[str] = set()
        for sheet in sheets:
            name = _sheet_name(sheet.name, names)
            names.add(name.casefold())
            _fill(book.add_worksheet(name), sheet, styles)
    return target.getvalue()


def save_xlsx(
    target: IO[bytes], name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    """Write one sheet into an open file, row by row: memory does not grow with the rows.

    Raises: TableError `cell_length`; whatever `rows` raises.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy, and few processes need it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED})
        styles = _Styles(book)
        page = book.add_worksheet(_sheet_name(name, set()))
        # Widths stand before the rows: they cannot be fitted to what has not come yet.
        page.set_column(0, max(len(headings) - 1, 0), _WIDTH)
        page.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            page.write_string(0, place, heading, styles["heading"])
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _write(page, (number, place), value, styles)


def _fill(page: "Worksheet", sheet: Sheet, styles: _Styles) -> None:
    widths = [len(heading) for heading in sheet.headings]
    for place, heading in enumerate(sheet.headings):
        page.write_string(0, place, heading, styles["heading"])
    for number, row in enumerate(sheet.rows, 1):
        for place, value in enumerate(row):
            length = _write(page, (number, place), value, styles)
            if place < len(widths):
                widths[place] = max(widths[place], length)
    for place, width in enumerate(widths):
        chosen = sheet.widths[place] if place < len(sheet.widths) else 0
        page.set_column(place, place, chosen or min(max(width + 2, 8), 60))
    page.freeze_panes(1, 0)


def _write(page: "Worksheet", at: tuple[int, int], value: Value, styles: _Styles) -> int:
    """Write one cell by the type of its value; returns the characters that it shows."""
    bare, style = (value.value, styles[value.form]) if isinstance(value, Formed) else (value, None)
    if bare is None or bare == "":
        return 0
    if isinstance(bare, date) and not isinstance(bare, datetime):
        page.write_datetime(*at, datetime(bare.year, bare.month, bare.day), styles["date"])  # noqa: DTZ001 - a day has no zone
        return 10
    if isinstance(bare, int | float | Decimal) and not isinstance(bare, bool):
        page.write_number(*at, bare, style)
        return len(str(bare))
    text = spell(bare)
    if len(text) > DEFAULT.cell:
        params = {"limit": DEFAULT.cell}
        raise TableError(Problem("cell_length", row=at[0] + 1, value=text[:80], params=params))
    page.write_string(*at, text, style)
    return max(len(line) for line in text.split("\n"))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheets accept: short, none of their own marks, not yet taken."""
    bare = re.sub(r"[\[\]:*?/\\]", " ", spell(name)).strip(" '")[:_NAME_LIMIT] or "1"
    number, free = 1, bare
    while free.casefold() in taken:
        number += 1
        free = f"{bare[: _NAME_LIMIT - 1 - len(str(number))]} {number}"
    return free


def write_csv(rows: Iterable[Sequence[Value]], delimiter: str = ",") -> bytes:
    """UTF-8 with a mark, so that spreadsheets read Kazakh letters; dates as 2026-12-31.

    Text that could be taken for a formula gets an apostrophe; `read_table` takes it off again.
    """
    target = io.BytesIO()
    _lines(target, rows, delimiter)
    return target.getvalue()


def save_csv(
    target: IO[bytes], _name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    """Write CSV into an open file, row by row; as `write_csv`."""
    _lines(target, chain([headings], rows), ",")


def _lines(target: IO[bytes], rows: Iterable[Sequence[Value]], delimiter: str) -> None:
    text = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    text.flush()
    text.detach()


def _csv_cell(value: Value) -> str:
    return protect(spell(value)) if isinstance(value, str) else spell(value)
