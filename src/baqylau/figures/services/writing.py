"""Sums into rows: added to what is there, in one statement each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connections

from baqylau.figures.models import Tally
from baqylau.figures.rules.adding import Key

COLUMNS = ("measure", "dimension", "span", "first_on", "value", "size")
BATCH = 5_000
_ADD = f"""
    INSERT INTO figures_tally ({", ".join(COLUMNS)}, amount) VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT ({", ".join(COLUMNS)}) DO UPDATE SET amount = figures_tally.amount + excluded.amount
"""  # noqa: S608 - constants
_TAKE = f"""
    UPDATE figures_tally SET amount = amount - %s
    WHERE {" AND ".join(f"{name} = %s" for name in COLUMNS)}
"""  # noqa: S608 - constants


class NeverGivenError(RuntimeError):
    """A fold takes back what it never gave: a fault of the room that registered it."""


def add(sums: Mapping[Key, int]) -> None:
    """Change the rows by these sums, within the caller's transaction; empty rows go.

    Raises: NeverGivenError when a sum would be taken from a row that is not there.
    """
    connection = connections["default"]
    adapt: Callable[[Any], object] = connection.ops.adapt_datefield_value
    given = [(*_adapted(key, adapt), amount) for key, amount in sorted(sums.items()) if amount > 0]
    taken = [(-amount, *_adapted(key, adapt)) for key, amount in sorted(sums.items()) if amount < 0]
    with connection.cursor() as cursor:
        for start in range(0, len(given), BATCH):
            cursor.executemany(_ADD, given[start : start + BATCH])
        for start in range(0, len(taken), BATCH):
            batch = taken[start : start + BATCH]
            cursor.executemany(_TAKE, batch)
            if cursor.rowcount != len(batch):
                raise NeverGivenError("a fold takes back what it never gave")
    if taken:
        Tally.objects.filter(amount=0).delete()


def _adapted(key: Key, adapt: Callable[[Any], object]) -> tuple[Any, ...]:
    measure, dimension, span, first_on, value, size = key
    day = adapt(first_on)
    return (measure, dimension, span, day, value, size)


def replace(measures: Iterable[str], sums: Mapping[Key, int]) -> None:
    """Put these sums in the place of all rows of the measures, within the caller's transaction."""
    Tally.objects.filter(measure__in=sorted(measures)).delete()
    rows = (_row(key, amount) for key, amount in sorted(sums.items()))
    Tally.objects.bulk_create(rows, batch_size=BATCH)


def _row(key: Key, amount: int) -> Tally:
    measure, dimension, span, first_on, value, size = key
    day: date = first_on
    return Tally(
        measure=measure,
        dimension=dimension,
        span=span,
        first_on=day,
        value=value,
        size=size,
        amount=amount,
    )
