"""What the two processes say to each other: pictures as rows of pixels, an end, or a refusal.

A stream is any number of frames and then an end, or a refusal at any place.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from baqylau.documents.clean.errors import MESSAGES

_HEAD: Final = struct.Struct(">BIIII")
_FRAME, _END, _REFUSAL = b"F", b"E", b"R"
DEPTHS: Final = {1: "L", 3: "RGB"}
"""Bytes of one pixel, and the name of such pictures."""


class RefusedError(Exception):
    """No copy, with the code of the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BrokenStreamError(Exception):
    """The other side died in the middle, or says what it must not."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: bytes per pixel, pixels, size on paper in tenths of a point, rows."""

    depth: int
    width: int
    height: int
    across: int
    down: int
    rows: bytes


def put(target: IO[bytes], frame: Frame) -> None:
    """Write one picture."""
    sizes = (frame.depth, frame.width, frame.height, frame.across, frame.down)
    target.write(_FRAME + _HEAD.pack(*sizes))
    target.write(frame.rows)


def put_end(target: IO[bytes]) -> None:
    """Say that nothing follows."""
    target.write(_END)
    target.flush()


def put_refusal(target: IO[bytes], code: str) -> None:
    """Say why there is no copy."""
    target.write(_REFUSAL + code.encode("ascii"))
    target.flush()


def take(source: IO[bytes], most: int) -> Iterator[Frame]:
    """The pictures of a stream, each of `most` pixels at most.

    Raises: RefusedError, BrokenStreamError.
    """
    while (mark := source.read(1)) == _FRAME:
        depth, width, height, across, down = _HEAD.unpack(_exactly(source, _HEAD.size))
        if depth not in DEPTHS or not 0 < width * height <= most or not across * down:
            raise BrokenStreamError
        rows = _exactly(source, width * height * depth)
        yield Frame(depth, width, height, across, down, rows)
    if mark == _REFUSAL:
        raise RefusedError(known(source.read(64)))
    if mark != _END:
        raise BrokenStreamError


def known(word: bytes) -> str:
    """A code of the closed set; anything else is called unreadable."""
    code = word.decode("ascii", "replace")
    return code if code in MESSAGES else "clean_unreadable"


def _exactly(source: IO[bytes], size: int) -> bytes:
    found = source.read(size)
    if len(found) != size:
        raise BrokenStreamError
    return found
