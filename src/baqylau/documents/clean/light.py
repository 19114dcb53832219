"""A picture made light, for pages that are read on a telephone: its pixels and nothing else."""

import struct
from typing import Final

from baqylau.documents.clean.copying import clean_copy
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.limits import Limits

WEIGHT: Final = 30_000
"""Bytes of a light picture."""
SIZES: Final = ((480_000, 75), (300_000, 65), (200_000, 55), (120_000, 45), (60_000, 40))
"""Pixels and quality that are tried until a picture is light enough."""


def light(content: bytes, media_type: str) -> bytes:
    """The picture as a JPEG of at most WEIGHT bytes. Raises: CleanError for what is no picture."""
    for pixels, quality in SIZES:
        limits = Limits(pages=1, kept_pixels=pixels, quality=quality, keeps_png=False)
        copy = clean_copy(content, media_type, limits=limits)
        if copy.media_type != "image/jpeg":
            break
        if len(copy.content) <= WEIGHT:
            return copy.content
    raise CleanError("clean_kind")


_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG's segments that hold its size. Source: ITU-T T.81, annex B."""


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a JPEG of our own making. Raises: ValueError."""
    at = 2
    while at + 9 <= len(jpeg):
        mark, length = jpeg[at + 1], struct.unpack_from(">H", jpeg, at + 2)[0]
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", jpeg, at + 5)
            return width, height
        at += 2 + length
    raise ValueError("a JPEG without a size")
