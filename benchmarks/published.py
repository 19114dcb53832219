"""What everybody sees of a million consultations against the same pages of ten thousand.

Both sites have closed their periods and released their data, as the training year does.
How many the larger one has: `benchmarks/_sizes.py`.
"""

from collections.abc import Iterator

from benchmarks import _sizes as sizes
from benchmarks._browsing import Browser
from benchmarks._growing import BASE, Ask, grown, loaded
from benchmarks._installing import inside
from benchmarks.server import serving
from benchmarks.table import Row, measures

ROUNDS = 15


@measures("published-scale")
def published(short: bool) -> Iterator[Row]:
    """How public pages grow: home, periods, numbers, districts, offices, open data."""
    small, large = sizes.small(BASE, short=short), sizes.large(short=short)
    for engine in sizes.engines(short=short):
        few, many = (loaded(engine, size).environment for size in (small, large))
        told = [inside(site, "publish") for site in (few, many)]
        yield Row(
            f"{engine}: periods closed and released, {large:,} consultations",
            told[1]["seconds"],
            "s",
            f"s with {small:,}",
            told[0]["seconds"],
        )
        yield Row(
            f"{engine}: numbers published of {large:,} consultations",
            told[1]["cells"],
            "cells",
            f"cells with {small:,}",
            told[0]["cells"],
        )
        # Who has numbers to show at both sizes: else a page is held against an empty one.
        found = [inside(site, "public")["pages"] for site in (few, many)]
        pages = [page for page in found[0] if page in found[1]]
        with serving(few) as (near, _pid), serving(many) as (far, _other):
            visitors = [Browser(base) for base in (near, far)]
            for page in pages:
                asks = [_asks(visitor, page) for visitor in visitors]
                rounds = 5 if short else ROUNDS
                yield from grown(f"{engine}: public {page}", asks, rounds, small)


def _asks(visitor: Browser, path: str) -> Ask:
    return lambda: visitor.get(path).status
