"""What stands inside sealed items: JSON for words, a line of JSON and the bytes for a file.

The kind of an item stands inside it too: nobody without the key can tell a question from a file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any, Final

WORDS: Final = 20_000
"""Characters of a text that are taken; the rest is refused, never cut."""
HEADER: Final = 4_096
"""Bytes of a file's first line at most."""


class Kind(StrEnum):
    """What an item is."""

    REPORT = "report"
    """The answers of the form: the first item of every report."""
    FILE = "file"
    REPORTER = "reporter"
    """A message of the reporter."""
    OFFICER = "officer"
    """A message of an officer."""
    AGREED = "agreed"
    """The reporter has agreed that a de-identified case is opened."""
    DECLINED = "declined"
    """The reporter does not want such a case."""
    ENDED = "ended"
    """The reporter has closed the channel."""
    NAMED = "named"
    """Who the reporter is, told later: sealed once more, to I, inside an item of R."""
    NAME = "name"
    """Who the reporter is, or that nobody said it."""
    NOTE = "note"
    """An officer's note for colleagues."""
    LABEL = "label"
    """District, conduct, credibility, severity as an officer judges them; the last one holds."""
    TWIN = "twin"
    """Another report about the same."""
    CASE = "case"
    """A case that was opened from the report: first the intent, then its number."""
    CLOSED = "closed"
    """With what an officer has closed the report."""


TALK: Final = frozenset(
    {
        Kind.REPORT,
        Kind.FILE,
        Kind.REPORTER,
        Kind.OFFICER,
        Kind.AGREED,
        Kind.DECLINED,
        Kind.ENDED,
        Kind.NAMED,
    }
)
"""Kinds in the part that reporter and officers share."""


def dumped(values: Mapping[str, Any]) -> bytes:
    """Words as they are sealed: JSON in UTF-8, keys sorted."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()


def loaded(content: bytes) -> dict[str, Any]:
    """Words that were sealed."""
    values: dict[str, Any] = json.loads(content)
    return values


@dataclass(frozen=True, slots=True)
class FileHead:
    """Name (already cleaned), media type by content, bytes of a file."""

    name: str
    media_type: str
    size: int

    def line(self) -> bytes:
        """As it stands before the file's bytes."""
        return dumped({"name": self.name, "type": self.media_type, "size": self.size}) + b"\n"


def read_head(file: IO[bytes]) -> FileHead:
    """The first line of an opened file item; the file's bytes follow. Raises: ValueError."""
    return read_head_line(file.readline(HEADER))


def read_head_line(line: bytes) -> FileHead:
    """A head from the line that begins with it. Raises: ValueError."""
    values = loaded(line.split(b"\n", 1)[0])
    return FileHead(str(values["name"]), str(values["type"]), int(values["size"]))


class WithHead:
    """A file with its head before it, to be sealed as it is read."""

    def __init__(self, head: FileHead, file: IO[bytes]) -> None:
        self._first = head.line()
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        """The next piece."""
        if self._first:
            piece, self._first = self._first, b""
            return piece
        return self._file.read(size)
