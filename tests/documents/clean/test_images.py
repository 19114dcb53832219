"""Images: what was told beside the pixels is gone, and the pixels are the same."""

import io
from typing import Final

import pytest
from PIL import Image

from baqylau.documents.clean import pictures
from baqylau.documents.clean.copying import clean_copy
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.frames import RefusedError
from baqylau.documents.clean.limits import STANDARD, Limits
from tests.documents.clean import making

pytestmark = pytest.mark.once

MEDIA: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
HARMLESS: Final = {0xE0, 0xDB, 0xC0, 0xC4}
"""JFIF's own head, tables and sizes: what a JPEG cannot do without."""


def is_like(found: object, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel is of a colour, as nearly as a JPEG keeps it."""
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize("kind", MEDIA)
def test_nothing_told_beside_the_pixels_is_in_the_copy(kind: str) -> None:
    source = making.marked(kind)
    assert [mark.encode() in source for mark in making.MARKS[:3]] == [True] * 3
    copy = clean_copy(source, MEDIA[kind])
    assert [mark for mark in making.MARKS if mark.encode() in copy.content] == []
    if copy.media_type == "image/png":
        assert set(making.png_chunks(copy.content)) == {b"IHDR", b"IDAT", b"IEND"}
    else:
        assert set(making.jpeg_segments(copy.content)) <= HARMLESS
    image = making.opened(copy.content)
    assert not image.getexif()
    assert not image.info.keys() & {"exif", "icc_profile", "xmp", "comment", "Comment", "Author"}
    assert image.size == (64, 48)
    assert is_like(image.getpixel((5, 5)), making.RED)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_stands_upright_as_its_maker_meant_it(turn: int) -> None:
    upright = making.picture()
    undone = {5: 5, 6: 8, 7: 7, 8: 6}.get(turn, turn)
    lying = upright.transpose(pictures.TURNS[undone]) if turn > 1 else upright
    source = making.saved(lying, "PNG", exif=making.exif(turn))
    frame = pictures.frame(source, "image/png", STANDARD)
    assert (frame.width, frame.height) == upright.size
    assert frame.rows == upright.tobytes()


def test_the_turn_is_read_behind_the_fence_too() -> None:
    lying = making.picture().transpose(Image.Transpose.ROTATE_90)
    source = making.saved(lying, "JPEG", exif=making.exif(6), quality=95)
    image = making.opened(clean_copy(source, "image/jpeg").content)
    assert image.size == (64, 48)
    assert is_like(image.getpixel((5, 5)), making.RED)
    assert is_like(image.getpixel((60, 5)), making.BLUE)


def test_broken_metadata_does_not_cost_the_picture() -> None:
    broken = b"Exif\x00\x00II*\x00\xff\xff\xff\x7f"
    source = making.saved(making.picture(), "JPEG", exif=broken)
    assert making.opened(clean_copy(source, "image/jpeg").content).size == (64, 48)


def test_what_lay_under_transparent_places_is_not_kept() -> None:
    image = making.picture().convert("RGBA")
    image.putalpha(0)
    frame = pictures.frame(making.saved(image, "PNG"), "image/png", STANDARD)
    assert frame.rows == b"\xff" * (64 * 48 * 3)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    moving = making.saved(
        making.picture(),
        kind,
        save_all=True,
        append_images=[Image.new("RGB", (64, 48), "white")] * 2,
        duration=100,
        **({"lossless": True} if kind == "WEBP" else {}),
    )
    image = making.opened(clean_copy(moving, MEDIA[kind]).content)
    assert is_like(image.getpixel((5, 5)), making.RED)


def test_of_a_photo_with_a_second_picture_inside_only_the_first_is_kept() -> None:
    second = Image.new("RGB", (640, 480), "white")
    double = making.saved(making.picture(), "MPO", save_all=True, append_images=[second])
    copy = clean_copy(double, "image/jpeg")
    assert making.opened(copy.content).size == (64, 48)
    assert copy.content.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    grey = Image.radial_gradient("L")
    if mode == "I;16":
        image = Image.frombytes("I;16", grey.size, bytes(b for v in grey.tobytes() for b in (0, v)))
    else:
        image = grey.convert("RGB").convert(mode) if mode == "CMYK" else grey.convert(mode)
    frame = pictures.frame(making.saved(image, kind), MEDIA[kind], STANDARD)
    assert frame.depth == (1 if mode in {"1", "L", "I;16"} else 3)
    # The middle of the gradient is black, its corner is white.
    assert frame.rows[(128 * 256 + 128) * frame.depth] < 20
    assert frame.rows[0] > 235


def test_a_large_picture_becomes_smaller_and_keeps_its_shape() -> None:
    source = making.saved(making.picture(1_600, 1_200), "JPEG")
    frame = pictures.frame(source, "image/jpeg", Limits(kept_pixels=120_000))
    assert (frame.width, frame.height) == (400, 300)


def test_a_strip_of_a_picture_is_scaled_to_a_side_that_a_jpeg_can_have() -> None:
    frame = pictures.frame(making.png_bomb(200_000, 8), "image/png", STANDARD)
    assert (frame.width, frame.height) == (20_000, 1)


def test_too_many_pixels_are_refused_before_they_are_unpacked() -> None:
    bomb = making.png_bomb(40_000, 2_000)
    assert len(bomb) < 40_000
    with pytest.raises(CleanError) as caught:
        clean_copy(bomb, "image/png")
    assert caught.value.code == "clean_pixels"
    assert "52" in caught.value.sentence("kk")
    # With one byte of its rows cut the answer is the same: they were not looked at.
    with pytest.raises(RefusedError):
        pictures.frame(bomb[:100], "image/png", STANDARD)


def test_a_picture_that_needs_more_memory_than_there_is_is_refused() -> None:
    large = making.saved(Image.new("RGB", (7_000, 7_000)), "PNG", compress_level=1)
    with pytest.raises(CleanError) as caught:
        clean_copy(large, "image/png", limits=Limits(memory=160 << 20))
    assert caught.value.code == "clean_pixels"


@pytest.mark.parametrize("kind", MEDIA)
def test_what_hangs_on_behind_a_picture_disappears(kind: str) -> None:
    tail = b"PK\x03\x04 tail-mark-7261 <html><script>GIF89a"
    source = making.saved(making.picture(), kind)
    copy = clean_copy(source + tail, MEDIA[kind])
    assert b"tail-mark" not in copy.content
    assert b"PK\x03\x04" not in copy.content
    assert making.opened(copy.content).size == (64, 48)


def test_a_file_is_read_as_what_it_is_said_to_be_and_as_nothing_else() -> None:
    png = making.saved(making.picture(), "PNG")
    gif = making.saved(making.picture(), "GIF")
    for content, media_type in ((png, "image/jpeg"), (gif, "image/png"), (png, "image/webp")):
        with pytest.raises(SyntaxError):
            pictures.frame(content, media_type, STANDARD)
    with pytest.raises(CleanError) as caught:
        clean_copy(gif + png, "image/png")
    assert caught.value.code == "clean_unreadable"


@pytest.mark.parametrize(
    "media_type", ["image/svg+xml", "image/heic", "image/gif", "text/html", "", "../../x"]
)
def test_kinds_without_clean_copies_are_refused_at_once(media_type: str) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    with pytest.raises(CleanError) as caught:
        clean_copy(svg, media_type)
    assert caught.value.code == "clean_kind"


def test_the_same_picture_gives_the_same_copy() -> None:
    source = making.marked("JPEG")
    assert clean_copy(source, "image/jpeg") == clean_copy(source, "image/jpeg")


def test_a_screenshot_stays_sharp_and_a_photo_sent_as_png_becomes_a_jpeg() -> None:
    sharp = clean_copy(making.saved(making.picture(), "PNG"), "image/png")
    assert sharp.media_type == "image/png"
    assert making.opened(sharp.content).convert("RGB").tobytes() == making.picture().tobytes()
    noise = io.BytesIO()
    Image.merge("RGB", [Image.effect_noise((2_000, 2_000), 90) for _ in range(3)]).save(
        noise, "PNG", compress_level=1
    )
    assert clean_copy(noise.getvalue(), "image/png").media_type == "image/jpeg"
