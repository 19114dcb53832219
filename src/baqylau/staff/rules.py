"""What is decided at the desk without asking anybody: shifts, locks, waits, PINs."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

PIN_SHAPE = re.compile(r"[0-9]{4,8}")
PIN_TRIES = 5
"""Wrong PINs after which only a full sign-in opens the desk."""

PASSPHRASE_LEAST = 10
"""Characters."""
PASSPHRASE_MOST = 200
"""Characters; what is longer is no passphrase but an attack on the hash."""
PASSPHRASE_SCORE = 3
"""Of zxcvbn's 0 to 4: at least 10^8 guesses."""

GRACE = 45
"""Seconds by which the server locks later than the page's own script, which tells of touches every
20 seconds and is believed every 15."""

LONGEST_WAIT = 900
"""Seconds: guesses are slowed down, and never shut out for good."""


def is_pin(text: str) -> bool:
    """Whether the text is 4 to 8 digits and neither one digit repeated nor a plain run."""
    if not PIN_SHAPE.fullmatch(text):
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(text)}
    return steps not in ({0}, {1}, {9})


def is_idle(seen_at: datetime, now: datetime, limit: int) -> bool:
    """Whether nothing was seen for more than `limit` seconds."""
    return now - seen_at > timedelta(seconds=limit)


def is_over(opened_at: datetime, now: datetime, shift: int) -> bool:
    """Whether the shift of `shift` seconds is over, so that a full sign-in is due."""
    return now - opened_at >= timedelta(seconds=shift)


def wait_after(misses: int, free: int) -> int:
    """Seconds to wait after that many wrong guesses: none up to `free`, then doubling from 5."""
    if misses < free:
        return 0
    return int(min(5 * 2 ** min(misses - free, 20), LONGEST_WAIT))
