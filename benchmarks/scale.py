"""Pages of the desk with many consultations against the same pages with ten thousand.

How many the larger site has: `benchmarks/_sizes.py`; a million takes a while.
"""

from collections.abc import Iterator

from benchmarks import _sizes as sizes
from benchmarks._browsing import Browser, fields_of
from benchmarks._growing import BASE, Ask, Loaded, grown, loaded
from benchmarks._installing import inside
from benchmarks.server import serving
from benchmarks.table import Row, measures

SPEED = 5_000
"""Rows written in a second; asked of the consultations alone too, each of which brings a dozen."""
ROUNDS = 9


@measures("reception-scale")
def scale(short: bool) -> Iterator[Row]:
    """How fast many are written, and how their pages grow."""
    small, large = sizes.small(BASE, short=short), sizes.large(short=short)
    for engine in sizes.engines(short=short):
        few, many = loaded(engine, small), loaded(engine, large)
        yield from _written(engine, many)
        with serving(few.environment) as (near, _pid), serving(many.environment) as (far, _other):
            sites = (few.environment, near), (many.environment, far)
            yield from _pages(engine, *sites, size=small, short=short)


def _written(engine: str, site: Loaded) -> Iterator[Row]:
    told, cases = site.told["reception"], site.told["casework"]
    speed = told["rows"] / told["seconds"]
    yield Row(
        f"{engine}: {told['rows']:,} consultations written with words and journal",
        speed,
        "/s",
        "/s of its CPU time alone",
        told["rows"] / told["cpu"],
        f"≥ {SPEED:,} /s",
        speed >= SPEED,
    )
    yield Row(
        f"{engine}: rows of consultations, words, calls and journal written",
        told["written"] / told["seconds"],
        "/s",
        target=f"≥ {SPEED:,} /s",
        is_met=told["written"] >= SPEED * told["seconds"],
    )
    yield Row(f"{engine}: {cases['rows']:,} cases written", cases["rows"] / cases["seconds"], "/s")
    yield Row(f"{engine}: memory while they were written, at most", site.told["peak"], "MB")
    yield Row(f"{engine}: figures added up from the journal", site.told["fold"], "s")
    yield Row(f"{engine}: every duty of a night", site.told["night"], "s")


Site = tuple[dict[str, str], str]


def _pages(engine: str, few: Site, many: Site, *, size: int, short: bool) -> Iterator[Row]:
    """Every page on both servers in turns, for two roles; `size` is how many the smaller has."""
    addresses = [inside(site[0], "pages") for site in (few, many)]
    rounds = 3 if short else ROUNDS
    for role in ("adviser", "coordinator"):
        account = inside(few[0], "account", role)
        people = [Browser(base).signed_in(account) for _environment, base in (few, many)]
        for name in addresses[0]:
            where = [found[name] for found in addresses]
            asks = [_asks(person, path) for person, path in zip(people, where, strict=True)]
            yield from grown(f"{engine}: {name}, {role}", asks, rounds, size)
    yield from grown(
        f"{engine}: status page", [_status(*site) for site in (few, many)], rounds, size
    )


def _asks(person: Browser, path: str) -> Ask:
    return lambda: person.get(path).status


def _status(environment: dict[str, str], base: str) -> Ask:
    """A resident asks with number and code."""
    slip, resident = inside(environment, "slip"), Browser(base)

    def ask() -> int:
        form = fields_of(resident.get("/status/").text)
        return resident.post("/status/", form | slip).status

    return ask
