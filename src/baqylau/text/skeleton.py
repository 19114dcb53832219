"""The script-neutral skeleton: one spelling for a word, whatever keyboard it was typed on."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from baqylau.text.letters import (
    APOSTROPHE_PAIRS,
    APOSTROPHES,
    CYRILLIC,
    LATIN,
    LOOK_ALIKES,
    SECOND_READINGS,
    SPELLINGS,
)
from baqylau.text.normalise import MAX_QUERY, MAX_TEXT, normalise, tidy

MAX_READINGS: Final = 4

_WORD: Final = re.compile(r"\w+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_RUSSIAN: Final = re.compile(r"[А-Яа-яЁё]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_FOREIGN: Final = re.compile(rf"[{''.join(LOOK_ALIKES)}]")
_PAIR: Final = re.compile("|".join(map(re.escape, APOSTROPHE_PAIRS)))
_TWICE: Final = re.compile(r"([a-z])\1+")
_SPELLING: Final = re.compile(
    "|".join(sorted(SPELLINGS, key=len, reverse=True)) + r"|c(?!h)",
)
_TABLE: Final = str.maketrans({**CYRILLIC, **LATIN, **dict.fromkeys(APOSTROPHES, "")})


def skeleton(text: str, limit: int = MAX_TEXT) -> str:
    """Return the text in a-z and 0-9 with single spaces, the same for every script it came in.

    «Жеңілдік», «женилдик», «jeñıldık» and «zhenildik» give one result. Signs of other scripts
    stay as they are. Idempotent; at most `limit` characters.
    """
    folded = normalise(_with_one_script(tidy(text, limit)), limit)
    plain = _PAIR.sub(lambda found: APOSTROPHE_PAIRS[found[0]], folded).translate(_TABLE)
    spelled = _spell("".join(map(_base, plain)))
    # A cut can part two letters of one sound, so what is left is spelled again.
    return spelled if len(spelled) <= limit else _spell(spelled[:limit])


def readings(text: str, limit: int = MAX_QUERY) -> tuple[str, ...]:
    """Return the spellings that a query may have meant, the likeliest first: one to four."""
    found = [normalise(text, limit)]
    for sign, other in SECOND_READINGS:
        if sign in found[0] and len(found) < MAX_READINGS:
            found += [reading.replace(sign, other) for reading in found]
    return tuple(found)


def _with_one_script(text: str) -> str:
    """Return the text with Latin look-alikes inside Cyrillic words put right."""
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return text
    return _WORD.sub(lambda found: _repaired(found[0]), text)


def _repaired(word: str) -> str:
    """Return the word in Cyrillic if it has a Russian letter and all its Latin ones are alike.

    A Kazakh letter alone proves nothing: «kuәlіk» is Latin with the two letters it lacks.
    """
    if not _RUSSIAN.search(word) or len(_FOREIGN.findall(word)) < len(_LATIN.findall(word)):
        return word
    return _FOREIGN.sub(lambda found: LOOK_ALIKES[found[0]], word)


@lru_cache(maxsize=4096)
def _base(sign: str) -> str:
    """Return the sign without its marks; a space for what is neither letter nor digit."""
    if unicodedata.combining(sign):
        return ""
    if sign.isascii() or not sign.isalnum():
        return sign if sign.isalnum() else " "
    parts = unicodedata.normalize("NFKD", sign).casefold().translate(_TABLE)
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return "".join(part if part.isalnum() else " " for part in kept)


def _spell(text: str) -> str:
    """Return the text with each sound in one spelling and no letter doubled."""
    before = ""
    while text != before:
        before = text
        text = _TWICE.sub(r"\1", _SPELLING.sub(lambda found: SPELLINGS.get(found[0], "s"), text))
    return " ".join(text.split())
