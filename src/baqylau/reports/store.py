"""Where sealed files lie: beside the open ones, in a folder of their own, all of one day's time."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.files import store
from baqylau.files.store import Part
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError

FOLDER = "sealed"
SPARE = 1 << 30
"""Bytes of the disk that no stranger's file may fill: words still have to be written."""


LATELY = 2 * 86_400
"""Seconds before today whose files are written anew: a night may be missed."""


class NoRoomError(DomainError):
    """The disk has room for words only."""

    code = "no_room"
    status = 503


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()


def writing() -> AbstractContextManager[Part]:
    """Write ciphertext; the file's time says the day alone. Raises: DomainError from the disk."""
    return store.writing(FOLDER, _midnight(clock.now().date()))


def require_room(size: int, unsent: int = 0) -> None:
    """Refuse a file of a stranger when the disk could get full of them.

    `unsent` are the bytes that drafts hold already: they may take half of what is there.
    Raises: NoRoomError.
    """
    root = _root()
    while not root.exists():
        root = root.parent
    if shutil.disk_usage(root).free - SPARE - size < unsent:
        raise NoRoomError(
            _("There is no room for files just now. Send your words: files can come later.")
        )


def reading(digest: str) -> IO[bytes]:
    """Open a ciphertext. Raises: FileNotFoundError."""
    return store.read(digest, FOLDER)


def is_whole(digest: str) -> bool:
    """Whether the ciphertext is there and still what its name says."""
    return not store.damaged(digest, FOLDER)


def remove(digest: str) -> None:
    """Delete a ciphertext; safe to repeat. Its folder goes on telling the day alone."""
    _unlink(store.path_of(digest, FOLDER))


def all_digests() -> frozenset[str]:
    """Every ciphertext on the disk."""
    return frozenset(store.all_digests(FOLDER))


def older_than(day: date) -> frozenset[str]:
    """The ciphertexts that were stored before the day."""
    limit = _midnight(day)
    return frozenset(
        digest
        for digest in store.all_digests(FOLDER)
        if _is_older(store.path_of(digest, FOLDER), limit)
    )


def drop_unfinished(before: date) -> int:
    """Delete what processes that died were writing before the day; returns how many files."""
    limit = _midnight(before)
    old = [part for part in _root().glob(".*.part") if _is_older(part, limit)]
    for part in old:
        _unlink(part)
    return len(old)


def stray_times() -> Iterator[Path]:
    """Files and folders of the store whose times tell more than a day."""
    for place in (_root(), *_root().rglob("*")):
        with suppress(FileNotFoundError):
            if place.stat().st_mtime % 86_400:
                yield place


def forget_moments() -> int:
    """Write the files of the last days anew; returns how many. Safe to repeat, and to kill.

    The file system notes by itself, to the second, when a file came to be and was last touched:
    afterwards it notes this night. Raises: DomainError from the disk.
    """
    today = _midnight(clock.now().date())
    fresh = [
        (digest, at)
        for digest in store.all_digests(FOLDER)
        if today - LATELY <= (at := _time_of(digest)) < today
    ]
    for digest, at in fresh:
        with (
            suppress(FileNotFoundError),
            reading(digest) as source,
            store.writing(FOLDER, at) as target,
        ):
            shutil.copyfileobj(source, target)
    return len(fresh)


def _time_of(digest: str) -> float:
    with suppress(FileNotFoundError):
        return store.path_of(digest, FOLDER).stat().st_mtime
    return 0.0


def _root() -> Path:
    return Path(settings.FILES_ROOT) / FOLDER


def _is_older(path: Path, limit: float) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < limit
    return False


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
    at = _midnight(clock.now().date())
    for folder in {path.parent, _root()}:
        with suppress(FileNotFoundError):
            os.utime(folder, (at, at))
