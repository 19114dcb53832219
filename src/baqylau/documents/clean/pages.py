"""The pages of a foreign PDF as pictures, one after another. For fenced processes only.

Fonts of the machine are out of reach behind the fence: letters of a PDF that brings no fonts are
drawn with those inside PDFium, which know no Cyrillic.
"""

import math
import sys
from collections.abc import Iterator
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from baqylau.documents.clean import decoding, pictures
from baqylau.documents.clean.frames import Frame, RefusedError
from baqylau.documents.clean.limits import Limits

POINTS: Final = 72
"""Points of an inch."""
SIDE: Final = 14_400
"""Points that a side of a page has at most. Source: ISO 32000-1, annex C.2."""


def frames(content: bytes, _media_type: str, limits: Limits) -> Iterator[Frame]:
    """Each page as a picture, forms and notes as they look. Raises: RefusedError, PdfiumError."""
    document = _opened(content)
    if not len(document):
        raise RefusedError("clean_unreadable")
    if len(document) > limits.pages:
        raise RefusedError("clean_pages")
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    for number in range(len(document)):
        page = document[number]
        yield _drawn(page, limits)
        page.close()


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise RefusedError("clean_locked" if locked else "clean_unreadable") from error


def _drawn(page: pdfium.PdfPage, limits: Limits) -> Frame:
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise RefusedError("clean_unreadable")
    scale = min(
        limits.dots / POINTS,
        math.sqrt(limits.page_pixels / (width * height)),
        # Sides are rounded up: a strip of paper must not become much more by that.
        min(pictures.SIDE, limits.page_pixels / 40) / max(width, height),
    )
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    image: Image.Image = bitmap.to_pil().convert("RGB")
    return pictures.as_frame(image, 10 * min(1 / scale, SIDE / max(image.size)))


if __name__ == "__main__":
    decoding.main(frames, *sys.argv[1:])
