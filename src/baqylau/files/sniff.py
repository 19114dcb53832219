"""What a content is, from its first bytes; names and browsers' claims are not believed."""

from collections.abc import Mapping
from typing import IO

from baqylau.files.archives import ArchiveError, members

HEAD = 4_096
"""Bytes that are looked at."""

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"%PDF-", "application/pdf"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
)
"""Offset, bytes, media type; the first that fits."""

OFFICE: Mapping[str, str] = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CONTROLS = frozenset(range(32)) - {9, 10, 13}
"""Bytes that no text has."""

UNKNOWN = "application/octet-stream"


def media_type(file: IO[bytes]) -> str:
    """The media type by content, UNKNOWN when it is none of those we take; rewinds the file."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    for offset, signature, kind in SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return kind
    if head[:4] == b"PK\x03\x04":
        return _office(file)
    return "text/plain" if _is_text(head) else UNKNOWN


def _office(file: IO[bytes]) -> str:
    try:
        names = [member.filename for member in members(file)]
    except ArchiveError:
        return UNKNOWN
    if "[Content_Types].xml" not in names:
        return UNKNOWN
    for start, kind in OFFICE.items():
        if any(name.startswith(start) for name in names):
            return kind
    return UNKNOWN


def _is_text(head: bytes) -> bool:
    """Text has no control bytes, begins no markup, and reads as UTF-8 or Windows-1251."""
    is_markup = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return bool(head) and not is_markup and not CONTROLS & set(head)
