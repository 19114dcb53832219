"""Codes of records that stand in addresses: short, drawn by chance, never given twice.

Eight signs of thirty-two are 40 bits: two of a hundred thousand records meet with a chance of one
in two hundred. No sign is taken for another one, and none is a vowel but “a” and “e”, so that words
seldom arise.
"""

import secrets
from typing import Final

SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 8
SHAPE: Final = r"[0-9a-z]{8}"
"""The pattern that every code fits, of this and of earlier alphabets."""


def new_code() -> str:
    """A code for an address: eight signs."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
