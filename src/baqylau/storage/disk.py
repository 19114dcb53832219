"""Files that are there whole or not at all, and words for what a disk refuses."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError


def reason(error: OSError) -> str:
    """What the system refused, in the reader's language where it is one of the usual things."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _("the disk is full")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return _("writing or reading is not allowed there")
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return _("there is no such place")
    return error.strerror or type(error).__name__


def write_new(path: Path, content: bytes, mode: int = 0o600) -> bool:
    """Write the file and its name to disk unless it exists; returns whether it was written.

    Of several that make it at once, one wins. Raises: OSError.
    """
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces what another process made meanwhile.
        path.hardlink_to(part)
    except FileExistsError:
        return False
    finally:
        part.unlink()
    sync_folder(path.parent)
    return True


def replace_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write the file and its name to disk in the place of what was there: old or new, never half.

    Raises: OSError.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in the folder to disk. Raises: OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def refusing(place: str) -> Iterator[None]:
    """Turn what the disk refuses in the block into one sentence about `place`.

    Raises: DomainError.
    """
    try:
        yield
    except OSError as error:
        raise DomainError(
            _("%(place)s cannot be used: %(reason)s."),
            code="disk",
            params={"place": place, "reason": reason(error)},
        ) from error
