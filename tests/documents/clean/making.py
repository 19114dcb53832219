"""Foreign files for the tests, made here: pictures by Pillow, PDFs by hand."""

import io
import zlib
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

RED, BLUE = (200, 20, 20), (20, 20, 200)
MARKS = tuple(f"{name}-mark-7261" for name in ("exif", "gps", "xmp", "comment", "icc", "text"))
"""Words planted into metadata; nobody else writes them."""


def picture(width: int = 64, height: int = 48) -> Image.Image:
    """Blue, with a red quarter at the upper left, so that each turn looks different."""
    image = Image.new("RGB", (width, height), BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """The image as a file of a kind."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    """A copy as an image, decoded."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF with a maker, an owner and a place on earth."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = MARKS[0]
    found.get_ifd(0x8825).update({1: "N", 2: (42.0, 54.0, 0.0), 29: MARKS[1]})
    return found


def icc() -> bytes:
    """A colour profile with a description of its own."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + MARKS[4].encode()


def marked(kind: str) -> bytes:
    """A picture whose every kind of metadata tells something."""
    options: dict[str, Any] = {"exif": exif(), "icc_profile": icc()}
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARKS[2]}</x:xmpmeta>"
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Comment", MARKS[3])
        texts.add_itxt("XML:com.adobe.xmp", xmp)
        texts.add_text("Author", MARKS[5])
        options["pnginfo"] = texts
    else:
        options["xmp"] = xmp.encode()
    if kind == "JPEG":
        options["comment"] = MARKS[3]
    return saved(picture(), kind, **options)


def png_chunks(content: bytes) -> list[bytes]:
    """The names of a PNG's chunks."""
    names, place = [], 8
    while place < len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        names.append(content[place + 4 : place + 8])
        place += 12 + length
    return names


def jpeg_segments(content: bytes) -> list[int]:
    """The markers of a JPEG up to its first scan."""
    found, place = [], 2
    while content[place] == 0xFF and content[place + 1] != 0xDA:
        found.append(content[place + 1])
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return found


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of very many white pixels in very few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + check

    sides = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * ((width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", sides + b"\x01\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, rows)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return content + table + end % (len(bodies) + 1, trailer, len(content))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """The body of a stream."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def plain_pdf(pages: int = 1, drawing: bytes = b"1 0 0 rg 10 10 80 40 re f") -> bytes:
    """Pages of 200 by 100 points that all draw the same."""
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 3 0 R>>"
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, stream(drawing), *[page] * pages])


def talkative_pdf() -> bytes:
    """A page with a program, a link, an attachment, names, text, and a form field."""
    return pdf(
        [
            (
                b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/Metadata 7 0 R"
                b"/AcroForm<</Fields[12 0 R]>>/Names<</EmbeddedFiles<</Names[(a) 8 0 R]>>"
                b"/JavaScript<</Names[(j) 6 0 R]>>>>>>"
            ),
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
                b"/Annots[5 0 R 12 0 R]/Resources<</Font<</F 11 0 R>>>>>>"
            ),
            stream(b"BT /F 12 Tf 10 70 Td (text-mark-7261) Tj ET"),
            b"<</Type/Annot/Subtype/Link/Rect[0 0 50 50]/A<</S/URI/URI(https://link-mark-7261)>>>>",
            b"<</S/JavaScript/JS(app.alert\\('script-mark-7261'\\))>>",
            stream(b"<x>xmp-mark-7261</x>", b"/Type/Metadata/Subtype/XML"),
            b"<</Type/Filespec/F(file-mark-7261.txt)/EF<</F 9 0 R>>>>",
            stream(b"attachment-mark-7261", b"/Type/EmbeddedFile"),
            b"<</Author(author-mark-7261)/CreationDate(D:20260101000000Z)>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            (
                b"<</Type/Annot/Subtype/Widget/FT/Tx/T(field)/V(value-mark-7261)/F 4"
                b"/Rect[100 10 180 40]/AP<</N 13 0 R>>>>"
            ),
            stream(b"0 0 1 rg 0 0 80 30 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 80 30]"),
        ],
        b"/Info 10 0 R/ID[(id-mark-7261)(id-mark-7261)]",
    )


def endless_pdf(depth: int = 9, width: int = 12) -> bytes:
    """A page that draws a form many times, which draws another one many times, and so on."""
    forms = []
    for level in range(depth):
        last = level == depth - 1
        drawing = b"0 0 1 1 re f " if last else b"/X Do " * width
        inner = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + level)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 200 100]" + inner
        forms.append(stream(drawing, entries))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
                b"/Resources<</XObject<</X 5 0 R>>>>>>"
            ),
            stream(b"/X Do " * width),
            *forms,
        ]
    )
