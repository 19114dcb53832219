"""Archives whose list lies: long lists are refused before anything is made of them."""

import io
import struct
import zipfile
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.files.archives import DIRECTORY, MEMBERS, ArchiveError, members
from baqylau.files.sniff import UNKNOWN, media_type

END = b"PK\x05\x06"
WORD = ("[Content_Types].xml", "word/document.xml")


def archive(*names: str, comment: bytes = b"") -> bytes:
    """An archive of empty members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in names:
            packed.writestr(name, "")
        packed.comment = comment
    return target.getvalue()


def numbered(count: int, name: str = "word/{:06}.xml") -> tuple[str, ...]:
    return (*WORD, *(name.format(number) for number in range(count)))


class Watched(io.BytesIO):
    """A file that knows the most that was read of it at once."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.most = max(self.most, len(found))
        return found


def test_members_are_listed_and_the_file_is_rewound() -> None:
    file: IO[bytes] = io.BytesIO(archive(*WORD, comment=b"made by hand"))
    assert [member.filename for member in members(file)] == list(WORD)
    assert file.tell() == 0


def test_as_many_members_as_a_long_letter_has_pass() -> None:
    assert len(members(io.BytesIO(archive(*numbered(MEMBERS - 2))))) == MEMBERS
    assert media_type(io.BytesIO(archive(*numbered(500)))).endswith("document")


@pytest.mark.parametrize(
    "names",
    [numbered(MEMBERS - 1), numbered(1_500, "word/" + "x" * 200 + "{:06}.xml")],
    ids=["too many", "too long"],
)
def test_a_list_that_is_too_long_is_refused_and_never_read_whole(names: tuple[str, ...]) -> None:
    file = Watched(archive(*names))
    with pytest.raises(ArchiveError):
        members(file)
    assert file.most <= DIRECTORY + 1
    assert media_type(Watched(archive(*names))) == UNKNOWN


def test_a_list_that_only_claims_to_be_long_costs_nothing() -> None:
    content = archive(*WORD)
    at = content.rindex(END)
    for size, offset in ((2**32 - 1, 0), (2**31, 5), (DIRECTORY + 1, 2**32 - 1)):
        file = Watched(content[: at + 12] + struct.pack("<LL", size, offset) + content[at + 20 :])
        with pytest.raises(ArchiveError):
            members(file)
        assert file.most <= DIRECTORY + 1


def test_a_large_archive_of_few_members_is_not_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("[Content_Types].xml", "")
        packed.writestr("word/media/photo.jpg", bytes(5_000_000))
    file = Watched(target.getvalue())
    assert len(members(file)) == 2
    assert file.most < 100_000


def test_an_archive_with_long_counters_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some programs write 64-bit counters into every table that they export."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    content = archive(*WORD)
    monkeypatch.undo()
    assert b"PK\x06\x06" in content
    assert [member.filename for member in members(io.BytesIO(content))] == list(WORD)


@given(st.data())
def test_any_bytes_list_a_sane_number_or_are_refused(data: st.DataObject) -> None:
    content = bytearray(archive(*WORD, "word/media/1.png"))
    kind: Any = st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255))
    for at, value in data.draw(st.lists(kind, max_size=12)):
        content[at] = value
    cut = data.draw(st.integers(0, len(content)))
    tail = data.draw(st.binary(max_size=60))
    file = Watched(bytes(content[:cut]) + tail)
    try:
        assert len(members(file)) <= MEMBERS
    except ArchiveError:
        assert not media_type(io.BytesIO(file.getvalue())).endswith("document")
    assert file.most <= DIRECTORY + 1
    assert file.tell() == 0
