"""The backup key, and streams that are sealed to it with age (any stock `age` opens them)."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from django.utils.translation import gettext as _
from pyrage import x25519

from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from baqylau.storage.disk import refusing, write_new

SECRET, PUBLIC = "backup.key", "backup.pub"
PIECE = 1 << 20
KEY_LIMIT = 65_536
"""Bytes of a key file that are read."""


class DamagedError(DomainError):
    """An archive that cannot be opened: cut off, changed, or not ours."""

    code = "damaged"

    def __init__(self) -> None:
        super().__init__(
            _("The archive is damaged, cut off, or no backup of Baqylau. Nothing was restored.")
        )


def make_key() -> bool:
    """Make the backup key unless there is one; returns whether it was made.

    Backups need keys/backup.pub only: keys/backup.key may be moved to a safe place.

    Raises: DomainError when keys/ cannot be written.
    """
    folder = Path(settings.KEYS)
    if (folder / PUBLIC).exists():
        return False
    identity = x25519.Identity.generate()
    public = identity.to_public()
    with refusing("keys/"):
        if not write_new(folder / SECRET, f"# {public}\n{identity}\n".encode()):
            public = identities(folder / SECRET)[0].to_public()
        return write_new(folder / PUBLIC, f"{public}\n".encode(), 0o644)


def recipient() -> x25519.Recipient:
    """Whom backups are sealed to. Raises: DomainError when the public key is missing or damaged."""
    with refusing("keys/" + PUBLIC):
        text = (Path(settings.KEYS) / PUBLIC).read_text(encoding="ascii", errors="replace")
    try:
        return x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise DomainError(_("%(file)s holds no key."), params={"file": "keys/" + PUBLIC}) from error


def recipients() -> list[x25519.Recipient]:
    """Everybody to whom archives are sealed: the backup key, and recovery keys that rooms name.

    Raises: DomainError when the public key is missing or damaged.
    """
    return [recipient(), *recovery()]


def recovery() -> list[x25519.Recipient]:
    """The recovery keys that rooms name; none before a room has one."""
    rooms = (room.recovery_recipients() for room in registry if room.recovery_recipients)
    others = sorted({public for publics in rooms for public in publics})
    return [x25519.Recipient.from_str(public) for public in others]


def content(path: Path) -> bytes:
    """The bytes of a key file. Raises: DomainError when it cannot be read."""
    with refusing(str(path)), path.open("rb") as file:
        return file.read(KEY_LIMIT)


def identities(path: Path) -> list[x25519.Identity]:
    """The secret keys in an age key file. Raises: DomainError when it holds none."""
    return read_identities(content(path), path.name)


def read_identities(content: bytes, name: str) -> list[x25519.Identity]:
    """The secret keys in the bytes of an age key file. Raises: DomainError when it holds none."""
    lines = content.decode("ascii", errors="replace").splitlines()
    try:
        found = [
            x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise DomainError(_("%(file)s holds no key."), params={"file": name})
    return found


@contextmanager
def fed(feed: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A stream to read, filled by `feed` in a thread; what goes wrong there is raised here."""
    reading, writing = os.pipe()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with os.fdopen(writing, "wb") as sink:
                feed(sink)
        except BaseException as error:  # noqa: BLE001 - raised again in the reader's thread
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as source:
            yield source
            while source.read(PIECE):
                """To the end: only the last piece proves that nothing was cut off."""
    except Exception:
        thread.join()
        # The writer's reason comes first, unless it only says that the reader has gone.
        if failures and not _is_gone(failures[0]):
            raise failures[0] from None
        raise
    thread.join()
    if failures:
        raise failures[0]


def _is_gone(error: BaseException) -> bool:
    return isinstance(error, BrokenPipeError) or "roken pipe" in str(error)


def seal(
    feed: Callable[[BinaryIO], None], target: BinaryIO, recipients: Sequence[x25519.Recipient]
) -> None:
    """Seal what `feed` writes into the target."""
    with fed(feed) as source:
        pyrage.encrypt_io(source, target, list(recipients))


@contextmanager
def opened(path: Path, keys: Sequence[x25519.Identity]) -> Iterator[BinaryIO]:
    """The content of a sealed file as a stream.

    Raises: DomainError when no key fits; DamagedError when it is damaged or cut off.
    """

    def feed(sink: BinaryIO) -> None:
        with path.open("rb") as file:
            pyrage.decrypt_io(file, sink, list(keys))

    try:
        with fed(feed) as source:
            yield source
    except pyrage.DecryptError as error:
        if "atching key" in str(error):
            raise DomainError(
                _("This key does not open the archive. Use the key that it was sealed to."),
                code="wrong_key",
            ) from error
        raise DamagedError from error
    except OSError as error:
        # age says in this way, without a system's number, that a piece is not what was sealed.
        if error.errno is None:
            raise DamagedError from error
        raise
