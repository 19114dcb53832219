"""What a page of figures costs at a million records, and how fast figures add up."""

import gc
import random
import re
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

import django
from django.core.management import call_command
from django.db import connections

from baqylau.kernel import clock
from baqylau.kernel.figures import Contribution
from benchmarks.table import Row, measures

ALIASES = ("default", "sealed")
SMALL, LARGE = 10_000, 1_000_000
TARGET = 1.5
"""Times its cost at the small size that a page may take at the large one."""
FOLD = 10_000
"""Records per second that are added up at least."""
BATCH = 50_000
ROUNDS = 21
AFTER = datetime(2027, 1, 20, 7, 0, tzinfo=UTC)
"""When the last quarter of the records is over."""
OF_A_KIND = 2
"""Public pages of one kind that are looked at."""
YEAR = 365
Key = tuple[str, str, str, date, str, int]
PAGES = (
    ("list of figures", "/desk/figures/?period=2026"),
    ("cases opened, by body", "/desk/figures/casework.opened/?period=2026&by=body"),
    ("cases closed, by outcome", "/desk/figures/casework.closed/?period=all&by=outcome"),
    ("share solved, by service", "/desk/figures/casework.solved/?period=2026-Q3&by=service"),
    ("days to the outcome, by district", "/desk/figures/casework.days/?period=2026&by=district"),
)


@cache
def _tables() -> dict[str, bytes]:
    """Both databases with every table and nothing in them, by file name: made once in a run."""
    with tempfile.TemporaryDirectory(prefix="baqylau-tables-") as folder, _lying_in(Path(folder)):
        for alias in ALIASES:
            call_command("migrate", database=alias, verbosity=0)
        for alias in ALIASES:
            # The last one to close a file brings its log into it.
            connections[alias].close()
        return {path.name: path.read_bytes() for path in Path(folder).glob("*.sqlite3")}


@contextmanager
def _lying_in(folder: Path) -> Iterator[None]:
    """Let both databases lie in the folder meanwhile."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    for alias in ALIASES:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = str(folder / f"{alias}.sqlite3")
    try:
        yield
    finally:
        for alias, name in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


@contextmanager
def database() -> Iterator[None]:
    """Empty databases of our own, with every table."""
    django.setup()
    tables = _tables()
    with tempfile.TemporaryDirectory(prefix="baqylau-figures-") as folder:
        for name, content in tables.items():
            (Path(folder) / name).write_bytes(content)
        with _lying_in(Path(folder)):
            call_command("collectstatic", interactive=False, verbosity=0)
            yield


def _fill(sums: Counter[Key], chance: random.Random, count: int) -> float:
    """Add so many invented records to the sums and write all of them, as a rebuild does.

    Returns the CPU-seconds that it took, without inventing the records.
    """
    from django.db import transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.figures.rules.adding import add_up  # noqa: PLC0415
    from baqylau.figures.services.writing import replace  # noqa: PLC0415

    seconds = 0.0
    for start in range(0, count, BATCH):
        given = list(_records(chance, min(BATCH, count - start)))
        begun = process_time()
        for key, amount in add_up(given).items():
            sums[key] += amount
        seconds += process_time() - begun
    begun = process_time()
    with transaction.atomic():
        replace({key[0] for key in sums}, sums)
    return seconds + process_time() - begun


def _records(chance: random.Random, count: int) -> Iterator[Contribution]:
    """Records: one in two a case that is opened, the others closed, half of those solved."""
    from baqylau.casework.figures import CLOSED, OPENED, SOLVED  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.casework.taxonomy import SOLVING, ContactKind, Outcome  # noqa: PLC0415 - rooms load after Django is set up

    kinds, outcomes = list(ContactKind), list(Outcome)
    for number in range(count):
        on = date(2026, 1, 1) + timedelta(days=chance.randrange(YEAR))
        cells = {
            "kind": chance.choice(kinds).value,
            "service": f"s{chance.randrange(90):03}",
            "district": f"31{chance.randrange(11):07}",
            "room": f"room{chance.randrange(25):04}",
            "body": f"b{int(chance.random() ** 2 * 300):07}",
        }
        if number % 2:
            yield Contribution(OPENED, on, cells=cells)
            continue
        outcome = chance.choice(outcomes)
        size = min(400, int(chance.expovariate(1 / 30)))
        yield Contribution(CLOSED, on, cells={**cells, "outcome": outcome.value}, size=size)
        if outcome in SOLVING:
            yield Contribution(SOLVED, on, cells=cells)


def _begin() -> None:
    from baqylau.figures.services import catch_up  # noqa: PLC0415 - rooms load after Django is set up

    catch_up()


def _browser() -> Callable[[str], object]:
    """A coordinator at the desk."""
    from tests.cast import make_person  # noqa: PLC0415 - rooms load after Django is set up

    client = make_person("coordinator").client

    def get(address: str) -> object:
        answer = client.get(address, headers={"host": "localhost"})
        if answer.status_code != 200 or '<td class="num"' not in answer.text:
            raise RuntimeError(f"{address} answers {answer.status_code}, or shows nothing")
        return answer

    return get


def _close() -> float:
    """Close the four quarters of the year anew; the seconds that the last of them takes."""
    from baqylau.figures.models import Cell, Closing, Counted  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.figures.rules.spans import choose  # noqa: PLC0415
    from baqylau.figures.services import close  # noqa: PLC0415
    from baqylau.kernel.access import Actor  # noqa: PLC0415

    actor = Actor("bench", frozenset({"coordinator"}))
    for model in (Cell, Counted, Closing):
        model.objects.all().delete()
    seconds = 0.0
    for quarter in range(1, 5):
        chosen = choose(f"2026-Q{quarter}")
        if chosen is None:
            raise RuntimeError("there is no such quarter")
        begun = perf_counter()
        close(actor=actor, chosen=chosen)
        seconds = perf_counter() - begun
    return seconds


def _public() -> tuple[str, ...]:
    """Public pages about numbers, as links lead to them: a few of each kind."""
    from django.test import Client  # noqa: PLC0415 - only once the settings stand

    client, found, left = Client(), [], ["/numbers/"]
    kinds: Counter[str] = Counter()
    while left:
        address = left.pop(0)
        kind = re.sub(r"[0-9A-Za-z.-]*[0-9.][0-9A-Za-z.-]*", "*", address)
        answer = client.get(address, headers={"host": "localhost"})
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        if address in found or kinds[kind] >= OF_A_KIND or not is_page:
            continue
        kinds[kind] += 1
        found.append(address)
        left += re.findall(r'href="(/numbers/[^"#?]*)"', answer.text)
    return tuple(found)


def _visitor() -> Callable[[str], object]:
    """The first on the public site who asks for a page, every time: it is drawn for them."""
    from django.test import Client  # noqa: PLC0415 - only once the settings stand

    from baqylau.web.drawn import pages  # noqa: PLC0415 - rooms load after Django is set up

    client = Client()

    def get(address: str) -> object:
        pages.forget()
        answer = client.get(address, headers={"host": "localhost"})
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        return answer.content

    return get


def _medians(get: Callable[[str], object], pages: Sequence[str]) -> dict[str, float]:
    """CPU-milliseconds of each page; they take turns, so that a slow moment meets them all."""
    taken: dict[str, list[float]] = {address: [] for address in pages}
    for _round in range(ROUNDS):
        for address in pages:
            begun = process_time()
            get(address)
            taken[address].append(process_time() - begun)
    return {address: statistics.median(seconds) * 1e3 for address, seconds in taken.items()}


@measures("figures")
def figures(short: bool) -> Iterator[Row]:
    """Pages of figures at two sizes, in one database that grows."""
    large = LARGE // 10 if short else LARGE
    chance = random.Random(2017)
    with database():
        # A fold without a bookmark would begin anew at the first page, and forget what we add.
        _begin()
        sums: Counter[Key] = Counter()
        _fill(sums, chance, SMALL)
        desk = [address for _name, address in PAGES]
        before = _medians(_browser(), desk)
        with clock.frozen(AFTER):
            closed_small = _close()
            public = _public()
            seen_small = _medians(_visitor(), public)
        seconds = _fill(sums, chance, large - SMALL)
        written = len(sums)
        # A million tuples in our own hands would be walked by every collection of garbage.
        sums.clear()
        gc.collect()
        after = _medians(_browser(), desk)  # The first desk has locked itself meanwhile.
        with clock.frozen(AFTER):
            closed_large = _close()
            seen_large = _medians(_visitor(), public)
    speed = (large - SMALL) / seconds
    yield Row(
        f"figures added up, {written:,} sums written",
        speed,
        "records/CPU-s",
        target=f"≥ {FOLD:,}",
        is_met=speed >= FOLD,
    )
    for name, address in PAGES:
        yield Row(
            f"{name}, {large:,} records",
            after[address],
            "CPU-ms",
            f"CPU-ms at {SMALL:,}",
            before[address],
            f"≤ {TARGET} ×",
            after[address] <= TARGET * before[address],
        )
    for address in public:
        yield Row(
            f"public {address}, {large:,} records",
            seen_large[address],
            "CPU-ms",
            f"CPU-ms at {SMALL:,}",
            seen_small[address],
            f"≤ {TARGET} ×",
            seen_large[address] <= TARGET * seen_small[address],
        )
    yield Row(
        f"closing a quarter, {large:,} records",
        closed_large,
        "s",
        f"s at {SMALL:,}",
        closed_small,
    )
