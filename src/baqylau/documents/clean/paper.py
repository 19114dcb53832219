"""A PDF of pictures and of nothing else: no fonts, links, programs, names, times or numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

COLOURS: Final = {1: b"/DeviceGray", 3: b"/DeviceRGB"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: a JPEG, its bytes per pixel and pixels, and the paper in tenths of a point."""

    jpeg: bytes
    depth: int
    width: int
    height: int
    across: int
    down: int


def bound(sheets: Sequence[Sheet]) -> bytes:
    """The PDF of these pages, the same bytes for the same pages.

    Source: ISO 32000-1, 7.5 (file structure), 7.7 (document structure), 8.9 (images).
    """
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(sheets)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(sheets), kids),
    ]
    for sheet in sheets:
        bodies += _objects(sheet, len(bodies) + 1)
    parts, places, length = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"], [], 15
    for number, body in enumerate(bodies, start=1):
        places.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    size = len(bodies) + 1
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows))
    parts.append(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, length))
    return b"".join(parts)


def _objects(sheet: Sheet, number: int) -> list[bytes]:
    """The page, what it draws, and the picture, which are the objects from `number` on."""
    across, down = _points(sheet.across), _points(sheet.down)
    drawing = b"%s 0 0 %s 0 0 cm /P Do" % (across, down)
    return [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R"
        b"/Resources<</XObject<</P %d 0 R>>>>>>" % (across, down, number + 1, number + 2),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8"
        b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
        % (sheet.width, sheet.height, COLOURS[sheet.depth], len(sheet.jpeg), sheet.jpeg),
    ]


def _points(tenths: int) -> bytes:
    return b"%d.%d" % divmod(tenths, 10)
