"""A content of any length under one key: boxes of equal pieces that cannot be swapped or left out.

A reader of the first pieces need not hold the rest; each box says its number and whether it is the
last one, and what the content is (`kind`), so that no piece stands in another content's place.
"""

import secrets
from collections.abc import Iterator
from typing import IO, Final

from baqylau.seal import boxes

KEY: Final = 32
PIECE: Final = 65_536
"""Bytes that are sealed at once."""
NONCE, TAG = 24, 16
BOX: Final = NONCE + PIECE + TAG
"""Bytes of a sealed piece."""


def new_key() -> bytes:
    """A key for one content."""
    return secrets.token_bytes(KEY)


def _about(kind: str, number: int, *, is_last: bool) -> bytes:
    return f"baqylau {kind} {number} {'last' if is_last else 'more'}".encode()


def sealed(key: bytes, content: bytes, kind: str) -> Iterator[bytes]:
    """The content in sealed pieces; an empty one has one piece."""
    last = max(len(content) - 1, 0) // PIECE
    for number in range(last + 1):
        piece = content[number * PIECE : (number + 1) * PIECE]
        yield boxes.seal(key, piece, _about(kind, number, is_last=number == last))


def opened(key: bytes, file: IO[bytes], kind: str) -> bytes:
    """What `sealed` sealed. Raises: BoxError when anything was changed, cut off or added."""
    found, number, box = [], 0, file.read(BOX)
    while True:
        after = file.read(BOX)
        found.append(boxes.unseal(key, box, _about(kind, number, is_last=not after)))
        if not after:
            return b"".join(found)
        number, box = number + 1, after
