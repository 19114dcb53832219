"""From text to search terms: skeleton words, their n-grams and their stems."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from baqylau.text.normalise import MAX_TEXT, tidy
from baqylau.text.skeleton import skeleton
from baqylau.text.stopwords import STOPWORDS

NAME_GRAM: Final = 3
BODY_GRAM: Final = 4
STEM: Final = 5
"""Letters of a word that carry its meaning: Kazakh and Russian inflect at the end."""

MAX_WORD: Final = 24
MAX_WORDS: Final = 16
"""Words of a query that are searched."""

_SPLIT: Final = re.compile(r"[^\w'’‘ʼʻ`´]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written and as it is compared."""

    written: str
    letters: str


def letters_of(skeletal: str) -> str:
    """Return a skeleton with one sign per sound: «sh» as x and «ch» as c, both free there."""
    return skeletal.replace("sh", "x").replace("ch", "c")


def words_of(text: str, limit: int = MAX_TEXT) -> list[Word]:
    """Return the words of a text in their order, those without a letter or digit left out."""
    found = []
    for written in _SPLIT.split(tidy(text, limit)):
        found += [Word(written, letters[:MAX_WORD]) for letters in _letters(written)]
    return found


def telling(words: list[Word]) -> list[Word]:
    """Return the words that tell what is sought, at most 16; all of them if none does.

    A single letter tells nothing; a single digit does («1 сынып»).
    """
    long = [word for word in words if len(word.letters) > 1 or word.letters.isdigit()]
    kept = [word for word in long if word.letters not in _stop_letters()]
    return (kept or long)[:MAX_WORDS]


@lru_cache(maxsize=65_536)
def grams(letters: str, size: int) -> tuple[str, ...]:
    """Return the n-grams of a word with its beginning marked; short words also count whole."""
    marked = f"_{letters}"
    parts = tuple(marked[at : at + size] for at in range(len(marked) - size + 1))
    return (f"{marked}_", *parts) if len(letters) <= size else parts


@lru_cache(maxsize=65_536)
def stems(letters: str) -> tuple[str, ...]:
    """Return the beginnings under which a word of a document can be found.

    Beginnings of two to five letters, and a short word as a whole.
    """
    parts = tuple(letters[:size] for size in range(2, STEM + 1) if len(letters) >= size)
    return (*parts, f"{letters}_") if len(letters) < STEM else parts


@lru_cache(maxsize=65_536)
def asked_stems(letters: str) -> tuple[str, ...]:
    """Return the beginnings that a word of a query asks for: its longest, or itself if short."""
    if len(letters) >= STEM:
        return (letters[:STEM],)
    return (letters, f"{letters}_") if len(letters) > 1 else (f"{letters}_",)


@lru_cache(maxsize=65_536)
def _letters(written: str) -> tuple[str, ...]:
    return tuple(letters_of(skeleton(written)).split())


@lru_cache(maxsize=1)
def _stop_letters() -> frozenset[str]:
    return frozenset(letters for word in STOPWORDS for letters in _letters(word))
