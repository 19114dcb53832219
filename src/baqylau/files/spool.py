"""A temporary file whose bytes on disk are worthless without the key in memory.

Each piece of 64 KiB is sealed with XChaCha20-Poly1305 under a random key that lives and dies with
the object; the piece's number is its nonce, so pieces cannot be swapped. Reading is seekable.
"""

import io
import tempfile
from pathlib import Path

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt,
)
from nacl.utils import random

PIECE = 65_536
TAG = 16
NONCE = 24


class EncryptedFile(io.RawIOBase):
    """Written once from the start to the end, then read anywhere.

    Raises: OSError from the disk; ValueError for a write after reading began.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Unnamed where the system can: even a killed process leaves nothing behind.
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with this object
        self._key = random(32)
        self._tail = bytearray()
        self._pieces = 0
        self._size = 0
        self._position = 0
        self._is_sealed = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """Until it is read."""
        return not self._is_sealed

    def write(self, data: object) -> int:
        """Add bytes at the end."""
        if self._is_sealed:
            raise ValueError("the spool is being read")
        piece = bytes(data)  # type: ignore[call-overload]  # whatever has bytes in it
        self._tail += piece
        self._size += len(piece)
        while len(self._tail) >= PIECE:
            self._flush_piece(bytes(self._tail[:PIECE]))
            del self._tail[:PIECE]
        return len(piece)

    def _flush_piece(self, plain: bytes) -> None:
        nonce = self._pieces.to_bytes(NONCE, "big")
        self._file.write(encrypt(plain, None, nonce, self._key))
        self._pieces += 1

    def _seal(self) -> None:
        if not self._is_sealed:
            if self._tail:
                self._flush_piece(bytes(self._tail))
                self._tail.clear()
            self._file.flush()
            self._is_sealed = True

    def _piece(self, number: int) -> bytes:
        self._file.seek(number * (PIECE + TAG))
        return decrypt(self._file.read(PIECE + TAG), None, number.to_bytes(NONCE, "big"), self._key)

    def readinto(self, buffer: object) -> int:
        """Read from the position; 0 at the end."""
        self._seal()
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # whatever has room for bytes
        if self._position >= self._size or not len(view):
            return 0
        number, start = divmod(self._position, PIECE)
        plain = self._piece(number)[start : start + len(view)]
        view[: len(plain)] = plain
        self._position += len(plain)
        return len(plain)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move the position; returns it. Raises: ValueError before the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """The position."""
        return self._position

    def close(self) -> None:
        """Forget the key and the file."""
        if not self.closed:
            self._key = b""
            self._tail.clear()
            self._file.close()
        super().close()
