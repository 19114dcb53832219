"""How long somebody waits who typed wrong codes."""

from datetime import timedelta
from math import ceil
from typing import Final

FREE: Final = 5
"""Wrong codes for one number before the first wait."""
WAITS: Final = (60, 120, 240, 480, 900)
"""Seconds after the fifth wrong code, the sixth and so on; the last one stays."""
BUDGET: Final = 20
"""Wrong codes in a minute for all numbers together."""
MINUTE: Final = timedelta(minutes=1)
KEPT: Final = timedelta(days=1)
"""Wrong codes for a number are forgotten when none was typed for so long."""


def wait(wrong: int, since: timedelta) -> int:
    """Seconds still to wait after `wrong` wrong codes, the last of them `since` ago."""
    if wrong < FREE:
        return 0
    whole = WAITS[min(wrong - FREE, len(WAITS) - 1)]
    return min(whole, max(0, ceil(whole - since.total_seconds())))
