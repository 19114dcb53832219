"""Two ways to let the disk of a running site be full, and to make room again."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from benchmarks.server import family

from tests.crash.living import Site

ROOM = 4_096
"""Bytes that a file of the server may have: less than a page and its head in SQLite's log."""


class Limit:
    """No file that the server writes may pass ROOM: needs no right at all, and runs everywhere.

    What the system answers is EFBIG in the place of ENOSPC. PostgreSQL's own files are written by
    another server, which is not limited: there the disk of the site is full, not the database's.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def fill(self) -> None:
        """No room from now on."""
        self._set(ROOM)

    def free(self) -> None:
        """Room again."""
        self._set(resource.RLIM_INFINITY)

    def _set(self, room: int) -> None:
        for pid in family(self._site.group[0].pid):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))


class Ballast:
    """A file that takes all the room there is on a small file system."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def fill(self) -> None:
        """Write until the disk is full, to the last byte."""
        with self._file.open("ab", buffering=0) as file:
            for size in (1 << 20, 4_096, 1):
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))
        assert os.statvfs(self._file.parent).f_bavail == 0

    def free(self) -> None:
        """Take it away."""
        self._file.unlink()


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own; skips, and says so, where this account may not mount one.

    Its name is short: that of PostgreSQL's socket below it has 107 bytes at most.
    """
    with tempfile.TemporaryDirectory(prefix="disk-") as folder:
        words = ["mount", "-t", "tmpfs", "-o", "size=288m", "none", folder]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip()
            pytest.skip(f"no right to mount ({said}): A SMALL DISK WAS NOT CHECKED HERE")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
