"""What a page of figures costs at a million records, and how fast figures add up."""

import gc
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import django
from django.core.management import call_command
from django.db import connections

from baqylau.kernel.figures import Contribution
from benchmarks.table import Row, measures

SMALL, LARGE = 10_000, 1_000_000
TARGET = 1.5
"""Times its cost at the small size that a page may take at the large one."""
FOLD = 10_000
"""Records per second that are added up at least."""
BATCH = 50_000
ROUNDS = 21
YEAR = 365
Key = tuple[str, str, str, date, str, int]
PAGES = (
    ("list of figures", "/desk/figures/?period=2026"),
    ("cases opened, by body", "/desk/figures/casework.opened/?period=2026&by=body"),
    ("cases closed, by outcome", "/desk/figures/casework.closed/?period=all&by=outcome"),
    ("share solved, by service", "/desk/figures/casework.solved/?period=2026-Q3&by=service"),
    ("days to the outcome, by district", "/desk/figures/casework.days/?period=2026&by=district"),
)


@contextmanager
def _database() -> Iterator[None]:
    """An empty default database of our own, with every table."""
    django.setup()
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="baqylau-figures-") as folder:
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "default.sqlite3")
        try:
            call_command("migrate", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


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
        if answer.status_code != 200 or '<td class="num">' not in answer.text:
            raise RuntimeError(f"{address} answers {answer.status_code}, or shows nothing")
        return answer

    return get


def _medians(get: Callable[[str], object]) -> dict[str, float]:
    """CPU-milliseconds of each page; they take turns, so that a slow moment meets them all."""
    taken: dict[str, list[float]] = {address: [] for _name, address in PAGES}
    for _round in range(ROUNDS):
        for _name, address in PAGES:
            begun = process_time()
            get(address)
            taken[address].append(process_time() - begun)
    return {address: statistics.median(seconds) * 1e3 for address, seconds in taken.items()}


@measures("figures")
def figures(short: bool) -> Iterator[Row]:
    """Pages of figures at two sizes, in one database that grows."""
    large = LARGE // 10 if short else LARGE
    chance = random.Random(2017)
    with _database():
        # A fold without a bookmark would begin anew at the first page, and forget what we add.
        _begin()
        sums: Counter[Key] = Counter()
        _fill(sums, chance, SMALL)
        before = _medians(_browser())
        seconds = _fill(sums, chance, large - SMALL)
        written = len(sums)
        # A million tuples in our own hands would be walked by every collection of garbage.
        sums.clear()
        gc.collect()
        after = _medians(_browser())  # The first desk has locked itself meanwhile.
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
