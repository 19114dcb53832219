"""How fast the journal is written and checked."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import django
from django.core.management import call_command
from django.db import connections

from benchmarks.disk import by_turns, committing
from benchmarks.table import Row, measures

TARGET = 20_000
"""Entries per second that `verify` walks at least, at a million entries."""


@contextmanager
def _database() -> Iterator[Path]:
    """An empty database with a journal, in a folder that goes afterwards; returns the folder."""
    django.setup()
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="baqylau-journal-") as folder:
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "default.sqlite3")
        try:
            call_command("migrate", "journal", database="default", verbosity=0)
            yield Path(folder)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


def _fill(count: int) -> float:
    """Write that many entries in batches; returns entries per second."""
    from django.db import transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.journal.services import Draft, append_many  # noqa: PLC0415
    from baqylau.kernel.access import Actor  # noqa: PLC0415

    actor = Actor("bench")
    start = perf_counter()
    for first in range(0, count, 5_000):
        drafts = [
            Draft("case.state", actor, f"case:{n}", {"state": "open", "unit": "311000000", "n": n})
            for n in range(first, min(first + 5_000, count))
        ]
        with transaction.atomic():
            append_many(drafts=drafts)
    return count / (perf_counter() - start)


def _walk() -> float:
    """Entries per second through the whole chain, as `baqylau verify` walks it."""
    from baqylau.journal.chain import Walk  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.journal.queries import rows  # noqa: PLC0415 - rooms load after Django is set up

    walk = Walk("default")
    start = perf_counter()
    wrong = list(walk.over(rows("default")))
    seconds = perf_counter() - start
    if wrong:
        raise RuntimeError("the benchmark's own chain is broken")
    return walk.count / seconds


def _read() -> float:
    """Rows per second of the bare scan, without a digest: the limit of a walk."""
    from baqylau.journal.queries import rows  # noqa: PLC0415 - rooms load after Django is set up

    start = perf_counter()
    count = sum(1 for _row in rows("default"))
    return count / (perf_counter() - start)


def _append() -> None:
    """A single append in a durable transaction of its own."""
    from django.db import transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.journal.services import append  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.kernel.access import Actor  # noqa: PLC0415 - rooms load after Django is set up

    with transaction.atomic():
        append(action="bench.wrote", actor=Actor("bench"))


@measures("journal")
def journal(short: bool) -> Iterable[Row]:
    """Verification, batch and single appends."""
    with _database() as folder:
        yield from _rows(folder, short=short)


def _rows(folder: Path, *, short: bool) -> Iterator[Row]:
    count = 100_000 if short else 1_000_000
    yield Row("append_many, batches of 5,000", _fill(count), "entries/s")
    scan = _read()
    speed = _walk()
    yield Row(
        f"verify the chain, {count:,} entries",
        speed,
        "entries/s",
        "rows/s of the bare scan",
        scan,
        f"≥ {TARGET:,} entries/s",
        speed >= TARGET,
    )
    with committing(folder) as commit:
        appended, raw = by_turns((_append, commit), 1.0 if short else 6.0)
    yield Row("append, one durable commit each", appended, "/s", "raw commits/s", raw)
