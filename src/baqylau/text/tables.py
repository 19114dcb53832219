"""The alias table as a file: code, language, alias, source; separated by tabs."""

from collections.abc import Iterable, Iterator
from typing import Final

from baqylau.text.documents import LANGUAGES, Alias
from baqylau.text.normalise import tidy

MAX_ALIAS: Final = 120
COLUMNS: Final = ("code", "language", "alias", "source")


def read_aliases(lines: Iterable[str]) -> Iterator[Alias]:
    """Yield the aliases of a table, whose first line names the columns.

    Raises:
        ValueError: a line with another shape, an unknown language or an empty alias; it says which.
    """
    rows = iter(lines)
    if tuple(next(rows, "").removeprefix("\ufeff").rstrip("\r\n").split("\t")) != COLUMNS:
        raise ValueError(f"line 1: the columns must be {', '.join(COLUMNS)}")
    for number, line in enumerate(rows, start=2):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != len(COLUMNS):
            raise ValueError(f"line {number}: {len(cells)} columns instead of {len(COLUMNS)}")
        code, language, text = cells[0], cells[1], tidy(cells[2], MAX_ALIAS)
        if not code or language not in LANGUAGES or not text:
            raise ValueError(f"line {number}: needs a code, one of kk, ru, en, and an alias")
        yield Alias(code, language, text)
