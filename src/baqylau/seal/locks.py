"""A secret behind something that a person types: salt and cost stand beside it.

version (1 byte, 1) | passes (1) | memory in KiB (4) | salt (16) | nonce (24) | ciphertext
"""

import secrets
import struct

from baqylau.seal import boxes, derive
from baqylau.seal.derive import HEAVIEST, LIGHTEST, SALT, Cost

VERSION = 1
_HEAD = struct.Struct(f">BBI{SALT}s")


class LockError(Exception):
    """The lock does not open: another password, another context, or changed bytes."""


def lock(secret: str, password: str, about: str, cost: Cost) -> bytes:
    """Lock a secret behind a password. Derives one key."""
    head = _HEAD.pack(VERSION, cost.passes, cost.memory, secrets.token_bytes(SALT))
    return head + boxes.seal(_key(head, password), secret.encode(), head + about.encode())


def unlock(locked: bytes, password: str, about: str) -> str:
    """The secret. Derives one key, none when the bytes are no lock. Raises: LockError."""
    head, box = locked[: _HEAD.size], locked[_HEAD.size :]
    try:
        return boxes.unseal(_key(head, password), box, head + about.encode()).decode()
    except (boxes.BoxError, struct.error):
        raise LockError from None


def _key(head: bytes, password: str) -> bytes:
    version, passes, memory, salt = _HEAD.unpack(head)
    if version != VERSION or not (
        LIGHTEST.passes <= passes <= HEAVIEST.passes
        and LIGHTEST.memory <= memory <= HEAVIEST.memory
    ):
        raise LockError
    return derive.from_password(password, salt, Cost(passes, memory))
