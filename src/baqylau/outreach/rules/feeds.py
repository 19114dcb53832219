"""Secrets of calendar addresses."""

import re
from hashlib import sha256
from typing import Final

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{27}", re.ASCII)


def mark_of(token: str) -> str:
    """What is kept of a secret. It is random enough that a plain hash gives nothing away."""
    return sha256(token.encode()).hexdigest()
