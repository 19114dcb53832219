"""Files that are there whole or not at all, and words for what a disk refuses."""

import errno
import threading
from pathlib import Path

import pytest
from django.utils import translation

from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import reason, refusing, write_new

pytestmark = pytest.mark.once


def test_a_file_is_written_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    assert write_new(path, b"first")
    assert not write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["key"]


def test_of_many_who_write_at_once_one_wins_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "key"
    won: list[int] = []

    def write(number: int) -> None:
        if write_new(path, str(number).encode() * 1_000):
            won.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert path.read_bytes() == str(won[0]).encode() * 1_000
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


def test_a_full_disk_is_one_sentence() -> None:
    with (
        translation.override("en"),
        pytest.raises(DomainError, match="var/ cannot be used: the disk is full"),
        refusing("var/"),
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        full.write(b"x")


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT])
def test_the_usual_reasons_are_in_the_readers_language(language: str, number: int) -> None:
    with translation.override("en"):
        english = reason(OSError(number, "unknown words"))
    with translation.override(language):
        assert reason(OSError(number, "unknown words")) not in {english, "unknown words"}
    assert reason(OSError(errno.EIO, "own words")) == "own words"
