"""What a picture says of itself in its first bytes; nothing is decoded here."""

import struct
from dataclasses import dataclass, field
from typing import Final

from baqylau.documents.accounts import limits
from baqylau.documents.accounts.errors import AccountError

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_ENDS: Final = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}
"""The last bytes of each. Source: PNG, third edition, 11.2.4; ITU-T T.81, B.1.1.3."""
_FRAMES: Final = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)))
"""Markers that open a frame and say its size. Source: ITU-T T.81, table B.1."""


_WIDTH, _HEIGHT, _PER_MM = 166.0, 110.0, 6.0
"""Millimetres that a picture may take, and its pixels per millimetre (150 an inch)."""


@dataclass(frozen=True, slots=True)
class Size:
    """Kind (png, jpeg) and pixels of a picture."""

    kind: str
    width: int
    height: int

    @property
    def millimetres(self) -> float:
        """How wide it stands on paper: as the text, unless too high or its pixels too coarse."""
        fitting = _HEIGHT * self.width / self.height
        return round(min(_WIDTH, fitting, self.width / _PER_MM), 1)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture for a template: content, millimetres wide, what is seen on it."""

    content: bytes = field(repr=False)
    width: float
    alt: str


def measure(content: bytes, where: str) -> Size:
    """The kind and the size of a PNG or JPEG.

    Raises: AccountError `account_picture`, `account_picture_large`.
    """
    if len(content) > limits.PICTURE_BYTES:
        raise _too_large(where)
    try:
        size = _png(content) if content.startswith(_PNG) else _jpeg(content)
    except (struct.error, IndexError, ValueError):
        raise AccountError("account_picture", where=where) from None
    if not content.rstrip(b"\0").endswith(_ENDS[size.kind]):
        raise AccountError("account_picture", where=where)
    if size.width * size.height > limits.PICTURE_PIXELS:
        raise _too_large(where)
    return size


def _too_large(where: str) -> AccountError:
    return AccountError(
        "account_picture_large",
        where=where,
        mebibytes=limits.PICTURE_BYTES // 1_048_576,
        megapixels=limits.PICTURE_PIXELS // 1_000_000,
    )


def _png(content: bytes) -> Size:
    """Source: PNG, third edition, 11.2.1 (IHDR)."""
    length, name, width, height = struct.unpack_from(">I4sII", content, len(_PNG))
    if (length, name) != (13, b"IHDR") or not width or not height:
        raise ValueError("no head of a PNG")
    return Size("png", width, height)


def _jpeg(content: bytes) -> Size:
    """Go from marker to marker up to the frame. Source: ITU-T T.81, B.1.1.4, B.2.2."""
    if not content.startswith(_JPEG):
        raise ValueError("no JPEG")
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            if not width or not height:
                raise ValueError("a frame without a size")
            return Size("jpeg", width, height)
        if length < 2:
            raise ValueError("a segment that ends before it begins")
        at += 2 + length
    raise ValueError("no frame")
