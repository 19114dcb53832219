"""Small secrets under a key: XChaCha20-Poly1305, bound to what they are about."""

import secrets

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as _open
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as _seal
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_NPUBBYTES as NONCE
from nacl.exceptions import CryptoError


class BoxError(Exception):
    """The box does not open: another key, another context, or changed bytes."""


def seal(key: bytes, content: bytes, about: bytes) -> bytes:
    """A random nonce, then the ciphertext. `about` is not in the box but must be the same again."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _seal(content, about, nonce, key)


def unseal(key: bytes, box: bytes, about: bytes) -> bytes:
    """What `seal` sealed. Raises: BoxError."""
    try:
        return _open(box[NONCE:], about, box[:NONCE], key)
    except (CryptoError, ValueError, TypeError):
        raise BoxError from None
