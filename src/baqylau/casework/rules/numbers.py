"""Numbers of cases: Ж-2026-000123. Ж looks like no Latin letter, so nobody mistypes it for one."""

import re

from baqylau.text import tidy

LETTER = "Ж"
LIMIT = 40
SAME_LETTER = {"K": "К", "Қ": "К", "Z": "Ж"}
"""Letters that hands or eyes take for one of a number's."""
_YEAR = re.compile(r"(20\d\d)[^\d]+0*(\d{1,7})\D*")
_SERIAL = re.compile(r"[^\d]{0,4}0*(\d{1,7})")
REFERENCE = re.compile(r"(?=.*\d)[\w№/.()\- ]{1,40}")
LETTERS = 6
"""Letters that the number of a letter may hold: fewer than a name has."""


def case_number(year: int, serial: int) -> str:
    """The number that people read and say."""
    return f"{LETTER}-{year}-{serial:06}"


def reference(number: str) -> str:
    """The number as it stands in addresses: 2026-000123."""
    return number.partition("-")[2]


def read_number(text: str) -> tuple[int | None, int] | None:
    """The year (None if it was left out) and the serial that somebody typed; None for neither.

    The letter may be missing, small or in any script.
    """
    line = tidy(text, LIMIT)
    head = re.match(r"[^\d]{0,4}", line)
    rest = line[head.end() :] if head else line
    if found := _YEAR.fullmatch(rest):
        return int(found[1]), int(found[2])
    if found := _SERIAL.fullmatch(line):
        return None, int(found[1])
    return None


def letter_of(text: str) -> str:
    """The letter before a number that somebody typed, large and Cyrillic; "" when it is missing."""
    head = re.match(r"[^\d]{0,4}", tidy(text, LIMIT))
    letter = next(filter(str.isalpha, head[0] if head else ""), "").upper()
    return SAME_LETTER.get(letter, letter)


def clean_reference(text: str) -> str | None:
    """A letter's number, tidied; None when it is none: it needs a digit and has few letters."""
    line = tidy(text, LIMIT + 1)
    is_number = REFERENCE.fullmatch(line) and sum(map(str.isalpha, line)) <= LETTERS
    return line if is_number else None
