"""How a room describes what may be imported into it from a table, and what an import would do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from baqylau.kernel.access import Actor

Text = Any
"""A str or a lazy translation."""
Progress = Callable[[int, int], None]
"""Called with (done, total) as the work goes on."""


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have.

    `headings` are accepted in any language, whatever the case; the first one of each language is
    what exports and blank tables carry (kk, ru, en in this order). `parse` turns a cell's text
    into a value and raises a DomainError, or the documents package's CellError, for text that it
    does not take; empty cells are not parsed and give `empty`. `is_required`: the table must have
    the column and every row a value in it.
    """

    code: str
    label: Text
    headings: Sequence[str]
    parse: Callable[[str], Any] = str
    is_required: bool = False
    empty: Any = ""
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One row that could be read: values by column code, only for the columns that were there."""

    sheet: str
    row: int
    values: Mapping[str, Any]


class ChangeKind(StrEnum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value before and after, as people read it; `column` is a column's code."""

    column: str
    old: Text
    new: Text


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: one sentence about the cell in the column (a code, or "")."""

    column: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one record. `key` tells the object; two rows with one key are a fault."""

    record: Record
    kind: ChangeKind
    key: str
    label: str
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of table that a room takes in.

    `compare` says, writing nothing, what each record would do, one Change per record in their
    order. `apply` writes the new and the changed ones within the caller's transaction, journals
    them, and returns how many it wrote. `export` gives the present rows by column code, so that
    importing them again changes nothing. `action` is the permission that both pages ask for.
    """

    code: str
    label: Text
    action: str
    columns: Sequence[Column]
    compare: Callable[[Sequence[Record]], Iterable[Change]]
    apply: Callable[[Actor, Sequence[Change], Progress], int]
    export: Callable[[], Iterable[Mapping[str, Any]]] | None = None
    max_rows: int = 20_000
    sentence: Text = ""
    back: str = ""
    """The URL name of the desk page that the imported rows are seen on."""

    def column(self, code: str) -> Column:
        """The column with the code. Raises: KeyError."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)
