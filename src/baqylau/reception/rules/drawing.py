"""Which consultations are checked: a draw that anybody who has the journal can repeat."""

from datetime import date
from hashlib import sha256
from typing import Final

ONE_OF: Final = 10
"""One consultation of so many is drawn."""
_SPAN: Final = 2**64


def seed_of(digest: str, day: date) -> str:
    """The seed of a day's draw, hex, from the digest of a journal entry made after the day."""
    return sha256(f"{digest}:{day.isoformat()}".encode()).hexdigest()


def is_drawn(seed: str, number: str) -> bool:
    """Whether the consultation with the number is drawn: by its own hash, whatever the others."""
    hashed = sha256(f"{seed}:{number}".encode()).digest()
    return int.from_bytes(hashed[:8], "big") * ONE_OF < _SPAN
