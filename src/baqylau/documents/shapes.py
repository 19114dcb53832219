"""What a table is once it has been read: rows of text, notes and problems; and the limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell the person about a table, as data; the sentence is made elsewhere.

    `row` counts from 1 as the spreadsheet shows it, 0 when no row is meant. `column` is the
    heading as written, or the column's letter where there is no heading.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class TableError(Exception):
    """The file as a whole cannot be read, or a table cannot be written; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class CellError(ValueError):
    """A cell's text is not what its column holds; the caller knows the place."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a foreign file is read. Bytes, pieces and characters.

    `unpacked` bounds what an XLSX archive may claim to hold; Python's reader stops there.
    `rows` counts rows with content below the headings, over all sheets.
    """

    file_bytes: int = 20_000_000
    unpacked: int = 100_000_000
    parts: int = 1_000
    sheets: int = 30
    rows: int = 100_000
    columns: int = 100
    cell: int = 32_767
    cells: int = 2_000_000
    problems: int = 1_000


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings: `cells` leads from a heading, as written, to the shown text."""

    sheet: str
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that has been read.

    `headings` holds each sheet's headings in order. `notes` are worth knowing, `problems` have
    to be mended. `encoding` and `delimiter` are empty for XLSX.
    """

    kind: str
    headings: Mapping[str, tuple[str, ...]]
    rows: tuple[Row, ...]
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""
