"""How well the search finds the starter services: nDCG@10 by language, script and split."""

import csv
import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from baqylau.text import LANGUAGES, Alias, Document, Index, build_index, read_aliases
from benchmarks.scripts import SCRIPTS
from benchmarks.table import Row, measures

TARGETS = {"kk": 0.85, "ru": 0.65, "mixed": 0.65}
"""Smallest nDCG@10 wanted of each language."""

SCRIPT_LOSS = 0.02
"""Largest loss of nDCG@10 wanted when Kazakh is typed in another script."""

FRESH = "fresh"
"""The split written last, in words that no alias has: how far plain words carry. No target."""

QUERIES = Path(__file__).with_name("services_queries.tsv")

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Query:
    """A question of a resident and the services that answer it, graded 1 to 3."""

    text: str
    language: str
    split: str
    relevance: Mapping[str, int]


def read_queries(path: Path = QUERIES) -> list[Query]:
    """Return the benchmark's queries: columns query, language, split, relevance (code=grade)."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [_query(*line.split("\t")) for line in lines]


def ndcg(found: Sequence[str], relevance: Mapping[str, int]) -> float:
    """Return the normalised discounted cumulative gain of the first ten, 0 to 1.

    Source: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
    ACM TOIS 20 (2002), with the gain 2^grade - 1.
    """
    best = sorted(relevance.values(), reverse=True)
    return _gain(relevance.get(code, 0) for code in found) / _gain(best)


def mean_ndcg(index: Index, queries: Iterable[Query], written: Callable[[str], str] = str) -> float:
    """Return the mean nDCG@10 of the queries, each written by `written`."""
    values = [
        ndcg([hit.code for hit in index.search(written(query.text), DEPTH)], query.relevance)
        for query in queries
    ]
    return sum(values) / len(values)


def select(queries: Iterable[Query], language: str, split: str = "") -> list[Query]:
    """Return the queries of a language, of one split if it is given."""
    return [q for q in queries if q.language == language and split in ("", q.split)]


@cache
def starter_documents() -> tuple[Document, ...]:
    """Return the 90 starter services with their names and aliases, without bodies."""
    seed = files("baqylau") / "catalogue" / "seed"
    aliases: dict[str, list[Alias]] = {}
    for alias in read_aliases((seed / "aliases.tsv").read_text("utf-8").splitlines()):
        aliases.setdefault(alias.code, []).append(alias)
    table = (seed / "services.tsv").read_text("utf-8").splitlines()
    return tuple(
        Document(
            row["code"],
            {language: row[f"name_{language}"] for language in LANGUAGES},
            tuple(aliases.get(row["code"], ())),
        )
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


@cache
def carded_documents() -> tuple[Document, ...]:
    """Return the starter services with the answers and documents of their cards as bodies."""
    cards = files("baqylau") / "catalogue" / "seed" / "services"
    return tuple(
        replace(one, bodies=_bodies(card))
        if (card := cards / f"{one.code}.toml").is_file()
        else one
        for one in starter_documents()
    )


@cache
def starter_index() -> Index:
    """Return the index of the starter services."""
    return build_index(starter_documents())


@measures("search-quality")
def search_quality(short: bool) -> Iterator[Row]:
    """nDCG@10 of the starter services by language and split; Kazakh also by script."""
    index = starter_index()
    queries = read_queries()
    for language, target in TARGETS.items():
        for split in dict.fromkeys(query.split for query in queries):
            chosen = select(queries, language, split)
            plain = mean_ndcg(index, chosen)
            what = f"{language}, {split} ({len(chosen)})"
            goal = "" if split == FRESH else f">= {target}"
            is_met = None if split == FRESH else plain >= target
            yield Row(f"search {what}", plain, "nDCG@10", target=goal, is_met=is_met)
    chosen = select(queries, "kk")
    plain = mean_ndcg(index, chosen)
    for script, written in list(SCRIPTS.items())[1 : 2 if short else None]:
        score = mean_ndcg(index, chosen, written)
        yield Row(
            f"search kk, all ({len(chosen)}), {script}",
            score,
            "nDCG@10",
            "as written",
            plain,
            f">= as written - {SCRIPT_LOSS}",
            score >= plain - SCRIPT_LOSS,
        )


def _query(text: str, language: str, split: str, relevance: str) -> Query:
    grades = (pair.split("=") for pair in relevance.split())
    return Query(text, language, split, {code: int(grade) for code, grade in grades})


def _bodies(card: Traversable) -> dict[str, str]:
    parts = tomllib.loads(card.read_text("utf-8"))
    return {
        code: " ".join([parts[code]["title"], parts[code]["answer"], *parts[code]["documents"]])
        for code in LANGUAGES
    }


def _gain(grades: Iterable[int]) -> float:
    pairs = enumerate(list(grades)[:DEPTH], start=2)
    return math.fsum((2**grade - 1) / math.log2(place) for place, grade in pairs)
