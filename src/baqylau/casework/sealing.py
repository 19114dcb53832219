"""Contents of attachments as they lie in the store: sealed, each under a key of its own.

The key stands in the attachment's row. The folder of files alone opens nothing; once the row has
lost its key, neither do blocks of the disk that still hold the deleted file.
"""

import secrets
from collections.abc import Iterator
from typing import IO

from baqylau.casework.rules.papers import PIECE
from baqylau.seal import boxes

KEY = 32
NONCE, TAG = 24, 16
BOX = NONCE + PIECE + TAG
"""Bytes of a sealed piece."""


def new_key() -> bytes:
    """A key for one content."""
    return secrets.token_bytes(KEY)


def _about(number: int, *, is_last: bool) -> bytes:
    return f"baqylau attachment {number} {'last' if is_last else 'more'}".encode()


def sealed(key: bytes, content: bytes) -> Iterator[bytes]:
    """The content in sealed pieces, which cannot be swapped or left out."""
    last = max(len(content) - 1, 0) // PIECE
    for number in range(last + 1):
        piece = content[number * PIECE : (number + 1) * PIECE]
        yield boxes.seal(key, piece, _about(number, is_last=number == last))


def opened(key: bytes, file: IO[bytes]) -> bytes:
    """What `sealed` sealed. Raises: BoxError when anything was changed, cut off or added."""
    found, number, box = [], 0, file.read(BOX)
    while True:
        after = file.read(BOX)
        found.append(boxes.unseal(key, box, _about(number, is_last=not after)))
        if not after:
            return b"".join(found)
        number, box = number + 1, after
