"""The one secret of the desk: codes of slips, marks of guesses, sealed drafts and letters.

It lies in keys/reception.key, outside var/: a copy of the database gives away none of them.
"""

import secrets
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing, write_new

NAME = "reception.key"
SIZE = 32
"""Bytes of the secret."""
CODE_DIGITS = 8


class KeyFileError(DomainError):
    """The secret is missing or damaged."""

    code = "reception_key"
    status = 500


def path() -> Path:
    """Where the secret lies: readable by its owner alone."""
    return Path(settings.KEYS) / NAME


def make() -> bool:
    """Make the secret unless there is one; returns whether it was made. Raises: DomainError."""
    with refusing("keys/" + NAME):
        return write_new(path(), (secrets.token_hex(SIZE) + "\n").encode())


def _secret() -> bytes:
    if not path().exists():
        raise KeyFileError(_("keys/reception.key is missing: put your copy back."))
    with refusing("keys/" + NAME):
        text = path().read_text(encoding="ascii", errors="replace").strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != SIZE:
        raise KeyFileError(_("keys/reception.key is damaged: restore it from your copy."))
    return secret


def _derived(use: str) -> bytes:
    return blake2b(use.encode(), key=_secret(), digest_size=32).digest()


def code_of(number: str, issue: int) -> str:
    """The 8-digit code on the slip with this number, for its first, second … issue.

    Nothing about it is kept: it follows from the number and the secret. Raises: KeyFileError.
    """
    digest = blake2b(f"{number}/{issue}".encode(), key=_derived("code"), digest_size=16).digest()
    return f"{int.from_bytes(digest, 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def mark(text: str, use: str) -> str:
    """A keyed hash, hex: equal for equal texts, and nothing more without the secret."""
    return blake2b(text.encode(), key=_derived("mark/" + use), digest_size=32).hexdigest()


def seal(text: str, row: str) -> bytes:
    """Seal a text for one row; another row's name does not open it. Raises: KeyFileError."""
    return bytes(SecretBox(_derived("seal/" + row)).encrypt(text.encode()))


def unseal(sealed: bytes, row: str) -> str:
    """Open what `seal` sealed. Raises: KeyFileError when it was changed or is another row's."""
    try:
        return SecretBox(_derived("seal/" + row)).decrypt(sealed).decode()
    except (CryptoError, ValueError) as error:
        raise KeyFileError(
            _("A sealed record does not open: it was changed, or the key does not belong to it.")
        ) from error
