"""XLSX: the archive is weighed before it is opened, formulas give the values that were shown."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from baqylau.documents.cells import spell
from baqylau.documents.shapes import Limits, Problem, TableError

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of shown texts with their numbers, formulas by (row, column from 0)."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    formulas: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)


def sheets(data: bytes, limits: Limits) -> tuple[list[Sheet], list[str]]:
    """The visible sheets, and the names of the hidden ones, which are not read.

    Raises: TableError for an archive that is broken, too large, or not a workbook.
    """
    with _own_errors():
        _weigh(data, limits)
        found, hidden = _read(data, limits, values=False)
        if any(sheet.formulas for sheet in found):
            shown, _hidden = _read(data, limits, values=True)
            for sheet, other in zip(found, shown, strict=True):
                sheet.rows, sheet.errors = other.rows, other.errors
    return found, hidden


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except TableError:
        raise
    except DefusedXmlException:
        raise TableError(Problem("unsafe")) from None
    except Exception:  # noqa: BLE001 - openpyxl answers a broken book with whatever it trips over
        raise TableError(Problem("broken")) from None


def _weigh(data: bytes, limits: Limits) -> None:
    """Refuse what would not fit, is encrypted, or declares entities; nothing is unpacked yet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
            raise TableError(Problem("unpacked", params={"limit": limits.unpacked}))
        if any(part.flag_bits & 1 for part in parts):
            raise TableError(Problem("encrypted"))
        if "[Content_Types].xml" not in archive.namelist():
            raise TableError(Problem("not_a_table"))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _look_at_head(archive, part)


def _look_at_head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read up to the root element: a document type can stand only before it."""
    try:
        with archive.open(part) as stream:
            next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)
    except (ParseError, zlib.error, zipfile.BadZipFile):
        raise TableError(Problem("broken")) from None


def _read(data: bytes, limits: Limits, *, values: bool) -> tuple[list[Sheet], list[str]]:
    """All visible sheets; with `values` the results of formulas, else their places."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and few processes need it

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        known = book.worksheets
        if len(known) > limits.sheets:
            raise TableError(Problem("sheets", params={"limit": limits.sheets}))
        visible = [sheet for sheet in known if sheet.sheet_state == "visible"]
        budget = _Budget(limits)
        found = [_sheet(sheet, budget) for sheet in visible]
        hidden = [str(sheet.title) for sheet in known if sheet.sheet_state != "visible"]
        return found, hidden
    finally:
        book.close()


@dataclass(slots=True)
class _Budget:
    """What may still be read, over all sheets."""

    limits: Limits
    cells: int = 0

    def spend(self, sheet: str, row: int, cells: int) -> None:
        """Count a row's cells. Raises: TableError."""
        self.cells += cells
        if self.cells > self.limits.cells:
            params = {"limit": self.limits.cells}
            raise TableError(Problem("cells", sheet, row, params=params))


def _sheet(source: "ReadOnlyWorksheet", budget: _Budget) -> Sheet:
    limits = budget.limits
    result = Sheet(str(source.title))
    # The stated size may be wrong or a trap; what the rows hold decides.
    source.reset_dimensions()
    last = limits.rows + 1_000
    rows = source.iter_rows(max_row=last, max_col=limits.columns + 1)  # type: ignore[misc]  # openpyxl's types leave out sheets that are only read
    for number, cells in enumerate(rows, 1):
        texts = [spell(cell.value) if cell.data_type != "f" else "=" for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        budget.spend(result.name, number, len(texts))
        kinds = [cell.data_type for cell in cells[: len(texts)]]
        result.formulas |= {(number, place) for place, kind in enumerate(kinds) if kind == "f"}
        result.errors |= {(number, place) for place, kind in enumerate(kinds) if kind == "e"}
        result.rows.append((number, texts))
    return result
