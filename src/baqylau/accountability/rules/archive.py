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
STORED = 0
"""Not packed: a packed body can be written in many ways that hold the same."""
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
    """A file as it lies in the archive: as it is, with the sum and the size of its content."""

    name: str
    body: bytes
    crc: int
    size: int


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of the files, in the order of their names."""
    return frame(_packed(name, files[name]) for name in sorted(files))


def _packed(name: str, content: bytes) -> Packed:
    return Packed(name, content, zlib.crc32(content), len(content))


def frame(parts: Iterable[Packed]) -> bytes:
    """Heads, bodies and the list. Source: PKWARE APPNOTE 6.3.10, section 4.3."""
    bodies, entries, place, count = [], [], 0, 0
    for part in parts:
        name = part.name.encode()
        sums = (part.crc, len(part.body), part.size)
        common = (_VERSION, _FLAG_UTF8, STORED, 0, _DAY, *sums, len(name), 0)
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
    for name, place, length in _listed(content):
        if name in files:
            raise BrokenArchiveError("twice", name)
        found = content[place : place + length]
        if len(found) > left:
            raise BrokenArchiveError("unreadable", name)
        left -= len(found)
        files[name] = found
        parts.append(_packed(name, found))
    return Unpacked(files, frame(parts) == content)


def _listed(content: bytes) -> list[tuple[str, int, int]]:
    """Name, place of the body and its length, for each file that the archive lists."""
    try:
        found = members(io.BytesIO(content))
    except ArchiveError as error:
        raise BrokenArchiveError("no_archive") from error
    if len(found) > MEMBERS:
        raise BrokenArchiveError("too_many")
    for each in found:
        if each.compress_type != STORED or each.flag_bits & 1:
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
