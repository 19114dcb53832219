"""The content store on the local disk: whole or not at all, and on disk before it is named.

A content lies at `<root>/<first two digits>/<digest>`. Writing the same content twice is one file.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError

PIECE = 65_536
"""Bytes read or written at once."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was written: SHA-256 (hex) and size in bytes."""

    digest: str
    size: int


def path_of(digest: str) -> Path:
    """Where the content lies. Raises: ValueError for anything but 64 hexadecimal digits."""
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError("not a digest")
    return Path(settings.FILES_ROOT) / digest[:2] / digest


def write(pieces: Iterable[bytes]) -> Content:
    """Store the pieces; when this returns, they survive a power cut.

    Raises: DomainError when the disk is full or cannot be written; nothing is left behind.
    """
    root = Path(settings.FILES_ROOT)
    part = root / f".{secrets.token_hex(8)}.part"
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = _write_part(part, pieces)
        target = path_of(content.digest)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        part.replace(target)
        for folder in (target.parent, root):
            _sync_folder(folder)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DomainError(
            _("The file could not be stored: %(reason)s. Nothing was saved."),
            code="not_stored",
            params={"reason": error.strerror or type(error).__name__},
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return content


def _write_part(part: Path, pieces: Iterable[bytes]) -> Content:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return Content(digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(digest: str) -> BufferedReader:
    """Open a content. Raises: FileNotFoundError."""
    return path_of(digest).open("rb")


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


def damaged(digest: str) -> bool:
    """Whether the content is missing or is no longer what its name says."""
    try:
        with read(digest) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != digest
    except FileNotFoundError:
        return True


def all_digests() -> Iterator[str]:
    """Every content on disk."""
    for folder in sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]")):
        yield from sorted(path.name for path in folder.iterdir())
