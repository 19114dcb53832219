"""A query as the index reads it: its telling words and the weight of each of their terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

from baqylau.text.analysis import (
    BODY_GRAM,
    NAME_GRAM,
    Word,
    asked_stems,
    grams,
    telling,
    words_of,
)
from baqylau.text.normalise import MAX_QUERY
from baqylau.text.skeleton import readings


@dataclass(frozen=True, slots=True)
class Question:
    """One reading of a query: words, and the weight of each term before its idf."""

    words: tuple[Word, ...]
    grams: Mapping[str, float]
    stems: Mapping[str, float]
    body: Mapping[str, float]


def questions(query: str) -> list[Question]:
    """Return what the query may have meant; empty if it holds no word."""
    written = words_of(query, MAX_QUERY)
    found = []
    for reading in readings(query):
        words = words_of(reading, MAX_QUERY)
        if len(words) == len(written):
            pairs = zip(words, written, strict=True)
            words = [Word(own.written, word.letters) for word, own in pairs]
        if told := telling(words):
            found.append(_question(told))
    return found


def _question(words: list[Word]) -> Question:
    return Question(
        tuple(words),
        _weights(words, lambda letters: grams(letters, NAME_GRAM)),
        _weights(words, asked_stems),
        _weights(words, lambda letters: grams(letters, BODY_GRAM)),
    )


def _weights(words: list[Word], terms_of: Callable[[str], tuple[str, ...]]) -> dict[str, float]:
    """Return the weight of each term: a long word counts more than a short one, but not by length.

    With n terms a word weighs the square root of n.
    """
    weights: dict[str, float] = {}
    for word in words:
        terms = terms_of(word.letters)
        for term in terms:
            weights[term] = weights.get(term, 0.0) + 1 / sqrt(len(terms))
    return weights
