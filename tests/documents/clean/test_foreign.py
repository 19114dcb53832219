"""Whatever comes in: random bytes, files cut off, bits turned over. Out come copies or reasons."""

import io
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baqylau.documents.clean import answers, decoding, frames, pictures
from baqylau.documents.clean.answers import Clean
from baqylau.documents.clean.copying import KINDS, clean_copy
from baqylau.documents.clean.errors import MESSAGES, CleanError
from baqylau.documents.clean.frames import BrokenStreamError, Frame, RefusedError
from baqylau.documents.clean.limits import Limits
from tests.documents.clean import making

pytestmark = pytest.mark.once

SMALL = Limits(content=1 << 20, pixels=1_000_000, page_pixels=20_000, pages=5, dots=36)
FILES = {
    "image/jpeg": making.marked("JPEG"),
    "image/png": making.marked("PNG"),
    "image/webp": making.marked("WEBP"),
    "application/pdf": making.talkative_pdf(),
}
SIGNS = (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 ", b"%PDF-1.7\n")

HEADS = (b"", b"M\0\0\1", b"M\2\0\1%PDF-", b"R", b"Rclean_")

WALK = """
import io, sys, warnings
warnings.simplefilter("ignore")
from baqylau.documents.clean import decoding, pages
from baqylau.documents.clean.limits import Limits
from tests.documents.clean.test_foreign import SMALL, damaged, is_answer
from tests.documents.clean.making import talkative_pdf
count = 0
for content in damaged(talkative_pdf()):
    target = io.BytesIO()
    decoding.answer(pages.frames, io.BytesIO(content), target, "application/pdf", SMALL)
    count += is_answer(target.getvalue())
print(count)
"""


def damaged(content: bytes) -> Iterator[bytes]:
    """A file cut off at many places and with single bits turned over."""
    for place in range(0, len(content), 7):
        yield content[:place]
    for place in range(3, len(content), 11):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        yield bytes(changed)


def is_answer(said: bytes) -> bool:
    """Whether these bytes are pictures to the end, or a reason of the closed set."""
    try:
        list(frames.take(io.BytesIO(said), 2_000_000))
    except RefusedError as refused:
        return refused.code in MESSAGES
    return True


def decoded(content: bytes, media_type: str) -> bytes:
    """What the reading process says of a file."""
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as that process does
        decoding.answer(pictures.frames, io.BytesIO(content), target, media_type, SMALL)
    return target.getvalue()


@pytest.mark.parametrize("media_type", KINDS[:3])
def test_an_image_damaged_anywhere_gives_pixels_or_a_reason(media_type: str) -> None:
    said = [decoded(content, media_type) for content in damaged(FILES[media_type])]
    assert all(map(is_answer, said))
    # Both happen: the test would be blind otherwise.
    assert {answer[:1] for answer in said} == {b"F", b"R"}


def test_a_pdf_damaged_anywhere_gives_pages_or_a_reason() -> None:
    # In a process of its own: were PDFium to fall, this test would say so and the others go on.
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", WALK], capture_output=True, check=True, cwd=root)
    assert int(done.stdout) == len(list(damaged(making.talkative_pdf())))


@given(st.sampled_from(SIGNS), st.binary(max_size=2_000), st.sampled_from(KINDS[:3]))
@settings(deadline=None)
def test_random_bytes_give_pixels_or_a_reason(sign: bytes, rest: bytes, media_type: str) -> None:
    assert is_answer(decoded(sign + rest, media_type))


@given(
    st.sampled_from(KINDS),
    st.integers(0, 3_000),
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), max_size=4),
)
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
def test_a_whole_call_raises_nothing_outside_the_closed_set(
    media_type: str, end: int, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(FILES[media_type])
    for place, value in changes:
        content[place % len(content)] = value
    refusal: CleanError | None = None
    try:
        copy = clean_copy(bytes(content[: len(content) - end]), media_type, limits=SMALL)
        assert b"mark-7261" not in copy.content
    except CleanError as error:
        refusal = error
    assert refusal is None or "%" not in refusal.message


@pytest.mark.parametrize("media_type", KINDS)
@pytest.mark.parametrize("content", [b"", b"\0", b"<svg onload='alert(1)'/>", b"%PDF-1.7\n%%EOF"])
def test_empty_and_nonsensical_files_are_called_unreadable(media_type: str, content: bytes) -> None:
    with pytest.raises(CleanError) as caught:
        clean_copy(content, media_type)
    assert caught.value.code == "clean_unreadable"


@given(st.binary(max_size=200))
def test_what_a_reading_process_says_is_understood_or_refused(said: bytes) -> None:
    try:
        found = list(frames.take(io.BytesIO(said), 1_000))
    except (BrokenStreamError, RefusedError):
        return
    assert all(frame.width * frame.height <= 1_000 for frame in found)


@given(st.sampled_from(HEADS), st.binary(max_size=40))
def test_what_a_writing_process_says_is_understood_or_refused(head: bytes, rest: bytes) -> None:
    code = "clean_unreadable"
    try:
        copy = answers.read(head + rest)
        assert copy.content.startswith(answers.SIGNS[copy.media_type])
    except RefusedError as refused:
        code = refused.code
    except BrokenStreamError:
        return
    assert code in MESSAGES


@given(st.sampled_from([1, 3]), st.integers(1, 9), st.integers(1, 9), st.integers(1, 2**32 - 1))
def test_what_is_said_comes_over_whole(depth: int, width: int, height: int, side: int) -> None:
    frame = Frame(depth, width, height, side, side, bytes(depth * width * height))
    pipe = io.BytesIO()
    frames.put(pipe, frame)
    frames.put_end(pipe)
    assert list(frames.take(io.BytesIO(pipe.getvalue()), 81)) == [frame]
    with pytest.raises(BrokenStreamError):
        list(frames.take(io.BytesIO(pipe.getvalue()[:-1]), 81))
    copy = Clean(b"%PDF-" + bytes(width), "application/pdf", height)
    assert answers.read(answers.made(copy)) == copy
