"""The public register at the scale of the run against itself at a thousand."""

import json
from collections.abc import Iterator

from benchmarks import _sizes as sizes
from benchmarks._browsing import Browser
from benchmarks._growing import Ask, grown, night
from benchmarks._installing import prepared, run
from benchmarks.server import serving
from benchmarks.table import Row, measures

FEW = 1_000
ROUNDS = 15


@measures("promises-scale")
def scale(short: bool) -> Iterator[Row]:
    """How the pages grow, asked of both servers in turns."""
    many = sizes.large(short=short)
    for engine in sizes.engines(short=short):
        with prepared(engine) as small, prepared(engine) as large:
            pages = [
                json.loads(run(site, "-m", "benchmarks._promising", str(count)))["pages"]
                for site, count in ((small, FEW), (large, many))
            ]
            for site in (small, large):
                night(site)
            with serving(small) as (near, _pid), serving(large) as (far, _other):
                browsers = [Browser(near), Browser(far)]
                for name in pages[0]:
                    asks = [
                        _asks(browser, found[name])
                        for browser, found in zip(browsers, pages, strict=True)
                    ]
                    rounds = 3 if short else ROUNDS
                    yield from grown(f"{engine}: {name} at {many:,}", asks, rounds, FEW)


def _asks(browser: Browser, path: str) -> Ask:
    return lambda: browser.get(path).status
