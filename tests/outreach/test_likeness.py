"""Pictures that look alike: what changes little stays near, what differs is far."""

import io
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from baqylau.outreach.rules.likeness import (
    BAND,
    BANDS,
    NEAR,
    SIDE,
    around,
    bands,
    distance,
    likeness,
)
from baqylau.outreach.services.pictures import look

hashes = st.integers(0, 2**64 - 1).map("{:016x}".format)


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A room with people, drawn from a seed."""
    chance = random.Random(seed)  # noqa: S311 - pictures for tests
    image = Image.new("RGB", size, tuple(chance.randrange(120, 240) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    floor = 330 + chance.randrange(-60, 60)
    draw.rectangle((0, floor, *size), fill=tuple(chance.randrange(40, 180) for _ in range(3)))
    for _person in range(chance.randrange(8, 20)):
        x, y, half = chance.randrange(640), chance.randrange(200, 420), chance.randrange(15, 60)
        skin, coat = chance.randrange(90, 220), tuple(chance.randrange(0, 220) for _ in range(3))
        draw.ellipse((x - half // 2, y - half, x + half // 2, y), fill=(skin, skin // 2, 60))
        draw.rectangle((x - half, y, x + half, y + 2 * half), fill=coat)
    x, y = chance.randrange(400), chance.randrange(100)
    draw.rectangle((x, y, x + chance.randrange(60, 240), y + 90), fill="white")
    return image


def jpeg(image: Image.Image, quality: int = 80) -> bytes:
    """The picture as a file."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


CHANGES: dict[str, Callable[[Image.Image], bytes]] = {
    "saved anew": lambda image: jpeg(image, 30),
    "made smaller": lambda image: jpeg(image.resize((320, 240)), 60),
    "darker": lambda image: jpeg(ImageEnhance.Brightness(image).enhance(0.75)),
    "brighter": lambda image: jpeg(ImageEnhance.Brightness(image).enhance(1.15)),
    "trimmed": lambda image: jpeg(image.crop((7, 5, 633, 475))),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", range(6))
def test_a_picture_that_was_changed_a_little_is_near(change: str, seed: int) -> None:
    image = scene(seed)
    there = look(jpeg(image)).likeness
    assert distance(there, look(CHANGES[change](image)).likeness) <= NEAR


def test_pictures_of_other_scenes_are_far() -> None:
    found = [look(jpeg(scene(seed))).likeness for seed in range(20)]
    near = [
        (one, other)
        for at, one in enumerate(found)
        for other in found[:at]
        if distance(one, other) <= NEAR
    ]
    assert near == []


def test_a_white_wall_is_like_no_other() -> None:
    looked = look(jpeg(Image.new("RGB", (64, 48), "white")))
    assert (looked.width, looked.height, looked.likeness) == (64, 48, "")


def test_only_a_small_grey_square_is_hashed() -> None:
    with pytest.raises(ValueError, match="1023"):
        likeness([0] * (SIDE * SIDE - 1))


@given(hashes, st.sets(st.integers(0, 63), max_size=NEAR))
def test_no_near_hash_escapes_the_quarters(value: str, flips: set[int]) -> None:
    other = f"{int(value, 16) ^ sum(1 << place for place in flips):016x}"
    assert distance(value, other) == len(flips)
    pairs = zip(bands(value), bands(other), strict=True)
    assert any(theirs in set(around(mine)) for mine, theirs in pairs)


@given(hashes)
def test_the_quarters_are_the_hash(value: str) -> None:
    assert "".join(f"{each:04x}" for each in bands(value)) == value
    assert len(set(around(bands(value)[0]))) == 1 + BAND + BAND * (BAND - 1) // 2
    assert len(bands(value)) == BANDS
