"""The key that signs heads: made once, in keys/, never in the database that it vouches for."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from nacl.signing import SigningKey

from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing, write_new

NAME = "journal.key"


def path() -> Path:
    """Where the key lies: 64 hex digits, readable by its owner alone."""
    return Path(settings.KEYS) / NAME


def make() -> bool:
    """Make the key unless there is one; returns whether it was made.

    Raises: DomainError when keys/ cannot be written.
    """
    with refusing("keys/" + NAME):
        return write_new(path(), bytes(SigningKey.generate()).hex().encode() + b"\n")


def seed() -> bytes:
    """The 32 bytes of the key, made now if there is none. Raises: DomainError."""
    make()
    with refusing("keys/" + NAME):
        text = path().read_text(encoding="ascii", errors="replace").strip()
    try:
        content = bytes.fromhex(text)
        SigningKey(content)
    except ValueError as error:
        raise DomainError(_("keys/journal.key is damaged: restore it from your copy.")) from error
    return content


def public() -> str:
    """The public key in hex, or "" when there is no key yet. Raises: DomainError."""
    return bytes(SigningKey(seed()).verify_key).hex() if path().exists() else ""
