"""The keys of identities: one line each in keys/contacts.key, the last one in use.

`id hex`: eight hex digits that name the key in rows, then its 64 hex digits. A rotation adds a line
first and takes the old one away last, so whatever stops it half-way leaves every row readable.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing, sync_folder, write_new

NAME = "contacts.key"
SIZE = 32
"""Bytes of a key."""


class KeyFileError(DomainError):
    """The file of keys cannot be used, or lacks the key of a row."""

    code = "contacts_key"
    status = 500


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """All keys by id, oldest first; the last one seals."""

    keys: dict[str, bytes]

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return next(reversed(self.keys))


def path() -> Path:
    """Where the keys lie: readable by their owner alone, outside var/."""
    return Path(settings.KEYS) / NAME


def _line(key_id: str, key: bytes) -> str:
    return f"{key_id} {key.hex()}\n"


def make() -> bool:
    """Make the first key unless there is one; returns whether it was made.

    Raises: DomainError when keys/ cannot be written.
    """
    content = _line(secrets.token_hex(4), secrets.token_bytes(SIZE))
    with refusing("keys/" + NAME):
        return write_new(path(), content.encode())


def ring() -> Ring:
    """Read the keys.

    None is made here: beside rows that are sealed already a new key would only hide the loss.
    Raises: KeyFileError.
    """
    if not path().exists():
        raise KeyFileError(_("keys/contacts.key is missing: put your copy back."))
    with refusing("keys/" + NAME):
        lines = path().read_text(encoding="ascii", errors="replace").split("\n")
    found = dict(_read(line) for line in lines if line.strip())
    if not found:
        raise _damaged()
    return Ring(found)


def _read(line: str) -> tuple[str, bytes]:
    key_id, _gap, text = line.strip().partition(" ")
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise _damaged() from error
    if len(key_id) != 8 or len(key) != SIZE:
        raise _damaged()
    return key_id, key


def _damaged() -> KeyFileError:
    return KeyFileError(_("keys/contacts.key is damaged: restore it from your copy."))


@contextmanager
def turning() -> Iterator[None]:
    """Let one rotation at a time touch the file. Raises: DomainError when another one runs."""
    lock = path().with_name(NAME + ".lock")
    with refusing("keys/" + NAME), lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KeyFileError(_("Another rotation of the key is running.")) from error
        yield


def add() -> Ring:
    """Add a key and let it seal from now on. Raises: DomainError."""
    held = ring()
    return _write({**held.keys, secrets.token_hex(4): secrets.token_bytes(SIZE)})


def drop_all_but_current() -> Ring:
    """Take the old keys away, for good. Raises: DomainError."""
    held = ring()
    return _write({held.current: held.keys[held.current]})


def _write(keys: dict[str, bytes]) -> Ring:
    """Replace the file whole: it holds the old keys or the new ones, never half of them."""
    content = "".join(_line(key_id, key) for key_id, key in keys.items())
    part = path().with_name(f"{NAME}.{os.getpid()}.part")
    with refusing("keys/" + NAME):
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path())
        sync_folder(path().parent)
    return Ring(keys)
