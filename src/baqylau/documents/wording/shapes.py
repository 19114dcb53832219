"""What is read of a text, and how much of a foreign file is read at all."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FILE_BYTES: Final = 10 * 1_048_576
"""Bytes of the file. A draft act with pictures has one to three million."""
PARTS: Final = 1_000
"""Parts that the archive may hold."""
PART_BYTES: Final = 8 * 1_048_576
"""Bytes of one part when it is unpacked; 400 pages of text have about three million."""
ELEMENTS: Final = 400_000
"""Elements of XML of one part."""
DEPTH: Final = 100
"""Elements within one another. A table in a table in a content control has about 20."""
PARAGRAPHS: Final = 5_000
"""Paragraphs and rows of tables."""
SIGNS: Final = 500_000
"""Signs of the whole text."""


class LeftOut(StrEnum):
    """What a text held besides its words."""

    PICTURES = "pictures"
    NOTES = "notes"
    FORMULAS = "formulas"
    CHANGES = "changes"
    TABLES = "tables"
    """These are not left out: each row became a line."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one line or several. `label` is the number that the program counted for it.

    A number that was typed stands in the text itself.
    """

    text: str
    label: str = ""
    is_heading: bool = False
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a document in their order, and what it held besides."""

    paragraphs: tuple[Paragraph, ...]
    besides: frozenset[LeftOut]


class WordingError(ValueError):
    """The file cannot be read: `kind` (no DOCX, or broken), `large`, `empty`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
