"""Where a line may not break: within a number, and between a number and what it counts."""

import re
from typing import Final

NO_BREAK: Final = "\u00a0"
UNITS: Final = (
    "теңге|тг|тенге|тиын|tenge|KZT|₸|АЕК|МРП|MCI|АЖ|МЗП|млн|млрд|мың|тыс|%|№|жыл|г|ж|сағ|мин|км|м"
)
_GROUPS: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNIT: Final = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?!\w))", re.IGNORECASE)
_BEFORE: Final = re.compile(r"(?<=№) (?=\d)")


def unbroken(text: str) -> str:
    """The text with no-break spaces in "50 851 теңге", "1,25 АЕК" and "№ 12"; nothing else."""
    for place in (_GROUPS, _UNIT, _BEFORE):
        text = place.sub(NO_BREAK, text)
    return text
