"""Small files of every kind that is taken, made by hand."""

import io
import zipfile
import zlib

from baqylau.casework.taxonomy import Paper

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_EXIF = b"Exif\x00\x00" + b"\xff\xd8\xff\xd9" + b"preview"
JPEG = (
    b"\xff\xd8\xff\xe1"
    + (len(_EXIF) + 2).to_bytes(2, "big")
    + _EXIF
    + b"\xff\xda\x00\x02"
    + b"picture" * 9
    + b"\xff\xd9"
)
"""A photograph with a whole preview before the picture, as phones make them."""


def _chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return len(body).to_bytes(4, "big") + name + body + check.to_bytes(4, "big")


PNG = b"\x89PNG\r\n\x1a\n" + _chunk(b"IDAT", b"picture" * 9) + _chunk(b"IEND", b"")
WEBP = b"RIFF" + (4 + 40).to_bytes(4, "little") + b"WEBP" + b"p" * 40


def _box(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + name + body


HEIC = _box(b"ftyp", b"heic\0\0\0\0") + _box(b"meta", b"m" * 20) + _box(b"mdat", b"p" * 60)


def docx(**members: bytes) -> bytes:
    """A document of Word with further members, `_` in their names standing for a full stop."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in members.items():
            archive.writestr("word/" + name.replace("_", "."), content)
    return target.getvalue()


WHOLE = {
    Paper.PDF: PDF,
    Paper.JPEG: JPEG,
    Paper.PNG: PNG,
    Paper.WEBP: WEBP,
    Paper.HEIC: HEIC,
    Paper.DOCX: docx(),
}
