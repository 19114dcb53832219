"""Read a foreign table, XLSX or CSV: rows by heading, and everything that is wrong as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from baqylau.documents import delimited, excel
from baqylau.documents.cells import (
    clean,
    holds_html,
    lost_letters,
    normal_heading,
    read_date,
    unprotect,
)
from baqylau.documents.shapes import (
    DEFAULT,
    CellError,
    Limits,
    Problem,
    Row,
    Table,
    TableError,
)
from baqylau.documents.writing import Sheet, Value, save_csv, save_xlsx, write_csv, write_xlsx

__all__ = [
    "DEFAULT",
    "CellError",
    "Limits",
    "Problem",
    "Row",
    "Sheet",
    "Table",
    "TableError",
    "Value",
    "normal_heading",
    "read_date",
    "read_table",
    "save_csv",
    "save_xlsx",
    "write_csv",
    "write_xlsx",
]

_SIGNS = (
    (b"\xd0\xcf\x11\xe0", "old_excel"),
    (b"%PDF", "not_a_table"),
    (b"{\\rtf", "not_a_table"),
    (b"<!DOCTYPE", "not_a_table"),
    (b"<html", "not_a_table"),
)


def read_table(data: bytes, limits: Limits = DEFAULT) -> Table:
    """Read the bytes of an XLSX, CSV or TSV file; what it is, is told by its content.

    The first row with content of each sheet holds the headings. Cells are shown values; a
    formula gives the value that was stored with it, with a note.

    Raises: TableError, and nothing else, whatever the bytes.
    """
    if not data.strip():
        raise TableError(Problem("empty"))
    if len(data) > limits.file_bytes:
        raise TableError(Problem("file_size", params={"limit": limits.file_bytes}))
    for sign, code in _SIGNS:
        if data[:64].lstrip().lower().startswith(sign.lower()):
            raise TableError(Problem(code))
    gathering = _Gathering(limits)
    table = _workbook(data, gathering) if data.startswith(b"PK") else _text(data, gathering)
    if not table.headings:
        raise TableError(Problem("empty"))
    return table


def _workbook(data: bytes, gathering: "_Gathering") -> Table:
    sheets, hidden = excel.sheets(data, gathering.limits)
    for name in hidden:
        gathering.notes.append(Problem("hidden_sheet", name))
    for sheet in sheets:
        gathering.add(sheet.name, sheet.rows, sheet)
    return gathering.table("xlsx")


def _text(data: bytes, gathering: "_Gathering") -> Table:
    text, encoding = delimited.decode(data)
    if encoding in {"Windows-1251", "KZ-1048"}:
        gathering.notes.append(Problem("encoding_used", params={"encoding": encoding}))
    delimiter = delimited.separator_line(text) or delimited.delimiter_of(text)
    records = delimited.records(text, delimiter, gathering.limits)
    rows = ((number, [unprotect(clean(cell)) for cell in row]) for number, row in records)
    gathering.add("", rows, None)
    return gathering.table("csv", encoding, delimiter)


@dataclass(slots=True)
class _Gathering:
    """What has been read so far, over all sheets."""

    limits: Limits
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cells: int = 0

    def table(self, kind: str, encoding: str = "", delimiter: str = "") -> Table:
        """The finished table; the problems that are too many to read are cut off."""
        return Table(
            kind=kind,
            headings=self.headings,
            rows=tuple(self.rows),
            notes=tuple(self.notes[: self.limits.problems]),
            problems=tuple(self.problems[: self.limits.problems]),
            encoding=encoding,
            delimiter=delimiter,
        )

    def add(
        self, name: str, rows: Iterable[tuple[int, list[str]]], source: excel.Sheet | None
    ) -> None:
        """Add a sheet: its first row with content is the headings."""
        filled = ((number, row) for number, row in rows if any(row))
        first = next(filled, None)
        if first is None:
            return
        columns = self._columns(name, *first)
        self.headings[name] = tuple(columns.values())
        for number, row in filled:
            self._row(name, number, row, columns, source)

    def _columns(self, sheet: str, number: int, row: list[str]) -> dict[int, str]:
        """Headings by place. Raises: TableError `columns`, `cell_length`."""
        if len(row) > self.limits.columns:
            raise TableError(
                Problem("columns", sheet, number, params={"limit": self.limits.columns})
            )
        columns: dict[int, str] = {}
        seen: set[str] = set()
        for place, heading in enumerate(row):
            self._measure(sheet, number, letter_of(place), heading)
            if not heading:
                continue
            if normal_heading(heading) in seen:
                self.problems.append(Problem("double_heading", sheet, number, heading, heading))
                continue
            seen.add(normal_heading(heading))
            columns[place] = heading
        return columns

    def _row(
        self,
        sheet: str,
        number: int,
        row: list[str],
        columns: dict[int, str],
        source: excel.Sheet | None,
    ) -> None:
        """Keep a row. Raises: TableError when there are too many rows or cells."""
        self.cells += len(row)
        if len(self.rows) >= self.limits.rows:
            raise TableError(Problem("rows", sheet, number, params={"limit": self.limits.rows}))
        if self.cells > self.limits.cells:
            raise TableError(Problem("cells", sheet, number, params={"limit": self.limits.cells}))
        for place, text in enumerate(row):
            column = columns.get(place) or letter_of(place)
            self._measure(sheet, number, column, text)
            if text and place not in columns:
                self.notes.append(Problem("no_heading", sheet, number, column, text[:80]))
            self._look(Problem("", sheet, number, column, text[:80]), text, place, source)
        cells = {
            heading: row[place] if place < len(row) else "" for place, heading in columns.items()
        }
        self.rows.append(Row(sheet, number, cells))

    def _measure(self, sheet: str, row: int, column: str, text: str) -> None:
        if len(text) > self.limits.cell:
            params = {"limit": self.limits.cell}
            raise TableError(Problem("cell_length", sheet, row, column, text[:80], params))

    def _look(self, where: Problem, text: str, place: int, source: excel.Sheet | None) -> None:
        for code, is_problem in _marks(text, (where.row, place), source):
            found = Problem(code, where.sheet, where.row, where.column, where.value)
            (self.problems if is_problem else self.notes).append(found)


def _marks(
    text: str, place: tuple[int, int], source: excel.Sheet | None
) -> Iterator[tuple[str, bool]]:
    """What is to be told about one cell: (code, whether it has to be mended)."""
    if source and place in source.errors:
        yield "cell_error", True
    elif source and place in source.formulas:
        yield ("formula_value", False) if text else ("formula_empty", True)
    if holds_html(text):
        yield "html", True
    if lost_letters(text):
        yield "lost_letters", False


def letter_of(place: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
