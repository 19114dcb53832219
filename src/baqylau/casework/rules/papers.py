"""What may be attached to a step: kinds, sizes, and whether the file is all there.

A name proves nothing, and neither do the first bytes alone: a cut-off download begins well. Nothing
is unpacked or drawn here; lengths and end marks are read, each within the bytes that came.
"""

import io
import zipfile
from collections.abc import Callable

from baqylau.casework.taxonomy import Paper
from baqylau.files.archives import ArchiveError, members

LIMIT = 20 * 1_048_576
"""Bytes of one file at most."""
A_STEP = 10
"""Files of one step at most."""
CONTENT = "attachment"
"""What its sealed pieces say that they belong to."""

KINDS: dict[str, Paper] = {
    "application/pdf": Paper.PDF,
    "image/jpeg": Paper.JPEG,
    "image/png": Paper.PNG,
    "image/webp": Paper.WEBP,
    "image/heic": Paper.HEIC,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Paper.DOCX,
}
"""Kinds by media type; every other content is refused."""
MEDIA_TYPES = {kind: media_type for media_type, kind in KINDS.items()}

UNPACKED = 200 * 1_048_576
"""Bytes that a DOCX may say it unpacks to."""
TIGHTEST = 200
"""Times that a member of a DOCX may be larger unpacked: text in XML packs up to about 50 times."""
SMALL = 1_048_576
"""Bytes up to which nobody minds how tightly a member is packed."""
TAIL = 2_048
"""Bytes at the end in which a PDF has its end mark. Source: Adobe PDF Reference 1.7, appendix H,
implementation note 18 (1,024 bytes); doubled for what mail programs add."""


def is_whole(content: bytes, kind: str) -> bool:
    """Whether the file reaches its own end."""
    check = _ENDS.get(kind)
    return check is None or check(content)


def _pdf(content: bytes) -> bool:
    return b"%%EOF" in content[-TAIL:]


def _png(content: bytes) -> bool:
    return b"\x00\x00\x00\x00IEND\xaeB`\x82" in content


def _jpeg(content: bytes) -> bool:
    """Walk the segments up to the picture, so that a preview inside does not pass for its end.

    Phones add more after the end mark. Source: ITU-T T.81, annex B.
    """
    at = 2
    while content[at : at + 1] == b"\xff" and len(content) > at + 4:
        if content[at + 1] == 0xDA:
            return content.find(b"\xff\xd9", at) > 0
        if content[at + 1] == 0xFF:  # A filling byte.
            at += 1
        else:
            at += 2 + max(int.from_bytes(content[at + 2 : at + 4], "big"), 2)
    return False


def _webp(content: bytes) -> bool:
    """Source: RFC 9649, section 2.4: the size counts from the ninth byte."""
    return content[:4] == b"RIFF" and 12 < int.from_bytes(content[4:8], "little") + 8 <= len(
        content
    )


def _heic(content: bytes) -> bool:
    """Walk the outermost boxes; a photograph lies in `mdat`. Source: ISO/IEC 14496-12, 4.2."""
    at, seen = 0, set[bytes]()
    while at + 8 <= len(content):
        size, head = int.from_bytes(content[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        seen.add(content[at + 4 : at + 8])
        if size == 0:
            size = len(content) - at
        if size < head:
            return False
        at += size
    return at == len(content) and {b"meta", b"mdat"} <= seen


_ENDS: dict[str, Callable[[bytes], bool]] = {
    Paper.PDF: _pdf,
    Paper.PNG: _png,
    Paper.JPEG: _jpeg,
    Paper.WEBP: _webp,
    Paper.HEIC: _heic,
}


def is_harmless(content: bytes, kind: str) -> bool:
    """Whether a DOCX has no program in it and unpacks to a sane size, by its own list."""
    if kind != Paper.DOCX:
        return True
    try:
        listed = members(io.BytesIO(content))
    except ArchiveError:
        return False
    return sum(member.file_size for member in listed) <= UNPACKED and not any(map(_is_bad, listed))


def _is_bad(member: zipfile.ZipInfo) -> bool:
    if member.filename.lower().endswith("vbaproject.bin"):
        return True
    return member.file_size > SMALL and member.file_size > TIGHTEST * max(member.compress_size, 1)
