"""The content store on the local disk: whole or not at all, and on disk before it is named.

A content lies at `<root>/<first two digits>/<digest>`. Writing the same content twice is one file.
A room whose contents are its own business names a `folder` below the root: contents there have no
row in this room, are not swept by it, and travel in every backup.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import reason

PIECE = 65_536
"""Bytes read or written at once."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was written: SHA-256 (hex) and size in bytes."""

    digest: str
    size: int


def path_of(digest: str, folder: str = "") -> Path:
    """Where the content lies. Raises: ValueError for anything but 64 hexadecimal digits."""
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError("not a digest")
    return Path(settings.FILES_ROOT) / folder / digest[:2] / digest


def write(pieces: Iterable[bytes]) -> Content:
    """Store the pieces; when this returns, they survive a power cut.

    Raises: DomainError when the disk is full or cannot be written; nothing is left behind.
    """
    with writing() as part:
        for piece in pieces:
            part.write(piece)
    return part.content


class Part:
    """A content that is being written: `write` piece by piece; `content` when it is stored."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0
        self.content = Content("", 0)

    def write(self, piece: bytes, /) -> int:
        """Add a piece."""
        self._file.write(piece)
        self._hash.update(piece)
        self._size += len(piece)
        return len(piece)

    def finish(self) -> Content:
        """Bring it to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self.content = Content(self._hash.hexdigest(), self._size)
        return self.content


@contextmanager
def writing(folder: str = "", at: float | None = None) -> Iterator[Part]:
    """Write a content piece by piece; after the block it survives a power cut.

    `at` is the time (seconds since 1970) that the file is given in the place of the present one.

    Raises: DomainError when the disk is full or cannot be written; nothing is left behind, as after
    whatever the block itself raises.
    """
    root = Path(settings.FILES_ROOT) / folder
    path = root / f".{secrets.token_hex(8)}.part"
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            part = Part(file)
            yield part
            content = part.finish()
        _name(path, path_of(content.digest, folder), at)
    except OSError as error:
        _drop(path, at)
        raise DomainError(
            _("The file could not be stored: %(reason)s. Nothing was saved."),
            code="not_stored",
            params={"reason": reason(error)},
        ) from error
    except BaseException:
        _drop(path, at)
        raise


def _drop(path: Path, at: float | None) -> None:
    """Leave nothing behind, nor the moment of it where files tell another time."""
    path.unlink(missing_ok=True)
    if at is not None and path.parent.is_dir():
        os.utime(path.parent, (at, at))


def _name(path: Path, target: Path, at: float | None) -> None:
    """Give a whole content its name, on the disk as well."""
    target.parent.mkdir(mode=0o700, exist_ok=True)
    if at is not None:
        os.utime(path, (at, at))
    path.replace(target)
    for folder in (target.parent, target.parent.parent):
        if at is not None:
            os.utime(folder, (at, at))
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(digest: str, folder: str = "") -> BufferedReader:
    """Open a content. Raises: FileNotFoundError."""
    return path_of(digest, folder).open("rb")


def seen(digest: str) -> tuple[int, int] | None:
    """Which file holds the content now: another one when it was written anew; None without any."""
    try:
        found = path_of(digest).stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def remove(digest: str, only: tuple[int, int] | None = None) -> bool:
    """Delete a content; safe to repeat. Returns whether it was deleted.

    With `only` the file that was seen, and none that somebody has written in its place meanwhile:
    it is put aside first, and put back if it is another.
    """
    path, aside = path_of(digest), _aside(digest)
    if only is None:
        path.unlink(missing_ok=True)
        return True
    if seen(digest) != only:
        return False
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    found = aside.stat()
    if (found.st_ino, found.st_mtime_ns) != only:
        aside.rename(path)
        return False
    aside.unlink()
    return True


def _aside(digest: str) -> Path:
    return Path(settings.FILES_ROOT) / f".{digest}.aside"


def put_back() -> int:
    """Put back what a process that died had put aside; returns how many files."""
    left = list(Path(settings.FILES_ROOT).glob(".*.aside"))
    for aside in left:
        aside.rename(path_of(aside.name[1:].removesuffix(".aside")))
    return len(left)


def damaged(digest: str, folder: str = "") -> bool:
    """Whether the content is missing or is no longer what its name says."""
    try:
        with read(digest, folder) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != digest
    except FileNotFoundError:
        return True


def all_digests(folder: str = "") -> Iterator[str]:
    """Every content on disk."""
    for place in sorted((Path(settings.FILES_ROOT) / folder).glob("[0-9a-f][0-9a-f]")):
        yield from sorted(path.name for path in place.iterdir())
