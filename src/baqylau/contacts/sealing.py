"""Sealing one field of one person, and the mark by which a phone is found.

XChaCha20-Poly1305 with a random nonce; the row's opaque key and the field's name are bound to the
text, so that no ciphertext opens in another row or field. Texts are padded to 64 bytes: the length
of a name says nothing. The mark is BLAKE2b under a key of its own, derived from the same secret.
"""

import secrets
from hashlib import blake2b

from django.utils.translation import gettext_lazy as _
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as _open,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as _seal,
)
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_NPUBBYTES as NONCE
from nacl.exceptions import CryptoError

from baqylau.contacts.keyring import KeyFileError, Ring

BLOCK = 64
"""Bytes to whose multiples texts are padded."""


def _derived(secret: bytes, use: bytes) -> bytes:
    return blake2b(key=secret, person=use, digest_size=32).digest()


def _bound_to(row: str, field: str) -> bytes:
    return f"baqylau.contacts/{row}/{field}".encode()


def seal(ring: Ring, row: str, field: str, text: str) -> bytes:
    """Seal a text under the current key: nonce, then ciphertext."""
    plain = text.encode()
    padded = len(plain).to_bytes(2, "big") + plain
    padded += bytes(-len(padded) % BLOCK)
    nonce = secrets.token_bytes(NONCE)
    key = _derived(ring.keys[ring.current], b"contacts.seal")
    return nonce + _seal(padded, _bound_to(row, field), nonce, key)


def unseal(ring: Ring, key_id: str, row: str, field: str, sealed: bytes) -> str:
    """Open what `seal` sealed. Raises: KeyFileError when it was changed, or the key is not here."""
    secret = ring.keys.get(key_id)
    if secret is None:
        raise KeyFileError(
            _("The key of this record is missing from keys/contacts.key: %(key)s."),
            params={"key": key_id},
        )
    nonce, content = sealed[:NONCE], sealed[NONCE:]
    try:
        padded = _open(content, _bound_to(row, field), nonce, _derived(secret, b"contacts.seal"))
    except (CryptoError, ValueError, TypeError) as error:
        raise KeyFileError(
            _("A sealed record does not open: it was changed, or the key does not belong to it.")
        ) from error
    length = int.from_bytes(padded[:2], "big")
    return padded[2 : 2 + length].decode()


def mark(secret: bytes, phone: str) -> str:
    """The keyed hash of a normal phone under one secret, hex."""
    key = _derived(secret, b"contacts.mark")
    return blake2b(phone.encode(), key=key, digest_size=32).hexdigest()


def marks(ring: Ring, phone: str) -> list[str]:
    """The marks of a phone under every key that rows may still carry."""
    return [mark(secret, phone) for secret in ring.keys.values()]
