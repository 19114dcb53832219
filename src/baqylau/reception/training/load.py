"""Bring the year, or many times the year.

One unit of scale is a year of one oblast's programme. More units fill the same days with more
visits, for measuring: their visitors who agreed to be known have keys without identities.
"""

import gc
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, time
from itertools import islice

from django.db import connections, transaction

from baqylau.kernel import clock
from baqylau.lawbook.queries.book import working_calendar
from baqylau.reception.models import Consultation
from baqylau.reception.services.bulk import Made, add_consultations
from baqylau.reception.training import rhythm
from baqylau.reception.training.aftermath import follow
from baqylau.reception.training.people import Identities, Keys
from baqylau.reception.training.visits import Town
from baqylau.reception.training.waiting import waiting
from baqylau.reception.training.world import look

EACH = 2_400
"""Consultations for a unit of scale."""
CHUNK = 10_000
"""Consultations written in one transaction."""

Progress = Callable[[int, int], None]


def is_there() -> bool:
    """Whether there are consultations already."""
    return Consultation.objects.exists()


def load(seed: int, scale: int, progress: Progress) -> int:
    """Bring the consultations; none when there are any, or no room to have them in.

    Returns their number.
    """
    today = clock.today()
    world = look(today)
    if is_there() or not world.rooms or not world.people.values:
        return 0
    chance = random.Random(seed)  # noqa: S311 - training data, to be the same every time
    total = EACH * scale
    town = Town(
        world,
        chance,
        Keys(chance) if scale > 1 else Identities(chance, {a.key: a for a in world.people.values}),
        waiting(),
        datetime.combine(today, time(), UTC),
    )
    visits = town.visits(rhythm.slots(chance, working_calendar(), world.rooms, today, total))
    with _without_pauses():
        # Identities are written as visits are drawn: then nothing is drawn ahead.
        chunks = _ahead(visits) if scale > 1 else iter(lambda: list(islice(visits, CHUNK)), [])
        written = _write(chunks, total, progress)
    if scale == 1:
        follow(chance, world, today)
    return written


def _ahead(visits: Iterator[Made]) -> Iterator[list[Made]]:
    """The visits in chunks; the next one is drawn while the database works on the one before."""
    with ThreadPoolExecutor(1) as drawing:
        coming = drawing.submit(lambda: list(islice(visits, CHUNK)))
        while chunk := coming.result():
            coming = drawing.submit(lambda: list(islice(visits, CHUNK)))
            yield chunk
        drawing.submit(connections.close_all).result()


def _write(chunks: Iterator[list[Made]], total: int, progress: Progress) -> int:
    """Write the chunks; returns how many visits there were."""
    written = 0
    for chunk in chunks:
        with transaction.atomic():
            add_consultations(chunk)
        written += len(chunk)
        progress(written, total)
    return written


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Let no search for cycles run: rows hold none, and are freed when their chunk is written."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
