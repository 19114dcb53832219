"""The search index: built in memory from documents, immutable, shared by all threads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from baqylau.text.analysis import BODY_GRAM, NAME_GRAM, Word, grams, stems, words_of
from baqylau.text.bm25 import Field, build_field
from baqylau.text.documents import Document, Hit, Why
from baqylau.text.query import Question, questions
from baqylau.text.rows import Row, likest_rows, rows_of, weighed
from baqylau.text.why import recognised

GRAM_SHARE: Final = 0.4
STEM_SHARE: Final = 0.4
ROW_SHARE: Final = 0.2
"""What n-grams, stems and the likest single row add to a score; together 1."""

BODY_SHARE: Final = 0.2
"""What a body adds on top: it helps where names are silent and cannot outshout them."""

NAME_LENGTH_WEIGHT: Final = 0.2
"""BM25's b for names: many aliases are a merit, not a fault."""

BODY_LENGTH_WEIGHT: Final = 0.75
BODY_START: Final = 6
"""Letters of a word that must stand in a body for the word to be recognised there."""

FLOOR: Final = 0.1
"""Below this score nothing is shown: an honest empty list beats a guess."""

LENIENT_FLOOR: Final = 0.15
"""The same where words are recognised only as slips of others: «спартак» is not «стартап»."""

BODY_FLOOR: Final = 0.05
"""The same where only a body answers, which can add no more than its share."""

CANDIDATES: Final = 16
MAX_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class Index:
    """All documents, ready to be searched. Build it with `build_index`."""

    documents: tuple[Document, ...]
    rows: tuple[tuple[Row, ...], ...]
    grams: Field
    stems: Field
    bodies: Field

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best documents for a query, best first; an empty list if none fits.

        Equal scores keep the order in which the documents were given.
        """
        found = [self._answers(question, min(limit, MAX_LIMIT)) for question in questions(query)]
        return max(found, key=lambda hits: hits[0].score if hits else 0.0, default=[])

    def _answers(self, question: Question, limit: int) -> list[Hit]:
        """Return the hits for one reading of the query, best first."""
        scores = self._scores(question)
        idf = {term: self.grams.idf(term) for term in question.grams}
        asked = {term: weight * idf[term] for term, weight in question.grams.items()}
        found = []
        for number in _best(scores, max(CANDIDATES, limit)):
            likeness, rows = likest_rows(self.rows[number], asked, idf)
            found.append((scores[number] + ROW_SHARE * likeness, -number, rows))
        found.sort(key=lambda one: one[:2], reverse=True)
        hits: list[Hit] = []
        for score, number, rows in found:
            if score < BODY_FLOOR or len(hits) == limit:
                break
            why = self._why(question, -number, rows, is_lenient=score >= LENIENT_FLOOR)
            if why and (score >= FLOOR or why.field == "body"):
                hits.append(Hit(self.documents[-number].code, round(min(score, 1.0), 4), why))
        return hits

    def _scores(self, question: Question) -> list[float]:
        """Return a score for every document from names, aliases and bodies, rows left out."""
        totals = [0.0] * len(self.documents)
        self.grams.add(totals, question.grams, GRAM_SHARE)
        self.stems.add(totals, question.stems, STEM_SHARE)
        self.bodies.add(totals, question.body, BODY_SHARE)
        return totals

    def _why(
        self, question: Question, number: int, rows: list[Row], *, is_lenient: bool
    ) -> Why | None:
        """Return what answered: the likest row or a body; None if no word is recognised."""
        for row in rows:
            if words := recognised(question.words, row.words, is_lenient=is_lenient):
                return Why(row.field, row.language, row.text, words)
        if any(self._is_in_body(word, number) for word in question.words):
            return _why_body(question, self.documents[number].bodies)
        return None

    def _is_in_body(self, word: Word, number: int) -> bool:
        start = grams(word.letters[:BODY_START], BODY_GRAM)
        return all(self.bodies.has(gram, number) for gram in start)


def _best(scores: list[float], count: int) -> list[int]:
    """Return the numbers of the `count` best scores above zero, ties included up to twice that."""
    least = min(nlargest(count, scores), default=0.0)
    return [at for at, score in enumerate(scores) if score >= least and score > 0][: 2 * count]


def build_index(documents: Iterable[Document]) -> Index:
    """Return the index of the documents; quick enough to be built anew after every change."""
    given = tuple(documents)
    rows = [rows_of(document) for document in given]
    words = [[word.letters for row in own for word in row.words] for own in rows]
    by_gram = build_field(
        [[gram for word in own for gram in grams(word, NAME_GRAM)] for own in words],
        b=NAME_LENGTH_WEIGHT,
    )
    by_stem = build_field(
        [[stem for word in own for stem in stems(word)] for own in words], b=NAME_LENGTH_WEIGHT
    )
    return Index(
        given,
        tuple(weighed(own, by_gram.idf) for own in rows),
        by_gram,
        by_stem,
        _bodies(given),
    )


def _bodies(documents: tuple[Document, ...]) -> Field:
    """Return the field of the bodies, all languages in one; a word counts once in a document."""
    return build_field(
        [
            [gram for word in _letters_of(one.bodies) for gram in grams(word, BODY_GRAM)]
            for one in documents
        ],
        b=BODY_LENGTH_WEIGHT,
    )


def _letters_of(bodies: Mapping[str, str]) -> set[str]:
    return {word.letters for body in bodies.values() for word in words_of(body)}


def _why_body(question: Question, bodies: Mapping[str, str]) -> Why | None:
    """Return the words found in the body that holds most of them."""
    held = {code: recognised(question.words, words_of(body)) for code, body in bodies.items()}
    language = max(held, key=lambda code: len(held[code]), default="")
    return Why("body", language, "", held[language]) if held.get(language) else None
