"""Sorting by the Kazakh alphabet, written as digits so that every database agrees."""

import re
import unicodedata
from typing import Final

from baqylau.text.letters import KAZAKH_ALPHABET
from baqylau.text.normalise import normalise

MAX_SORTED: Final = 100
"""Characters of a text that decide its place."""

_PARTS: Final = re.compile(r"(?P<number>[0-9]+)|(?P<gap>[\s\-/]+)|(?P<sign>.)")
_GAP, _NUMBER, _LATIN, _CYRILLIC, _OTHER = 10, 11, 20, 50, 99
_PLACES: Final[dict[str, str]] = {
    **{letter: f"{_LATIN + at}" for at, letter in enumerate("abcdefghijklmnopqrstuvwxyz")},
    **{letter: f"{_CYRILLIC + at}" for at, letter in enumerate(KAZAKH_ALPHABET)},
}


def sort_key(text: str) -> str:
    """Return digits that sort as the Kazakh alphabet does, under any collation of any database.

    Words before longer words, numbers by their value («№ 5» before «№ 12»), Latin before Cyrillic,
    other scripts last; capitals, quotes and punctuation do not count. At most 700 digits.
    """
    line = normalise(text, MAX_SORTED)
    return "".join(_place(part) for part in _PARTS.finditer(line)).strip() if line else ""


def _place(part: re.Match[str]) -> str:
    if part["number"]:
        value = part["number"].lstrip("0")
        return f"{_NUMBER}{len(value):03}{value}"
    return f"{_GAP}" if part["gap"] else _letter(part["sign"])


def _letter(sign: str) -> str:
    if sign in _PLACES:
        return _PLACES[sign]
    base = unicodedata.normalize("NFKD", sign)[0]
    if base in _PLACES:
        return _PLACES[base]
    return f"{_OTHER}{ord(sign):07}" if sign.isalnum() else ""
