"""How fast the search answers at 5,000 services in three languages, against a primary-key read."""

import random
import statistics
import time
from collections.abc import Callable, Iterable

import django
from django.conf import settings
from django.core.management import call_command

from baqylau.text import Document, build_index
from benchmarks.search_quality import read_queries, starter_documents

SERVICES = 5_000
LIMIT = 25
"""Times a primary-key read that the 95th percentile of a search may take."""

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


def timed(act: Callable[[str], object], inputs: Iterable[str]) -> list[float]:
    """Return how long `act` took for each input, in seconds."""
    taken = []
    for one in inputs:
        start = time.perf_counter()
        act(one)
        taken.append(time.perf_counter() - start)
    return taken


def primary_key_reads(count: int = 2_000) -> list[float]:
    """Return durations of reading one row by its primary key through the ORM, in seconds."""
    if not settings.configured:
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        settings.configure(
            DATABASES={"default": database},
            INSTALLED_APPS=["django.contrib.contenttypes"],
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
        django.setup()
    call_command("migrate", verbosity=0)
    kinds = django.apps.apps.get_model("contenttypes", "ContentType")
    first = str(kinds.objects.values_list("pk", flat=True)[0])
    return timed(lambda key: kinds.objects.get(pk=key), [first] * count)


def main() -> None:
    """Print the time to build, the percentiles of a search and their ratio to the read."""
    documents = synthetic_documents()
    start = time.perf_counter()
    index = build_index(documents)
    built = time.perf_counter() - start
    queries = [query.text for query in read_queries()]
    timed(index.search, queries)
    reads = percentile(primary_key_reads(), 50)
    searches = timed(index.search, queries * 3)
    slow = percentile(searches, 95)
    print(f"build of {len(documents)} documents in 3 languages: {built:.1f} s")
    print(f"search p50 {percentile(searches, 50) * 1e3:.2f} ms, p95 {slow * 1e3:.2f} ms")
    print(f"primary-key read p50 {reads * 1e3:.3f} ms")
    print(f"ratio {slow / reads:.1f}, at most {LIMIT} is wanted")


def _words(document: Document, language: str) -> list[str]:
    texts = [document.names[language]]
    texts += [alias.text for alias in document.aliases if alias.language == language]
    return [word for text in texts for word in text.split()]


def _text(chance: random.Random, words: list[str], size: int) -> str:
    return " ".join(chance.choices(words, k=size))


if __name__ == "__main__":
    main()
