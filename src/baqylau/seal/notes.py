"""A note to several people at once: whoever holds one of the keys opens it, and nobody else.

The plaintext says what the note is about, so that one laid beside another question does not open
here; its length is hidden. Stock `age` opens it.
"""

from collections.abc import Sequence

import pyrage

from baqylau.seal import keys
from baqylau.seal.errors import SealError
from baqylau.seal.ids import checked_id
from baqylau.seal.keys import SecretKey

SIZE = 16 * 1024
"""Bytes of every plaintext, or a multiple of it: short and long notes look alike."""


def seal(text: str, about: str, publics: Sequence[str]) -> bytes:
    """Seal a note to these public keys. Raises: SealError for a key or a name out of form."""
    plain = f"baqylau-note 1\nabout {checked_id(about)}\n\n{text.rstrip()}\n".encode()
    filled = plain + b"\n" * (-len(plain) % SIZE)
    recipients = [keys.recipient(public) for public in publics]
    if not recipients:
        raise SealError("key_unreadable")
    return pyrage.encrypt(filled, recipients)  # type: ignore[no-any-return]  # pyrage has no types


def unseal(own: SecretKey, about: str, sealed: bytes) -> str:
    """The text of a note. Raises: SealError when it is for others, was changed or is not this."""
    try:
        plain = pyrage.decrypt(sealed, [own.identity()]).decode()
    except (pyrage.DecryptError, UnicodeDecodeError):
        raise SealError("wrap_closed") from None
    head, _, text = plain.partition("\n\n")
    if head != f"baqylau-note 1\nabout {checked_id(about)}":
        raise SealError("wrap_closed")
    return str(text.rstrip("\n"))
