"""The pixels of a foreign JPEG, PNG or WebP, upright, opaque. For fenced processes only."""

import io
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from baqylau.documents.clean import decoding
from baqylau.documents.clean.frames import Frame, RefusedError
from baqylau.documents.clean.limits import Limits

READERS: Final[Mapping[str, Callable[[io.BytesIO], ImageFile]]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
}
LOADED: Final = TiffImagePlugin
"""Pillow loads it when it first meets EXIF; behind the fence nothing can be loaded."""
ORIENTATION: Final = 0x0112
"""Source: EXIF 2.3, tag 274, as are the turns."""
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDE: Final = 20_000
"""Pixels that a side of a copy has at most; a JPEG cannot have more than 65,535."""
PAPER: Final = 10.0
"""Tenths of a point per pixel; an image has no paper, so any figure does."""


def frame(content: bytes, media_type: str, limits: Limits) -> Frame:
    """The picture of an image file, or the first of several.

    Raises: RefusedError, and whatever Pillow raises at a damaged file.
    """
    with READERS[media_type](io.BytesIO(content)) as image:
        if image.width * image.height > limits.pixels:
            raise RefusedError("clean_pixels")
        turn = _turn(image)
        size = _kept(image.size, limits.kept_pixels)
        image.draft(None, size)  # a JPEG is decoded at half its size at once, which saves memory
        image.load()
        flat = _flat(image)
    if flat.size != size:
        flat = flat.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return as_frame(flat if turn is None else flat.transpose(turn), PAPER)


def frames(content: bytes, media_type: str, limits: Limits) -> Iterator[Frame]:
    """The one picture of an image file. Raises: as `frame`."""
    yield frame(content, media_type, limits)


def as_frame(image: Image.Image, paper: float) -> Frame:
    """The pixels of an L or RGB image; `paper` is tenths of a point per pixel."""
    width, height = image.size
    across, down = (max(1, round(side * paper)) for side in image.size)
    return Frame(len(image.getbands()), width, height, across, down, image.tobytes())


def _kept(size: tuple[int, int], most: int) -> tuple[int, int]:
    scale = min(1.0, math.sqrt(most / (size[0] * size[1])), SIDE / max(size))
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - broken metadata must not cost the picture
        return None


def _flat(image: Image.Image) -> Image.Image:
    """Grey or RGB of eight bits. What lay under transparent places is white, not what it was."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
        return flat
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


if __name__ == "__main__":
    decoding.main(frames, *sys.argv[1:])
