"""Where sealed files lie: beside the open ones, in a folder of their own, all of one day's time."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO

from django.conf import settings

from baqylau.files import store
from baqylau.files.store import Part
from baqylau.kernel import clock

FOLDER = "sealed"


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()


def writing() -> AbstractContextManager[Part]:
    """Write ciphertext; the file's time says the day alone. Raises: DomainError from the disk."""
    return store.writing(FOLDER, _midnight(clock.now().date()))


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
