"""How fast the search answers at 5,000 services in three languages, against a primary-key read."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from baqylau.text import Document, build_index
from benchmarks.search_quality import read_queries, starter_documents
from benchmarks.table import Row, measures

SERVICES = 5_000
LIMIT = 25
"""Times a primary-key read that the 95th percentile of a search may take."""

ROUNDS = 3
_SEED = 2017


def synthetic_documents(count: int = SERVICES) -> list[Document]:
    """Return services made from the words of the starter ones: names, aliases and bodies.

    Each has a name in three languages and a body of about 60 words in each; English words are
    shuffled letters of the Russian ones, so that the third language brings its own vocabulary.
    """
    chance = random.Random(_SEED)
    starters = starter_documents()
    words = {
        language: sorted({word for one in starters for word in _words(one, language)})
        for language in ("kk", "ru")
    }
    words["en"] = ["".join(chance.sample(word, len(word))) for word in words["ru"]]
    made = list(starters)
    for number in range(len(starters), count):
        like = chance.choice(starters)
        made.append(
            Document(
                f"x{number:04}",
                {code: _text(chance, known, 8) for code, known in words.items()},
                tuple(chance.sample(like.aliases, 6)),
                {code: _text(chance, known, 60) for code, known in words.items()},
            )
        )
    return made


def percentile(seconds: list[float], share: int) -> float:
    """Return a percentile of durations, in seconds."""
    return statistics.quantiles(seconds, n=100)[share - 1]


def side_by_side(
    search: Callable[[str], object], read: Callable[[], object], queries: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Return a duration for each query's search and for a read after it, in seconds.

    Each is the median of three rounds, so that a neighbour on the machine is not taken for us.
    """
    searches, reads = [], []
    for query in queries:
        rounds = [_round(search, read, query) for _ in range(ROUNDS)]
        searches.append(statistics.median(one for one, _ in rounds))
        reads.append(statistics.median(other for _, other in rounds))
    return searches, reads


def primary_key_read() -> Callable[[], object]:
    """Return a read of one row by its primary key, through the ORM, from the product's database."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    database.parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    kinds = apps.get_model("contenttypes", "ContentType").objects
    first = kinds.values_list("pk", flat=True)[0]
    return lambda: kinds.get(pk=first)


@measures("search-speed")
def search_speed(short: bool) -> Iterator[Row]:
    """Time to build the index and to search it at the size of a full catalogue."""
    django.setup()
    documents = synthetic_documents(SERVICES // 10 if short else SERVICES)
    start = time.perf_counter()
    index = build_index(documents)
    built = time.perf_counter() - start
    yield Row(f"index of {len(documents)} services x 3 built", built, "s")
    queries = [query.text for query in read_queries()]
    read = primary_key_read()
    searches, reads = side_by_side(index.search, read, queries)
    slow, limit = percentile(searches, 95) * 1e3, percentile(reads, 50) * 1e3
    yield Row("search, median", percentile(searches, 50) * 1e3, "ms", "ms ORM read by key", limit)
    target, is_met = f"<= {LIMIT} x", slow <= LIMIT * limit
    yield Row("search, 95th percentile", slow, "ms", "ms ORM read by key", limit, target, is_met)


def _round(
    search: Callable[[str], object], read: Callable[[], object], query: str
) -> tuple[float, float]:
    start = time.perf_counter()
    search(query)
    middle = time.perf_counter()
    read()
    return middle - start, time.perf_counter() - middle


def _words(document: Document, language: str) -> list[str]:
    texts = [document.names[language]]
    texts += [alias.text for alias in document.aliases if alias.language == language]
    return [word for text in texts for word in text.split()]


def _text(chance: random.Random, words: list[str], size: int) -> str:
    return " ".join(chance.choices(words, k=size))
