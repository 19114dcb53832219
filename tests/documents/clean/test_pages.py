"""PDFs: pages of pixels and nothing else."""

import io
import re

import pypdf
import pytest
from PIL import Image

from baqylau.documents.clean import paper
from baqylau.documents.clean.copying import clean_copy
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.limits import Limits
from tests.documents.clean import making

pytestmark = pytest.mark.once

PDF = "application/pdf"
NAMES = {
    *("Type", "Catalog", "Pages", "Count", "Kids", "Page", "Parent", "MediaBox", "Contents"),
    *("Resources", "XObject", "P", "Length", "Subtype", "Image", "Width", "Height", "ColorSpace"),
    *("DeviceGray", "DeviceRGB", "BitsPerComponent", "Filter", "DCTDecode", "Size", "Root"),
}
"""Every name that a copy may hold."""


def without_pictures(content: bytes) -> bytes:
    """A copy's own words: what stands outside the JPEGs."""
    picture = re.compile(rb"stream\n\xff\xd8.*?\nendstream", re.DOTALL)
    return picture.sub(b"", content)


def pictures_of(content: bytes) -> list[Image.Image]:
    """The page images of a copy."""
    return [page.images[0].image for page in pypdf.PdfReader(io.BytesIO(content)).pages]  # type: ignore[misc]  # pypdf: an image may be missing


def test_program_link_attachment_names_and_text_are_gone_and_the_look_stays() -> None:
    source = making.talkative_pdf()
    assert source.count(b"mark-7261") == 10
    copy = clean_copy(source, PDF)
    assert (copy.media_type, copy.pages) == (PDF, 1)
    assert b"mark-7261" not in copy.content
    words = without_pictures(copy.content)
    assert {name.decode() for name in re.findall(rb"/([A-Za-z]+)", words)} <= NAMES
    assert not re.search(rb"D:20|\(|<[0-9A-Fa-f]", words)
    read = pypdf.PdfReader(io.BytesIO(copy.content), strict=True)
    assert read.metadata is None
    assert not read.attachments
    assert [page.extract_text() for page in read.pages] == [""]
    assert all("/Annots" not in page for page in read.pages)
    assert list(map(float, read.pages[0].mediabox)) == pytest.approx([0, 0, 200, 100], abs=0.5)
    (image,) = pictures_of(copy.content)
    assert image.size == (556, 278)
    # The filled form field is drawn, blue, and so are the letters, black on white.
    assert image.convert("RGB").getpixel((400, 200)) == pytest.approx((0, 0, 255), abs=6)
    assert min(image.convert("L").crop((0, 40, 250, 120)).tobytes()) < 80


def test_a_page_without_colours_is_kept_grey() -> None:
    copy = clean_copy(making.plain_pdf(2, b"0.5 g 10 10 80 40 re f"), PDF)
    assert [image.mode for image in pictures_of(copy.content)] == ["L", "L"]
    assert copy.pages == 2


def test_the_same_pdf_gives_the_same_copy() -> None:
    assert clean_copy(making.plain_pdf(), PDF) == clean_copy(making.plain_pdf(), PDF)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(CleanError) as caught:
        clean_copy(making.plain_pdf(101), PDF)
    assert caught.value.code == "clean_pages"
    assert "100" in caught.value.sentence("ru")


def test_a_pdf_without_pages_is_refused() -> None:
    empty = making.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"])
    with pytest.raises(CleanError) as caught:
        clean_copy(empty, PDF)
    assert caught.value.code == "clean_unreadable"


def test_a_pdf_under_a_password_is_called_locked() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(making.plain_pdf()))
    writer.encrypt("сөз", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(CleanError) as caught:
        clean_copy(locked.getvalue(), PDF)
    assert caught.value.code == "clean_locked"


@pytest.mark.parametrize("box", [b"0 0 14400 14400", b"0 0 100000 3", b"0 0 1 1", b"9 9 9 9"])
def test_a_page_of_a_strange_size_stays_within_the_limits(box: bytes) -> None:
    source = making.plain_pdf().replace(b"[0 0 200 100]", b"[" + box + b"]")
    copy = clean_copy(source, PDF, limits=Limits(page_pixels=40_000))
    (image,) = pictures_of(copy.content)
    assert image.width * image.height <= 44_000
    sides = pypdf.PdfReader(io.BytesIO(copy.content)).pages[0].mediabox
    assert 0 < max(sides.width, sides.height) <= 14_400


def test_a_copy_that_would_be_too_large_is_refused() -> None:
    limits = Limits(copy=12_000)
    with pytest.raises(CleanError) as caught:
        clean_copy(making.plain_pdf(30), PDF, limits=limits)
    assert caught.value.code == "clean_copy_large"


def test_what_stands_before_and_behind_a_pdf_disappears() -> None:
    copy = clean_copy(making.plain_pdf() + b"PK\x03\x04 tail-mark-7261", PDF)
    assert b"tail-mark" not in copy.content


def test_sheets_keep_their_order_and_their_paper() -> None:
    jpegs = [making.saved(Image.new("L", (40, 20 + n), 50 * n), "JPEG") for n in range(4)]
    sheets = [paper.Sheet(jpeg, 1, 40, 20 + n, 5_950, 8_421 + n) for n, jpeg in enumerate(jpegs)]
    read = pypdf.PdfReader(io.BytesIO(paper.bound(sheets)), strict=True)
    assert [float(page.mediabox.height) for page in read.pages] == [842.1, 842.2, 842.3, 842.4]
    assert [page.images[0].image.size for page in read.pages] == [(40, 20 + n) for n in range(4)]  # type: ignore[union-attr]  # pypdf: an image may be missing
