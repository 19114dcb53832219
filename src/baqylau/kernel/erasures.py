"""The list of who was erased: opaque keys and days. A backup carries it on, a restore replays it.

One line for each: the key, a tab, the day. Whoever was erased after a copy was made is in that
copy; the list makes sure that they are forgotten again when it comes back.
"""

import re
from collections.abc import Iterable, Mapping

from baqylau.kernel.modules import Erase, registry

HEAD = "# baqylau erasures 1"
"""The first line, so that a list of nobody is told from an empty file."""

LIMIT = 50_000_000
"""Bytes of a list that are read: a million people."""

_LINE = re.compile(r"([0-9a-f]{16})\t(\d{4}-\d\d-\d\d)")


class ListError(ValueError):
    """Bytes that are no list of erasures; `line` is the first one that cannot be read, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def written(erased: Mapping[str, str]) -> str:
    """The list as text: days by key, the oldest first."""
    lines = (f"{key}\t{day}\n" for key, day in sorted(erased.items(), key=lambda row: row[::-1]))
    return f"{HEAD}\n{''.join(lines)}"


def read(content: bytes) -> dict[str, str]:
    """Days by key, in the order of the list. Raises: ListError."""
    text = "" if len(content) > LIMIT else content.decode("ascii", errors="replace")
    head, *lines = text.splitlines() or [""]
    if head != HEAD:
        raise ListError(1)
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=2):
        row = _LINE.fullmatch(line)
        if row is None:
            raise ListError(number)
        found[row[1]] = row[2]
    return found


def known() -> dict[str, str]:
    """Days by key of everybody whom the installed rooms remember to have erased."""
    rows = (row for each in registry.gather("erase") if each.erased for row in each.erased())
    return {key: day.isoformat() for key, day in rows}


def joined(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Everybody of both lists; of two days the earlier one."""
    return {
        key: min(filter(None, (one.get(key), other.get(key)))) for key in one.keys() | other.keys()
    }


def replay(keys: Iterable[str]) -> int:
    """Erase again, in every room; returns the rows that went. Safe to repeat."""
    # Upper rooms first: they may ask whose phone it is while the person's own row is there.
    rooms: list[Erase] = list(reversed(registry.gather("erase")))
    rows = sum(each.run(key) for key in keys for each in rooms)
    for each in rooms:
        if each.clean:
            each.clean()
    return rows
