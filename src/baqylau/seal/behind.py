"""A small secret behind a passphrase, as an age file that any stock age opens.

The library chooses how much work a guess costs by the clock of the moment: a busy machine would
write a weak file, and a slow one refuse a good file. Here the cost is the same everywhere.

Source: the age file encryption format v1 (C2SP), scrypt recipient stanza and payload.
"""

import base64
import binascii
import hmac
import re
from hashlib import scrypt

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt as decrypt,
)
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt as encrypt,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

WORK = 18
"""log2 of scrypt's cost: 256 MB and about a second for a guess, as stock age writes."""
MOST_WORK = 20
"""What is still opened: a gigabyte."""
LIMIT = 65_536
"""Bytes of a secret: one piece of the format's payload."""
KEY, NONCE = 16, 16
_ZERO, _LAST = bytes(12), bytes(11) + b"\x01"
_HEAD = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"---"
)
_MAC = re.compile(rb" ([A-Za-z0-9+/]{43})\n")
_ARMOUR = (b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----")


class UnopenedError(ValueError):
    """The passphrase is another, or the file is damaged: the format cannot tell."""


class HeavyError(ValueError):
    """The file asks for more memory than we give; `megabytes` says how much."""

    def __init__(self, work: int) -> None:
        super().__init__(f"2^{work}")
        self.megabytes = memory(work)


def memory(work: int = WORK) -> int:
    """Megabytes that one guess takes: 1,024 bytes times the cost."""
    return (1 << work) * 1_024 >> 20


def lock(content: bytes, passphrase: str) -> bytes:
    """Put at most LIMIT bytes behind the passphrase. Raises: ValueError for more."""
    if len(content) > LIMIT:
        raise ValueError("one piece only")
    key, salt, nonce = random(KEY), random(16), random(NONCE)
    body = encrypt(key, None, _ZERO, _derived(passphrase, salt, WORK))
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
        _as_text(salt),
        WORK,
        _as_text(body),
    )
    payload = encrypt(content, None, _LAST, _expanded(key, nonce, b"payload"))
    return b"%s %s\n%s%s" % (head, _as_text(_mac(key, head)), nonce, payload)


def unlock(content: bytes, passphrase: str) -> bytes:
    """Open such a file, armoured or not. Derives one key.

    Raises: UnopenedError; HeavyError before anything is derived.
    """
    content = _bare(content)
    head = _HEAD.match(content)
    told = _MAC.match(content, head.end()) if head else None
    if head is None or told is None:
        raise UnopenedError
    if (work := int(head[2])) > MOST_WORK:
        raise HeavyError(work)
    nonce, payload = content[told.end() :][:NONCE], content[told.end() + NONCE :]
    try:
        key = decrypt(
            _as_bytes(head[3]), None, _ZERO, _derived(passphrase, _as_bytes(head[1]), work)
        )
        if not hmac.compare_digest(_as_text(_mac(key, head[0])), told[1]):
            raise UnopenedError
        return bytes(decrypt(payload, None, _LAST, _expanded(key, nonce, b"payload")))
    except (CryptoError, TypeError, ValueError) as error:
        raise UnopenedError from error


def _derived(passphrase: str, salt: bytes, work: int) -> bytes:
    return scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=2**work,
        r=8,
        p=1,
        maxmem=(2**work * 1_024) + (1 << 24),
        dklen=32,
    )


def _expanded(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256, one block. Source: RFC 5869."""
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), info + b"\x01", "sha256")


def _mac(key: bytes, head: bytes) -> bytes:
    return hmac.digest(_expanded(key, b"", b"header"), head, "sha256")


def _as_text(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _as_bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def _bare(content: bytes) -> bytes:
    lines = content.strip().splitlines()
    if len(lines) < 2 or (lines[0], lines[-1]) != _ARMOUR:
        return content
    try:
        return base64.b64decode(b"".join(lines[1:-1]), validate=True)
    except binascii.Error as error:
        raise UnopenedError from error
