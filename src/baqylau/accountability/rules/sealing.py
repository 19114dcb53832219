"""What fixes an account: a digest of its content, signed with the log's head."""

import hashlib
from typing import Any

from baqylau.figures.rules.answers import canonical

FORMAT = "baqylau account 1"


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 (hex) of the content as canonical JSON."""
    return hashlib.sha256(canonical(content)).hexdigest()


def message(account: str, number: int, head: str, content_digest: str) -> bytes:
    """The bytes that are signed: ASCII, parts separated by one space.

    `account` is contract, period and version, parted by a slash.
    """
    return f"{FORMAT} {account} {number} {head} {content_digest}".encode("ascii")
