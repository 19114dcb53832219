"""What a photograph says besides what it shows, taken out: place, time, telephone, previews.

Nothing is unpacked, decoded or drawn. A file is walked from part to part by the lengths that it
states; parts that make the picture are copied as they are, all others are left out, and so is what
follows the picture's end: the film of a "living" photograph, a second picture with data of its own.
What makes a picture is a short list, and whatever is not on it goes. So pixels stay as they were,
bit for bit, and no decoder stands between a foreign file and us.

How a JPEG is to be turned stays, for a letter on its side helps nobody: a small new block says that
and nothing else. A colour profile stays, since without it colours are wrong; it may name the maker
of a camera or a screen. What is seen in the picture itself stays, of course.

Source: ITU-T T.81, annex B (JPEG); JFIF 1.02; Exif 2.32, 4.6 (turning: tag 0x0112); PNG, third
edition, chapter 11; RFC 9649 (WebP).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

LIMIT = 30 * 1_048_576
"""Bytes of a picture at most."""
PARTS = 100_000
"""Parts of a picture at most: some programs cut a PNG into pieces of a few hundred bytes."""
ENTRIES = 500
"""Entries of an Exif directory that are looked through for how the picture is turned."""


class MetadataError(ValueError):
    """The picture is not built as its kind is: it cannot be said what belongs to it."""


def strip(content: bytes, media_type: str) -> bytes:
    """The same picture without what it says besides. `media_type` is one of `KINDS`.

    Raises: MetadataError for a picture that is broken, over LIMIT, or built in an unknown way.
    """
    if len(content) > LIMIT:
        raise MetadataError("too large")
    return _STRIPPERS[media_type](content)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a picture: its name and what it holds; of a JPEG also the coded bytes after it."""

    name: bytes
    body: bytes
    coded: bytes = b""


def _limited(parts: Iterator[_Part]) -> Iterator[_Part]:
    """The same parts. Raises: MetadataError when there are too many."""
    for number, part in enumerate(parts):
        if number >= PARTS:
            raise MetadataError("too many parts")
        yield part


_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""What ends coded bytes: neither a stuffed byte, nor a restart mark, nor a filling byte."""
_FILL = re.compile(rb"\xff+")
_PICTURE = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
"""Segments that make the picture: frames, tables, scans. 0xC8 is kept free by the standard."""
_SAID = frozenset({*range(0xE0, 0xF0), 0xFE})
"""Segments in which programs and people say something."""
_EXIF, _JFIF, _PROFILE, _ADOBE = b"Exif\x00\x00", b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe"


def _jpeg(content: bytes) -> bytes:
    parts = list(_limited(_segments(content)))
    if not any(part.name == b"\xda" for part in parts):
        raise MetadataError("no picture")
    turned = next((way for part in parts if (way := _turned(part))), 1)
    made = [b"\xff\xd8"]
    shown = [kept for part in parts if (kept := _kept(part))]
    # JFIF wants to be the first segment.
    first = 1 if shown[0].name == b"\xe0" else 0
    if turned > 1:
        shown.insert(first, _turning(turned))
    for part in shown:
        made += [b"\xff", part.name, (len(part.body) + 2).to_bytes(2, "big"), part.body, part.coded]
    return b"".join([*made, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[_Part]:
    """Every segment up to the end mark. Raises: MetadataError."""
    if content[:2] != b"\xff\xd8":
        raise MetadataError("no JPEG")
    at = 2
    while True:
        fill = _FILL.match(content, at)
        if fill is None or fill.end() >= len(content):
            raise MetadataError("no segment")
        code, at = content[fill.end()], fill.end() + 1
        if code == 0xD9:
            return
        if code not in _PICTURE | _SAID:
            raise MetadataError("unknown segment")
        size = int.from_bytes(content[at : at + 2], "big")
        body = content[at + 2 : at + size]
        if size < 2 or len(body) != size - 2:
            raise MetadataError("cut off")
        start = at = at + size
        if code == 0xDA:
            end = _MARKER.search(content, at)
            if end is None:
                raise MetadataError("no end")
            at = end.start()
        yield _Part(bytes((code,)), body, content[start:at])


def _kept(part: _Part) -> _Part | None:
    """The segment as it stays, None when it goes.

    Of a JFIF segment only the density stays, without its small picture; of Adobe's what says how
    colours are coded.
    """
    if part.name[0] not in _SAID:
        return part
    if part.name == b"\xe0" and part.body.startswith(_JFIF) and len(part.body) >= 14:
        return _Part(part.name, part.body[:12] + b"\x00\x00")
    if part.name == b"\xe2" and part.body.startswith(_PROFILE):
        return part
    if part.name == b"\xee" and part.body.startswith(_ADOBE) and len(part.body) >= 12:
        return _Part(part.name, part.body[:12])
    return None


def _turned(part: _Part) -> int:
    """How the picture is to be turned, 2 to 8; 0 when the segment does not say so."""
    if part.name != b"\xe1" or not part.body.startswith(_EXIF):
        return 0
    block = part.body[len(_EXIF) :]
    if block[:4] not in (b"II*\x00", b"MM\x00*"):
        return 0

    def number(start: int, size: int) -> int:
        return int.from_bytes(block[start : start + size], "little" if block[:1] == b"I" else "big")

    directory = number(4, 4)
    for entry in range(min(number(directory, 2), ENTRIES)):
        at = directory + 2 + 12 * entry
        if (number(at, 2), number(at + 2, 2), number(at + 4, 4)) == (0x0112, 3, 1):
            way = number(at + 8, 2)
            return way if 2 <= way <= 8 else 0
    return 0


def _turning(way: int) -> _Part:
    """An Exif segment that says how the picture is to be turned, and nothing else."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + way.to_bytes(2, "big") + b"\x00\x00"
    return _Part(b"\xe1", _EXIF + b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry + bytes(4))


_PNG = b"\x89PNG\r\n\x1a\n"
_SEEN = frozenset(
    b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
"""Chunks besides the critical ones (whose names begin with a capital) that change what is seen."""


def _png(content: bytes) -> bytes:
    if content[:8] != _PNG:
        raise MetadataError("no PNG")
    made = [_PNG]
    for part in _limited(_chunks(content)):
        if part.name in _SEEN or part.name[:1].isupper():
            made += [len(part.body).to_bytes(4, "big"), part.name, part.body, part.coded]
    return b"".join(made)


def _chunks(content: bytes) -> Iterator[_Part]:
    """Every chunk of a PNG up to its end, with its check sum. Raises: MetadataError."""
    at, name = 8, b""
    while name != b"IEND":
        size = int.from_bytes(content[at : at + 4], "big")
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        check = content[at + 8 + size : at + 12 + size]
        if len(check) != 4 or not name.isalpha():
            raise MetadataError("cut off")
        yield _Part(name, body, check)
        at += 12 + size


_FRAMES = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_SHOWN = _FRAMES | {b"VP8X", b"ICCP", b"ANIM", b"ANMF"}
_SAYS = 0x08 | 0x04
"""Bits of the WebP header that announce Exif and XMP."""
_FRAME_HEAD = 16


def _webp(content: bytes) -> bytes:
    size = int.from_bytes(content[4:8], "little") + 8
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or size > len(content):
        raise MetadataError("no WebP")
    made = [_pressed(_said_less(part)) for part in _limited(_pieces(content[12:size]))]
    picture = b"".join(made)
    if not picture:
        raise MetadataError("no picture")
    return b"RIFF" + (len(picture) + 4).to_bytes(4, "little") + b"WEBP" + picture


def _pieces(content: bytes) -> Iterator[_Part]:
    """Every chunk of a WebP. Raises: MetadataError."""
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if len(content) < at + 8 or len(body) != size:
            raise MetadataError("cut off")
        yield _Part(content[at : at + 4], body)
        at += 8 + size + size % 2


def _said_less(part: _Part) -> _Part | None:
    """The chunk as it stays, None when it goes; a frame of a film without its own remarks."""
    if part.name not in _SHOWN:
        return None
    if part.name == b"VP8X":
        if len(part.body) != 10:
            raise MetadataError("broken header")
        return _Part(part.name, bytes((part.body[0] & ~_SAYS,)) + part.body[1:])
    if part.name == b"ANMF":
        frame = [
            each for each in _limited(_pieces(part.body[_FRAME_HEAD:])) if each.name in _FRAMES
        ]
        return _Part(part.name, part.body[:_FRAME_HEAD] + b"".join(map(_pressed, frame)))
    return part


def _pressed(part: _Part | None) -> bytes:
    """A chunk of a WebP as bytes."""
    if part is None:
        return b""
    size = len(part.body)
    return part.name + size.to_bytes(4, "little") + part.body + bytes(size % 2)


_STRIPPERS: Mapping[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
KINDS = frozenset(_STRIPPERS)
"""Media types that can be freed of what they say besides."""
