"""Cells that are hidden without need, so that a hidden one says nothing of why it is hidden.

Whoever knows a method that hides only what it must could run it over all counts that agree with
what is told, and keep those for which it hides the same. When any cell may be hidden without need,
such a reader is less sure. This is a help and no proof: docs/disclosure.md says what is left.
"""

import hashlib
from collections.abc import Iterable

from baqylau.figures.rules.disclosing.facts import Table

ONE_IN = 50
"""One cell in so many."""


def drawn(
    tables: Iterable[Table], secret: bytes, one_in: int = ONE_IN
) -> frozenset[tuple[str, str]]:
    """The cells of new tables that are hidden without need: the same for the same secret.

    `secret` is known to the programme alone, as long as its tables are public. Raises: ValueError
    for one below 16 bytes, which could be tried out.
    """
    if len(secret) < 16:
        raise ValueError("a secret has at least 16 bytes")
    return frozenset(
        (table.key, key)
        for table in tables
        if table.told is None
        for key in table.cells
        if _number(secret, table.key, key) % one_in == 0
    )


def _number(secret: bytes, table: str, cell: str) -> int:
    name = f"{len(table)}:{table}{cell}".encode()
    return int.from_bytes(hashlib.blake2b(name, key=secret[:64], digest_size=8).digest(), "big")
