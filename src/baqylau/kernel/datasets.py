"""How a room says what it gives away as open data: fields with their meaning, and the rows.

Rows are published and hold nothing of a person: whole numbers of closed periods, lists of public
places. The room `accountability` writes them into files and releases; nobody else reads them here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Text = Any
"""A str or a lazy translation."""
Scalar = str | int | float | bool | date | datetime | None
Row = Sequence[Scalar]
"""The values of a row, in the order of its data set's fields."""


class Type(StrEnum):
    """What a field holds; names as in the specification of Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its sentence says what stands in it, `unit` in what it is measured.

    Where it may be empty is said by `is_required`. `choices` are the only values of a closed list;
    `pattern` is a regular expression that every value and everything asked for fits as a whole.
    """

    name: str
    type: Type
    sentence: Text
    unit: Text = ""
    is_required: bool = False
    choices: Sequence[str] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The field holds a value of the first key field of another data set."""

    field: str
    dataset: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that everybody may have.

    `rows` gets the values that somebody asked for by field, nothing for all: it may use them to
    read less, and whatever does not fit is left out afterwards. The same state gives the same rows
    in the same order. `key` are the fields that name a row, `asked` those that may be asked by.
    `is_live`: the rows are the room's records as they are now, and not what closed periods hold.

    Raises: ValueError for a name that no address and no column can have, or for a key without a
    field.
    """

    code: str
    label: Text
    sentence: Text
    fields: Sequence[Field]
    rows: Callable[[Mapping[str, str]], Iterable[Row]]
    key: Sequence[str]
    asked: Sequence[str] = ()
    refers: Sequence[Reference] = ()
    order: int = 50
    is_live: bool = False

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"no name for a data set: {self.code}")
        if wrong := [name for name in names if not _NAME.fullmatch(name)]:
            raise ValueError(f"{self.code}: no names for a field: {wrong}")
        if len(names) != len(set(names)) or not self.key:
            raise ValueError(f"{self.code}: every field once, and a key")
        named = {*self.key, *self.asked, *(each.field for each in self.refers)}
        if wrong := sorted(named - set(names)):
            raise ValueError(f"{self.code} has no such fields: {wrong}")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field with the name. Raises: KeyError."""
        return {field.name: field for field in self.fields}[name]


_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
