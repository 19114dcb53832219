"""Where sealed files lie: beside the open ones, in a folder of their own, all of one day's time."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, time
from typing import IO

from baqylau.files import store
from baqylau.files.store import Part
from baqylau.kernel import clock

FOLDER = "sealed"


def writing() -> AbstractContextManager[Part]:
    """Write ciphertext; the file's time says the day alone. Raises: DomainError from the disk."""
    midnight = datetime.combine(clock.now().date(), time(), UTC)
    return store.writing(FOLDER, midnight.timestamp())


def reading(digest: str) -> IO[bytes]:
    """Open a ciphertext. Raises: FileNotFoundError."""
    return store.read(digest, FOLDER)


def remove(digest: str) -> None:
    """Delete a ciphertext; safe to repeat."""
    store.path_of(digest, FOLDER).unlink(missing_ok=True)


def all_digests() -> frozenset[str]:
    """Every ciphertext on the disk."""
    return frozenset(store.all_digests(FOLDER))
