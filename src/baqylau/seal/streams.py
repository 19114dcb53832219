"""Content on its way into an envelope and out of it, piece by piece: memory stays flat.

age asks a reader for pieces and hands pieces to a writer. What goes wrong in a reader or writer of
the caller's comes out as it was raised, never as a fault of the encryption.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Protocol

from baqylau.seal import envelope
from baqylau.seal.envelope import FOOT, HEAD, EnvelopeError, Place
from baqylau.seal.keys import SecretKey

PIECE = 64 * 1024


class Source(Protocol):
    """Whatever can be read."""

    def read(self, size: int = ..., /) -> bytes:
        """Up to so many bytes, none at the end."""
        ...


class Target(Protocol):
    """Whatever can be written to."""

    def write(self, piece: bytes, /) -> object:
        """Take a piece."""
        ...


class Carrier:
    """Keeps what went wrong on the caller's side of a stream."""

    failure: BaseException | None = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Remember what is raised inside."""
        try:
            yield
        except BaseException as error:
            self.failure = error
            raise


class Reading(Carrier):
    """A source whose ciphertext is hashed and counted as it is read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._hash = sha256()

    def read(self, size: int = -1) -> bytes:
        """The next piece."""
        with self.watched():
            piece = self._source.read(size if size > 0 else PIECE)
        self._hash.update(piece)
        return piece

    def digest(self) -> str:
        """SHA-256 of everything, the unread rest included: in hex."""
        while self.read(PIECE):
            """To the end."""
        return self._hash.hexdigest()


class Writing(Carrier):
    """A target whose ciphertext is hashed and counted as it is written."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._hash = sha256()
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Pass a piece on."""
        with self.watched():
            self._target.write(piece)
        self._hash.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def digest(self) -> str:
        """SHA-256 of what was written: in hex."""
        return self._hash.hexdigest()


class Filling(Carrier):
    """The reader of an envelope: head, the caller's content, zeros to the bucket, foot."""

    def __init__(self, head: bytes, source: Source) -> None:
        self.length = 0
        self._pieces = self._filled(head, source)
        self._rest = b""

    def _filled(self, head: bytes, source: Source) -> Iterator[bytes]:
        yield head
        while piece := source.read(PIECE):
            self.length += len(piece)
            yield piece
        zeros = envelope.bucket(self.length) - HEAD - self.length - FOOT
        while zeros:
            yield bytes(min(zeros, PIECE))
            zeros -= min(zeros, PIECE)
        yield envelope.foot(self.length)

    def read(self, size: int = -1) -> bytes:
        """The next piece."""
        if not self._rest:
            with self.watched():
                self._rest = next(self._pieces, b"")
        size = size if size > 0 else len(self._rest)
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


class Emptying(Carrier):
    """The writer that takes an envelope apart and passes its content on.

    Nothing is passed on before the head has been accepted. Zeros may be content or filling; which,
    the foot says, so they are counted and held back.
    """

    def __init__(self, key: SecretKey, expected: Place, target: Target) -> None:
        self._key = key
        self._expected = expected
        self._target = target
        self._held = b""
        self._zeros = 0
        self._passed = 0
        self._taken = 0
        self.place: Place | None = None

    def write(self, piece: bytes) -> int:
        """Take a piece of plaintext. Raises: EnvelopeError."""
        with self.watched():
            self._taken += len(piece)
            self._held += piece
            if self.place is None and len(self._held) >= HEAD:
                self._accept(self._held[:HEAD])
                self._held = self._held[HEAD:]
            if self.place is not None and len(self._held) > FOOT:
                self._pass_on(self._held[:-FOOT])
                self._held = self._held[-FOOT:]
        return len(piece)

    def flush(self) -> None:
        """Nothing to do before the end."""

    def _accept(self, head: bytes) -> None:
        place = envelope.read_head(self._key, head)
        wanted = self._expected
        if (place.report, place.number, place.previous) != (
            wanted.report,
            wanted.number,
            wanted.previous,
        ):
            raise EnvelopeError
        self.place = place

    def _pass_on(self, piece: bytes) -> None:
        content = piece.rstrip(b"\0")
        if content:
            self._write_zeros(self._zeros)
            self._zeros = 0
            self._target.write(content)
            self._passed += len(content)
        self._zeros += len(piece) - len(content)

    def _write_zeros(self, count: int) -> None:
        self._passed += count
        while count:
            self._target.write(bytes(min(count, PIECE)))
            count -= min(count, PIECE)

    def finish(self) -> Place:
        """Pass on the zeros that are content; returns the place. Raises: EnvelopeError."""
        if self.place is None:
            raise EnvelopeError
        length = envelope.read_foot(self._held)
        missing = length - self._passed
        if not 0 <= missing <= self._zeros or envelope.bucket(length) != self._taken:
            raise EnvelopeError
        with self.watched():
            self._write_zeros(missing)
        return self.place
