"""The process that writes the copy: rows of pixels come in, a JPEG, PNG or PDF goes out.

It never sees the foreign bytes, so that what people open was not written by a program that has.
"""

import io
import math
import sys
from collections.abc import Iterable
from typing import IO, Final

from PIL import Image, ImageChops

from baqylau.documents.clean import answers, fence, frames, paper
from baqylau.documents.clean.answers import Clean
from baqylau.documents.clean.frames import DEPTHS, BrokenStreamError, Frame, RefusedError
from baqylau.documents.clean.limits import Limits, unpacked

Image.preinit()  # Pillow loads its writers when the first is needed: too late behind the fence
LARGE: Final = 8 * 1_048_576
"""Bytes from which a picture is no screenshot: it becomes a JPEG."""


def encode(given: Iterable[Frame], wanted: str, limits: Limits) -> Clean:
    """The copy. Raises: RefusedError, BrokenStreamError."""
    if wanted == "application/pdf":
        return _pdf(given, limits)
    (frame,) = given
    image = _image(frame)
    is_png = wanted == "image/png" and limits.keeps_png
    content = _saved(image, "PNG", limits) if is_png else b""
    if not 0 < len(content) <= LARGE:
        wanted, content = "image/jpeg", _saved(image, "JPEG", limits)
    if len(content) > limits.copy:
        raise RefusedError("clean_copy_large")
    return Clean(content, wanted, 1)


def _pdf(given: Iterable[Frame], limits: Limits) -> Clean:
    sheets: list[paper.Sheet] = []
    size = 0
    for frame in given:
        image = _image(frame)
        jpeg = _saved(image, "JPEG", limits)
        size += len(jpeg) + 1_000
        if size > limits.copy:
            raise RefusedError("clean_copy_large")
        depth = len(image.getbands())
        sheets.append(paper.Sheet(jpeg, depth, frame.width, frame.height, frame.across, frame.down))
    if not 0 < len(sheets) <= limits.pages:
        raise BrokenStreamError
    return Clean(paper.bound(sheets), "application/pdf", len(sheets))


def _image(frame: Frame) -> Image.Image:
    """The picture; without colours it becomes grey, which takes a third of the room."""
    image = Image.frombytes(DEPTHS[frame.depth], (frame.width, frame.height), frame.rows)
    if frame.depth == 1:
        return image
    red, green, blue = image.split()
    pairs = ((red, green), (red, blue))
    is_grey = all(ImageChops.difference(*pair).getbbox() is None for pair in pairs)
    return red if is_grey else image


def _saved(image: Image.Image, kind: str, limits: Limits) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **({"quality": limits.quality} if kind == "JPEG" else {}))
    return target.getvalue()


def answer(source: IO[bytes], target: IO[bytes], wanted: str, limits: Limits) -> None:
    """Read pictures, write the copy or the reason why there is none."""
    most = max(limits.kept_pixels, limits.page_pixels) * 11 // 10  # sides are rounded up
    try:
        said = answers.made(encode(frames.take(source, most), wanted, limits))
    except RefusedError as refused:
        said = answers.refused(refused.code)
    except MemoryError:
        said = answers.refused("clean_pixels")
    target.write(said)
    target.flush()


def main(wanted: str, word: str) -> None:
    """Shut the fence, then read the pictures."""
    limits = unpacked(word)
    fence.shut(limits.memory, math.ceil(limits.seconds))
    answer(sys.stdin.buffer, sys.stdout.buffer, wanted, limits)


if __name__ == "__main__":
    main(*sys.argv[1:])
