"""Why a result was found: which words were recognised, and a short sentence about it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from baqylau.text.analysis import NAME_GRAM, STEM, Word, asked_stems, grams, stems
from baqylau.text.documents import Why

_SLIP_LENGTH: Final = 6
"""Letters of a word that are compared when one may be wrong."""

_LIKE: Final = 0.6
"""Likeness above which two words are taken for forms of one: «внука» and «внуком»."""

_SENTENCES: Final[dict[str, dict[str, str]]] = {
    "name": {
        "kk": "Атауы сәйкес келеді: «{text}»",
        "ru": "Совпадает название: «{text}»",
        "en": "The name matches: “{text}”",
    },
    "alias": {
        "kk": "Ел аузында былай аталады: «{text}»",
        "ru": "В обиходе говорят: «{text}»",
        "en": "People also say: “{text}”",
    },
    "body": {
        "kk": "Мәтінінде кездеседі: {words}",
        "ru": "Встречается в тексте: {words}",
        "en": "Found in the text: {words}",
    },
}


def sentences(why: Why) -> dict[str, str]:
    """Return the reason as one short sentence in each language of the house."""
    words = ", ".join(why.words)
    return {
        language: sentence.format(text=why.text, words=words)
        for language, sentence in _SENTENCES[why.field].items()
    }


def recognised(
    asked: Iterable[Word], known: Iterable[Word], *, is_lenient: bool = True
) -> tuple[str, ...]:
    """Return the asked words, as written, that stand among the known ones.

    A word is recognised by its beginning; leniently also with one letter wrong, missing, added or
    swapped, or by most of its n-grams.
    """
    letters = {word.letters for word in known}
    beginnings = {stem for word in letters for stem in stems(word)}
    return tuple(
        word.written
        for word in asked
        if not beginnings.isdisjoint(asked_stems(word.letters))
        or (is_lenient and any(_is_like(word.letters, other) for other in letters))
    )


def _is_like(one: str, other: str) -> bool:
    """Whether one word may be a slip or another form of the other; the first letter is kept."""
    if one[0] != other[0] or min(len(one), len(other)) < STEM:
        return False
    return not _slips(one).isdisjoint(_slips(other)) or _likeness(one, other) > _LIKE


def _likeness(one: str, other: str) -> float:
    """Return Dice's coefficient of the n-grams of two words, 0 to 1."""
    mine, theirs = grams(one, NAME_GRAM), grams(other, NAME_GRAM)
    return 2 * len(set(mine).intersection(theirs)) / (len(mine) + len(theirs))


@lru_cache(maxsize=16_384)
def _slips(letters: str) -> frozenset[str]:
    """Return the word's beginning with each letter but the first left out once.

    Two beginnings share one of these if one edit or one swap leads from one to the other. The
    first letter stays: hands seldom miss it, and «лотерея» is not «потеря».
    """
    start = letters[:_SLIP_LENGTH]
    return frozenset(start[:at] + start[at + 1 :] for at in range(1, len(start)))
