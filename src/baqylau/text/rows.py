"""Single names and aliases of a document, compared whole with what was asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from baqylau.text.analysis import NAME_GRAM, Word, grams, words_of
from baqylau.text.documents import Document, FieldName

SHOWN: Final = 3
"""Rows of a document among which the reason for a result is sought."""


@dataclass(frozen=True, slots=True)
class Row:
    """One name or alias: its words, its n-grams without repetition, and their summed idf."""

    field: FieldName
    language: str
    text: str
    words: tuple[Word, ...]
    terms: tuple[str, ...]
    worth: float = 0.0


def rows_of(document: Document) -> list[Row]:
    """Return the rows of a document: its names, then its aliases."""
    names = [_row("name", language, text) for language, text in document.names.items()]
    return names + [_row("alias", alias.language, alias.text) for alias in document.aliases]


def weighed(rows: Iterable[Row], idf: Callable[[str], float]) -> tuple[Row, ...]:
    """Return the rows with their worth, once the whole index knows how telling a term is."""
    return tuple(
        Row(row.field, row.language, row.text, row.words, row.terms, sum(map(idf, row.terms)))
        for row in rows
    )


def likest_rows(
    rows: Sequence[Row], asked: Mapping[str, float], idf: Mapping[str, float]
) -> tuple[float, list[Row]]:
    """Return how like the question the likest row is, 0 to 1, and the three likest rows.

    Likeness is the geometric mean of the share of the question that the row covers and the share
    of the row that the question covers. `asked` gives each term its weight times its idf.
    """
    terms = frozenset(asked)
    worth = sum(asked.values())
    found: list[tuple[float, int]] = []
    for at, row in enumerate(rows):
        common = terms.intersection(row.terms)
        if common:
            covered = sum(asked[term] for term in common) / worth
            found.append((covered * sum(map(idf.__getitem__, common)) / row.worth, -at))
    found.sort(reverse=True)
    likest = [rows[-at] for _, at in found[:SHOWN]]
    return (sqrt(found[0][0]) if found else 0.0), likest


def _row(field: FieldName, language: str, text: str) -> Row:
    words = tuple(words_of(text))
    terms = dict.fromkeys(gram for word in words for gram in grams(word.letters, NAME_GRAM))
    return Row(field, language, text, words, tuple(terms))
