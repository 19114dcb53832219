"""What the writing process says at the end: the copy, or the reason why there is none."""

import struct
from dataclasses import dataclass, field
from typing import Final

from baqylau.documents.clean.frames import BrokenStreamError, RefusedError, known

MADE, REFUSED = b"M", b"R"
_HEAD: Final = struct.Struct(">cBH")
SIGNS: Final = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n",
    "application/pdf": b"%PDF-",
}
"""What a copy may be, and how it begins."""
HEAD_SIZE: Final = _HEAD.size


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean copy: its content, what it is (image/jpeg, image/png, application/pdf), its pages."""

    content: bytes = field(repr=False)
    media_type: str
    pages: int


def made(copy: Clean) -> bytes:
    """The answer that holds a copy."""
    return _HEAD.pack(MADE, list(SIGNS).index(copy.media_type), copy.pages) + copy.content


def refused(code: str) -> bytes:
    """The answer that holds a reason."""
    return REFUSED + code.encode("ascii")


def read(answer: bytes) -> Clean:
    """What an answer says. Raises: RefusedError, BrokenStreamError."""
    if answer[:1] == REFUSED:
        raise RefusedError(known(answer[1:]))
    if len(answer) < _HEAD.size:
        raise BrokenStreamError
    mark, kind, pages = _HEAD.unpack_from(answer)
    content = answer[_HEAD.size :]
    if mark != MADE or kind >= len(SIGNS) or not pages:
        raise BrokenStreamError
    media_type, sign = list(SIGNS.items())[kind]
    if not content.startswith(sign):
        raise BrokenStreamError
    return Clean(content, media_type, pages)
