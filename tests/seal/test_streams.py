"""Files of any size go through in pieces, and a fault of the caller's comes out as it was."""

import errno
import io
import subprocess
import sys
import threading
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.seal import items, keys
from baqylau.seal.envelope import FIRST, Place
from baqylau.seal.items import Entry, Sealed
from baqylau.seal.keys import Use
from baqylau.seal.moving import From, move
from baqylau.seal.streams import PIECE, Target
from tests.seal.making import refused

pytestmark = pytest.mark.once

KEY = keys.generate(Use.REPORT)
PLACE = Place("r-1", 1, "file", FIRST)


class Dribble(io.RawIOBase):
    """A source that gives a few bytes at a time, as a slow upload does."""

    def __init__(self, content: bytes, most: int) -> None:
        self._source, self._most = io.BytesIO(content), most

    def read(self, size: int = -1) -> bytes:
        return self._source.read(min(size, self._most) if size > 0 else self._most)


class FullDiskError(OSError):
    """The caller's disk is full."""


class FullDisk:
    """A target that takes some bytes, then no more."""

    def __init__(self, room: int) -> None:
        self._room = room

    def write(self, piece: bytes) -> int:
        self._room -= len(piece)
        if self._room < 0:
            raise FullDiskError(errno.ENOSPC, "no room")
        return len(piece)


class CutUploadError(Exception):
    """The reporter's connection is gone."""


class CutUpload:
    """A source that breaks off."""

    def __init__(self, content: bytes) -> None:
        self._source = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        if piece := self._source.read(size):
            return piece
        raise CutUploadError


def sealed(content: bytes) -> tuple[bytes, list[Entry]]:
    target = io.BytesIO()
    found = items.seal_stream(KEY, PLACE, io.BytesIO(content), target)
    return target.getvalue(), [found.entry]


@given(st.integers(1, 200_000), st.integers(1, 70_000), st.sampled_from([b"\0", b"ab\0", b"x"]))
@settings(max_examples=25, deadline=None)
def test_a_file_comes_out_as_it_went_in_however_it_arrives(
    length: int, most: int, pattern: bytes
) -> None:
    content = (pattern * length)[:length]
    most = max(most, length // 200)
    target, back = io.BytesIO(), io.BytesIO()
    found = items.seal_stream(KEY, PLACE, Dribble(content, most), target)
    ciphertext = target.getvalue()
    assert (found.size, found.entry.digest) == (len(ciphertext), sha256(ciphertext).hexdigest())
    kind = items.open_stream(KEY, "r-1", [found.entry], 1, Dribble(ciphertext, most), back)
    assert (kind, back.getvalue()) == ("file", content)


@pytest.mark.parametrize("length", [PIECE - 288, PIECE, 2 * PIECE - 288, 2 * PIECE])
def test_a_file_of_zeros_that_ends_on_a_boundary_keeps_its_length(length: int) -> None:
    ciphertext, entries = sealed(bytes(length))
    assert items.open_item(KEY, "r-1", entries, 1, ciphertext).content == bytes(length)


def test_an_upload_that_breaks_off_is_the_callers_to_handle() -> None:
    with pytest.raises(CutUploadError):
        items.seal_stream(KEY, PLACE, CutUpload(b"x" * 200_000), io.BytesIO())
    with pytest.raises(CutUploadError):
        items.open_stream(
            KEY, "r-1", [Entry(1, FIRST)], 1, CutUpload(sealed(b"x")[0][:-9]), io.BytesIO()
        )


@pytest.mark.parametrize("room", [0, 100, 70_000])
def test_a_full_disk_is_the_callers_to_handle(room: int) -> None:
    with pytest.raises(FullDiskError) as failure:
        items.seal_stream(KEY, PLACE, io.BytesIO(b"x" * 200_000), FullDisk(room))
    assert failure.value.errno == errno.ENOSPC
    ciphertext, entries = sealed(b"x" * 200_000)
    with pytest.raises(FullDiskError):
        items.open_stream(KEY, "r-1", entries, 1, io.BytesIO(ciphertext), FullDisk(room))


def test_zeros_at_the_end_meet_a_full_disk_like_the_rest() -> None:
    ciphertext, entries = sealed(b"x" + bytes(5_000))
    with pytest.raises(FullDiskError):
        items.open_stream(KEY, "r-1", entries, 1, io.BytesIO(ciphertext), FullDisk(1_000))


def test_nothing_of_an_item_that_belongs_elsewhere_comes_out() -> None:
    target = io.BytesIO()
    ciphertext = io.BytesIO()
    items.seal_stream(KEY, Place("r-2", 1, "file", FIRST), io.BytesIO(b"x" * 99_999), ciphertext)
    digest = sha256(ciphertext.getvalue()).hexdigest()
    with refused("item_elsewhere"):
        items.open_stream(
            KEY, "r-1", [Entry(1, digest)], 1, io.BytesIO(ciphertext.getvalue()), target
        )
    assert target.getvalue() == b""


def test_a_file_cut_at_a_chunk_is_refused_although_its_beginning_came_out() -> None:
    ciphertext, entries = sealed(b"x" * 300_000)
    target = io.BytesIO()
    with refused("item_changed"):
        items.open_stream(KEY, "r-1", entries, 1, io.BytesIO(ciphertext[:-70_000]), target)
    assert set(target.getvalue()) <= set(b"x")


def test_another_ciphertext_than_the_journal_holds_is_refused() -> None:
    ciphertext, entries = sealed(b"x")
    again, _ = sealed(b"x")
    for found in (again, ciphertext + b"\0"):
        with refused("item_changed"):
            items.open_stream(KEY, "r-1", entries, 1, io.BytesIO(found), io.BytesIO())


MEMORY = """
import resource, sys
from baqylau.seal import items, keys
from baqylau.seal.envelope import FIRST, Place

class Zeros:
    def __init__(self, size): self.left = size
    def read(self, size=-1):
        piece = bytes(min(size, self.left)) if self.left % 3 else b"x" * min(size, self.left)
        self.left -= len(piece)
        return piece

class Count:
    size = 0
    def write(self, piece): self.size += len(piece)

def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

size, path = int(sys.argv[1]), sys.argv[2]
key = keys.generate(keys.Use.REPORT)
place = Place("r-1", 1, "file", FIRST)
def there_and_back(size):
    with open(path, "wb") as file:
        sealed = items.seal_stream(key, place, Zeros(size), file)
    counted = Count()
    with open(path, "rb") as file:
        items.open_stream(key, "r-1", [sealed.entry], 1, file, counted)
    assert counted.size == size
there_and_back(1_000_000)
before = peak()
there_and_back(size)
print(peak() - before)
"""


def test_memory_stays_flat_while_a_large_file_goes_through(tmp_path: object) -> None:
    result = subprocess.run(
        [sys.executable, "-c", MEMORY, str(100_000_000), f"{tmp_path}/sealed"],
        capture_output=True,
        text=True,
        check=True,
    )
    # Kilobytes beyond what a file of 1 MB took.
    assert int(result.stdout) < 4_000


NEW = keys.generate(Use.REPORT)
NEW_PLACE = Place("r-9", 1, "file", FIRST)


def moved(ciphertext: bytes, entries: list[Entry], target: Target) -> Sealed:
    there = From(KEY, "r-1", entries, 1)
    return move(there, io.BytesIO(ciphertext), NEW, NEW_PLACE, target)


@pytest.mark.parametrize("length", [0, 1, 500_000])
def test_a_file_moves_from_a_draft_to_its_report(length: int) -> None:
    content = b"ab\0" * length
    target = io.BytesIO()
    found = moved(*sealed(content), target)
    opened = items.open_item(NEW, "r-9", [found.entry], 1, target.getvalue())
    assert (opened.kind, opened.content) == ("file", content)
    with refused("key_not_this"):
        items.open_item(KEY, "r-9", [found.entry], 1, target.getvalue())


def test_a_damaged_draft_does_not_become_a_report() -> None:
    ciphertext, entries = sealed(b"x" * 500_000)
    for end in (0, 200, len(ciphertext) - 70_000, len(ciphertext) - 1):
        with refused("item_changed"):
            moved(ciphertext[:end], entries, io.BytesIO())


def test_a_disk_that_is_full_while_a_file_moves_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    for room in (0, 100_000):
        with pytest.raises(FullDiskError):
            moved(*sealed(b"x" * 500_000), FullDisk(room))
    assert threading.active_count() == before
