"""Sums into rows: added to what is there, in one statement each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections

from baqylau.figures.models import Bin, Tally
from baqylau.figures.rules.adding import Key
from baqylau.figures.rules.spans import UNSIZED
from baqylau.storage.bulk import insert

COLUMNS = ("measure", "dimension", "span", "first_on", "value", "size")
BATCH = 5_000


def _statements(table: str, columns: Sequence[str]) -> tuple[str, str]:
    """How a row is added to, and how it is taken from."""
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    where = " AND ".join(f"{name} = %s" for name in columns)
    add = f"INSERT INTO {table} ({names}, amount) VALUES ({places}, %s)"  # noqa: S608 - constants
    more = f"ON CONFLICT ({names}) DO UPDATE SET amount = {table}.amount + excluded.amount"
    take = f"UPDATE {table} SET amount = amount - %s WHERE {where}"  # noqa: S608 - constants
    return f"{add} {more}", take


TALLIES = _statements("figures_tally", COLUMNS[:-1])
BINS = _statements("figures_bin", COLUMNS)


class NeverGivenError(RuntimeError):
    """A fold takes back what it never gave: a fault of the room that registered it."""


def add(sums: Mapping[Key, int]) -> None:
    """Change the rows by these sums, within the caller's transaction; empty rows go.

    Raises: NeverGivenError when a sum would be taken from a row that is not there.
    """
    adapt = connections["default"].ops.adapt_datefield_value
    for is_bin, statements in ((False, TALLIES), (True, BINS)):
        rows = [
            ((*key[:3], adapt(key[3]), key[4], *key[5 : 5 + is_bin]), amount)
            for key, amount in sorted(sums.items())
            if (key[5] != UNSIZED) == is_bin
        ]
        _run(statements[0], [(*row, amount) for row, amount in rows if amount > 0])
        taken = [(-amount, *row) for row, amount in rows if amount < 0]
        if _run(statements[1], taken) != len(taken):
            raise NeverGivenError("a fold takes back what it never gave")
    if any(amount < 0 for amount in sums.values()):
        Tally.objects.filter(amount=0).delete()
        Bin.objects.filter(amount=0).delete()


def _run(statement: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Run a statement for each row; returns the rows of the table that it met."""
    met = 0
    with connections["default"].cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            cursor.executemany(statement, rows[start : start + BATCH])
            met += cursor.rowcount
    return met


def forget(measures: Iterable[str]) -> None:
    """Delete all rows of the measures, within the caller's transaction."""
    for table in (Tally, Bin):
        table.objects.filter(measure__in=sorted(measures)).delete()


def replace(measures: Iterable[str], sums: Mapping[Key, int]) -> None:
    """Put these sums in the place of all rows of the measures, within the caller's transaction.

    Raises: NeverGivenError for a sum below 0.
    """
    forget(measures)
    if any(amount < 0 for amount in sums.values()):
        raise NeverGivenError("a fold takes back what it never gave")
    ordered = sorted(sums)
    for model, is_bin in ((Tally, False), (Bin, True)):
        rows = ((*key[: 5 + is_bin], sums[key]) for key in ordered if (key[5] != UNSIZED) == is_bin)
        insert(model, (*COLUMNS[: 5 + is_bin], "amount"), rows)
