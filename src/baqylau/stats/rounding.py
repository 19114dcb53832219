"""Rounding before publication.

Source: the 10-5 rule of the Office for National Statistics: counts below 10 are suppressed, the
rest are rounded to the nearest 5.
"""

THRESHOLD = 10
BASE = 5
SLACK = BASE // 2
"""How far a rounded count may lie from the true one."""


def to_base(count: int) -> int:
    """The nearest multiple of the base."""
    return (count + SLACK) // BASE * BASE


def ten_five(count: int) -> int | None:
    """The count as it may be published; None when it is suppressed.

    Raises: ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a count is never negative")
    return None if count < THRESHOLD else to_base(count)
