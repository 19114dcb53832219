"""Our own BM25 over compact postings: the same figures wherever the data lies.

Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3 (2009), with k1 = 1.2.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

K1: Final = 1.2
MAX_UPDATES: Final = 8_000
"""Postings read for one field of one query: the rarest terms first, the commonest left out."""


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a term stands: document numbers and what it adds to each."""

    idf: float
    documents: array[int]
    impacts: array[float]


@dataclass(frozen=True, slots=True)
class Field:
    """The postings of one field; immutable, safe to read from many threads."""

    size: int
    postings: Mapping[str, Posting]

    def idf(self, term: str) -> float:
        """Return how telling a term is; a term that stands nowhere is the most telling."""
        posting = self.postings.get(term)
        return posting.idf if posting else _idf(self.size, 0)

    def has(self, term: str, number: int) -> bool:
        """Whether the term stands in the document of that number."""
        posting = self.postings.get(term)
        if not posting:
            return False
        at = bisect_left(posting.documents, number)
        return at < len(posting.documents) and posting.documents[at] == number

    def add(self, totals: list[float], asked: Mapping[str, float], share: float) -> None:
        """Add to each document's total the part of `share` that it covers of the asked terms.

        `asked` gives each term its own weight; a term counts by that weight times its idf.
        """
        worth = (K1 + 1) * sum(weight * self.idf(term) for term, weight in asked.items())
        known = [(self.postings[term], asked[term]) for term in asked if term in self.postings]
        left = MAX_UPDATES
        for posting, weight in sorted(known, key=lambda pair: len(pair[0].documents)):
            scale = share * weight / worth
            for number, impact in zip(posting.documents, posting.impacts, strict=True):
                totals[number] += scale * impact
            left -= len(posting.documents)
            if left < 0:
                break


def build_field(documents: Sequence[Iterable[str]], *, b: float) -> Field:
    """Return the postings of documents given as their terms; `b` is the weight of length, 0-1."""
    counts = [Counter(terms) for terms in documents]
    lengths = [count.total() for count in counts]
    average = sum(lengths) / len(lengths) if any(lengths) else 1.0
    places: dict[str, tuple[array[int], array[float]]] = {}
    for number, count in enumerate(counts):
        scale = K1 * (1 - b + b * lengths[number] / average)
        for term, times in count.items():
            numbers, weights = places.setdefault(term, (array("I"), array("f")))
            numbers.append(number)
            weights.append(times * (K1 + 1) / (times + scale))
    return Field(
        len(counts),
        {term: _posting(len(counts), *place) for term, place in places.items()},
    )


def _posting(size: int, numbers: array[int], weights: array[float]) -> Posting:
    idf = _idf(size, len(numbers))
    return Posting(idf, numbers, array("f", [weight * idf for weight in weights]))


def _idf(size: int, found: int) -> float:
    return math.log(1 + (size - found + 0.5) / (found + 0.5))
