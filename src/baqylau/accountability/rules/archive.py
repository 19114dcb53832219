"""The archive of a release: the same files give the same bytes, and nothing else hides in it.

It is a ZIP that every program opens. Written by ourselves, because a reader who can build the whole
frame anew from what it holds notices any bit that was changed outside the files too: stamps, names
that differ between head and list, bytes before, between and after.
"""

import io
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baqylau.files.archives import ArchiveError, members

SIZE = 64 * 1024 * 1024
"""Bytes of an archive that are read."""
MEMBERS = 200
UNPACKED = 256 * 1024 * 1024
"""Bytes that all files may have together."""
DEFLATED = 8
_DAY = (1 << 5) | 1
"""The first of January 1980, the first day that the format knows."""
_HEAD = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_FLAG_UTF8 = 0x800
_VERSION = 20
_UNIX = (3 << 8) | _VERSION
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it lies in the archive: deflated, with the sum and the size of its content."""

    name: str
    body: bytes
    crc: int
    size: int


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of the files, in the order of their names."""
    return frame(_packed(name, files[name]) for name in sorted(files))


def _packed(name: str, content: bytes) -> Packed:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(content) + deflate.flush()
    return Packed(name, body, zlib.crc32(content), len(content))


def frame(parts: Iterable[Packed]) -> bytes:
    """Heads, bodies and the list. Source: PKWARE APPNOTE 6.3.10, section 4.3."""
    bodies, entries, place, count = [], [], 0, 0
    for part in parts:
        name = part.name.encode()
        sums = (part.crc, len(part.body), part.size)
        common = (_VERSION, _FLAG_UTF8, DEFLATED, 0, _DAY, *sums, len(name), 0)
        head = _HEAD.pack(b"PK\3\4", *common) + name
        entries.append(_ENTRY.pack(b"PK\1\2", _UNIX, *common, 0, 0, 0, _MODE, place) + name)
        bodies.append(head + part.body)
        place += len(head) + len(part.body)
        count += 1
    listed = b"".join(entries)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), place, 0)
    return b"".join(bodies) + listed + end


class BrokenArchiveError(ValueError):
    """Not an archive that can be read; `code` is why, `name` the file inside if it is about one."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code, name)
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds, and whether it is framed as ours are, to the last bit."""

    files: Mapping[str, bytes]
    is_ours: bool


def unpack(content: bytes) -> Unpacked:
    """The files of an archive. Raises: BrokenArchiveError."""
    if len(content) > SIZE:
        raise BrokenArchiveError("too_large")
    parts: list[Packed] = []
    files: dict[str, bytes] = {}
    left = UNPACKED
    is_tight = True
    for name, place, length in _listed(content):
        if name in files:
            raise BrokenArchiveError("twice", name)
        body = content[place : place + length]
        found = inflate(body, left)
        if found is None:
            raise BrokenArchiveError("unreadable", name)
        left -= len(found)
        files[name] = found
        parts.append(Packed(name, body, zlib.crc32(found), len(found)))
        is_tight = is_tight and not _is_loose(body, found)
    return Unpacked(files, is_tight and frame(parts) == content)


def _listed(content: bytes) -> list[tuple[str, int, int]]:
    """Name, place of the body and its length, for each file that the archive lists."""
    try:
        found = members(io.BytesIO(content))
    except ArchiveError as error:
        raise BrokenArchiveError("no_archive") from error
    if len(found) > MEMBERS:
        raise BrokenArchiveError("too_many")
    for each in found:
        if each.compress_type != DEFLATED or each.flag_bits & 1:
            raise BrokenArchiveError("unreadable", each.filename)
    return [
        (each.filename, _body_at(content, each.header_offset), each.compress_size) for each in found
    ]


def _body_at(content: bytes, head: int) -> int:
    """Where the body after a head begins; names and extra fields have the lengths that it says."""
    if not 0 <= head <= len(content) - _HEAD.size:
        return len(content)
    *_rest, name, extra = _HEAD.unpack_from(content, head)
    return head + _HEAD.size + int(name) + int(extra)


def inflate(body: bytes, limit: int) -> bytes | None:
    """The content of a body; None for what is broken, goes on after its end, or is too long."""
    reader = zlib.decompressobj(-15)
    try:
        found = reader.decompress(body, limit + 1)
    except zlib.error:
        return None
    is_whole = reader.eof and not reader.unused_data
    return found if is_whole and len(found) <= limit else None


def _is_loose(body: bytes, content: bytes) -> bool:
    """Whether a bit is set after the end of the body, in the last byte, where none counts."""
    last = body[-1]
    if not last:
        return False
    top = 1 << (last.bit_length() - 1)
    return inflate(body[:-1] + bytes([last ^ top]), len(content)) == content
