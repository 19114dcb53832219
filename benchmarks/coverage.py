"""Whom events reached: pages at the scale of the run against the same with a thousand events.

Both have the same register. The answer is made whole each time: nothing is kept between requests.
"""

import json
from collections.abc import Iterator

from benchmarks import _sizes as sizes
from benchmarks._browsing import Browser
from benchmarks._growing import Ask, grown, night
from benchmarks._installing import inside, prepared, run
from benchmarks.server import serving
from benchmarks.table import Row, measures

FEW = 1_000
ROUNDS = 25
PAGES = {
    "coverage": "/reached/",
    "coverage, a year": "/reached/?year={year}",
    "coverage, a campaign": "/reached/?campaign=bribe-free",
    "those not reached in a district": "/reached/districts/{district}/?year={year}",
    "events": "/reached/events/",
    "coverage at the desk": "/desk/coverage/?year={year}",
}


@measures("coverage")
def coverage(short: bool) -> Iterator[Row]:
    """How the pages of coverage grow with the events, on both engines."""
    for engine in sizes.engines(short=short):
        with prepared(engine) as few, prepared(engine) as many:
            known = [
                json.loads(run(site, "-m", "benchmarks._outreach", str(size)))
                for site, size in ((few, FEW), (many, sizes.large(short=short)))
            ]
            yield Row(
                f"{engine}: all events counted anew, {known[1]['reached']:,} institutions reached",
                known[1]["seconds"],
                "s",
            )
            yield Row(
                f"{engine}: counted otherwise than the events say",
                known[1]["wrong"],
                "rows",
                target="0",
                is_met=known[1]["wrong"] == 0,
            )
            for site in (few, many):
                night(site)
            with serving(few) as (near, _pid), serving(many) as (far, _other):
                account = inside(few, "account", "coordinator")
                people = [Browser(base).signed_in(account) for base in (near, far)]
                for name, address in PAGES.items():
                    path = address.format(year=known[0]["year"], district=known[0]["district"])
                    asks = [_asks(person, path) for person in people]
                    rounds = 5 if short else ROUNDS
                    yield from grown(f"{engine}: {name}", asks, rounds, FEW)


def _asks(person: Browser, path: str) -> Ask:
    return lambda: person.get(path).status
