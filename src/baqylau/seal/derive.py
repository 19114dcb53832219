"""Keys from what people type (Argon2id, slow) and from random secrets (BLAKE2b, fast)."""

import threading
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

from nacl.pwhash import argon2id

KEY = 32
SALT = 16
KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation takes: passes over `memory` KiB."""

    passes: int
    memory: int


RECEIPT = Cost(passes=5, memory=7 * KIB)
"""Source: OWASP Password Storage Cheat Sheet, Argon2id, the least memory of its list; why, decision
0021 tells. A receipt's 66 random bits do the rest."""
PASSPHRASE = Cost(passes=3, memory=64 * KIB)
"""Source: RFC 9106, second recommended option (it has four lanes; libsodium has one)."""
LIGHTEST, HEAVIEST = Cost(1, 8), Cost(32, 512 * KIB)
"""Bounds of a cost that is read from storage, so that a changed one cannot take all memory."""

_lock = threading.Lock()
_started = 0


def from_password(password: str, salt: bytes, cost: Cost) -> bytes:
    """A key from what a person typed; takes `cost`, and other threads run meanwhile.

    The text is brought to one Unicode form (NFKC): keyboards write the same й in two ways.
    """
    global _started  # noqa: PLW0603 - one counter for the process
    with _lock:
        _started += 1
    typed = unicodedata.normalize("NFKC", password).encode()
    memory = cost.memory * KIB
    return argon2id.kdf(KEY, typed, salt, opslimit=cost.passes, memlimit=memory)


def started() -> int:
    """Derivations from passwords that this process has begun: shows what a request cost."""
    return _started


def from_secret(secret: bytes, use: str, *about: str) -> bytes:
    """A key or a mark from a random secret, for one use; it shows nothing about the secret."""
    hashed = blake2b(key=blake2b(secret, digest_size=KEY).digest(), digest_size=KEY)
    for part in (use, *about):
        content = part.encode()
        hashed.update(len(content).to_bytes(4, "big") + content)
    return hashed.digest()
