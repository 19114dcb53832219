"""Pictures of rooms with people, drawn from a seed: they show nobody."""

import io
import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SIZE: Final = (480, 320)
QUALITY: Final = 70


def room(chance: random.Random) -> "Picture":
    """A wall, a floor, a board, and rows of people seen from behind."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and needed on a training site alone

    width, height = SIZE
    image = Image.new("RGB", SIZE, _colour(chance, 150, 240))
    draw = ImageDraw.Draw(image)
    floor = chance.randrange(190, 260)
    draw.rectangle((0, floor, width, height), fill=_colour(chance, 60, 170))
    left, top = chance.randrange(20, 280), chance.randrange(10, 60)
    board = (left, top, left + chance.randrange(90, 190), top + chance.randrange(50, 110))
    draw.rectangle(board, fill=chance.choice(["white", "#20503a", "#203050"]))
    if chance.random() < 0.7:
        side = chance.choice([(0, 40), (width - 60, width)])
        draw.rectangle((side[0], 30, side[1], 170), fill=_colour(chance, 200, 255))
    for row in range(chance.randrange(2, 4)):
        for _person in range(chance.randrange(3, 9)):
            x, y, half = chance.randrange(width), floor - 30 + 45 * row, 12 + 6 * row
            draw.rectangle((x - 2 * half, y, x + 2 * half, height), fill=_colour(chance, 10, 200))
            draw.ellipse((x - half, y - 2 * half, x + half, y + 4), fill=_colour(chance, 20, 110))
    return image


def _colour(chance: random.Random, low: int, high: int) -> tuple[int, int, int]:
    return chance.randrange(low, high), chance.randrange(low, high), chance.randrange(low, high)


def brightened(image: "Picture") -> "Picture":
    """The same picture, a little brighter and trimmed: as if somebody had tried to hide it."""
    from PIL import ImageEnhance  # noqa: PLC0415 - as above

    trimmed = image.crop((5, 4, SIZE[0] - 5, SIZE[1] - 4))
    return ImageEnhance.Brightness(trimmed).enhance(1.1)


def jpeg(image: "Picture") -> bytes:
    """The picture as a small file."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def sheet(chance: random.Random) -> bytes:
    """A lined sheet with scribbles where names and signatures would stand."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    image = Image.new("L", (420, 594), 250)
    draw = ImageDraw.Draw(image)
    for line in range(60, 560, 26):
        draw.line((30, line, 390, line), fill=180)
        points = [(x, line - chance.randrange(4, 18)) for x in range(40, 40 + 14 * 9, 9)]
        draw.line(points, fill=40, width=2)
    return jpeg(image)
