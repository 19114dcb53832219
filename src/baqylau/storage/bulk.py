"""Many rows at once, below the ORM: for what is brought by the hundred thousand.

Columns are `attname`s. Nothing is checked but by the database's own constraints, so whoever calls
makes the values as a model would.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import connections, models, transaction

Row = Sequence[Any]
FEW = 16
"""Rows up to which PostgreSQL takes one INSERT: COPY asks it twice, and costs more for so few."""
DAYS = 4_096
"""Days whose form in the database is remembered while rows are written."""


def next_ids(model: type[models.Model], count: int, using: str = "default") -> Sequence[int]:
    """Primary keys for `count` new rows, rising; nobody else is given them.

    Raises: TransactionManagementError outside a transaction.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("keys are taken inside a transaction")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1,%s)"
            cursor.execute(sequence, [connection.ops.quote_name(table), count])
            return sorted(number for (number,) in cursor.fetchall())
        # The transaction holds the file's one write lock, so nobody else takes a key meanwhile.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        return range((last[0] if last else 0) + 1, (last[0] if last else 0) + 1 + count)


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Row], using: str = "default"
) -> None:
    """Insert rows of Python values in the order of the columns, within the caller's transaction.

    Raises: IntegrityError; TransactionManagementError outside a transaction.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("rows are inserted inside a transaction")
    known = {field.attname: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in columns]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(fields))
        if connection.vendor == "postgresql":
            left = iter(rows)
            first = list(islice(left, FEW + 1))
            if len(first) <= FEW:
                _several(connection, f"INSERT INTO {table} ({names}) VALUES ", marks, first)  # noqa: S608 - own names
                return
            _copy(connection, cursor, f"COPY {table} ({names}) FROM STDIN", chain(first, left))
            return
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - own names
        converted = _converted(rows, [_converter(field, connection) for field in fields])
        cursor.executemany(statement, converted)


def _several(connection: Any, begin: str, marks: str, rows: Sequence[Row]) -> None:  # noqa: ANN401 - our own wrapper
    if rows:
        several = ", ".join([f"({marks})"] * len(rows))
        connection.bound(begin + several, [cell for row in rows for cell in row])


def _copy(connection: Any, cursor: Any, statement: str, rows: Iterable[Row]) -> None:  # noqa: ANN401 - Django's
    # COPY is psycopg's own: without this its errors would not be Django's.
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def insert_few(rows: Sequence[models.Model], using: str = "default") -> None:
    """Insert new rows of one model, a third of the ORM's work; they do not learn their keys.

    Every field is written as it stands, but for a key that the database gives.

    Raises: as `insert`.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = [each.attname for each in model._meta.concrete_fields if not _is_given(each)]
    insert(model, columns, map(attrgetter(*columns), rows), using)


def _is_given(field: Any) -> bool:  # noqa: ANN401 - any field
    return isinstance(field, models.AutoField)


def _converter(field: Any, connection: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401 - Django's field and connection
    """How a column's values become the database's own; None where they are already."""
    ways = {
        "DateField": connection.ops.adapt_datefield_value,
        "DateTimeField": connection.ops.adapt_datetimefield_value,
    }
    found: Callable[[Any], Any] | None = ways.get(field.get_internal_type())
    # Of many rows few have a day that none before them had.
    return lru_cache(DAYS)(found) if found and field.get_internal_type() == "DateField" else found


def _converted(rows: Iterable[Row], ways: Sequence[Callable[[Any], Any] | None]) -> Any:  # noqa: ANN401 - the stubs ask for a list
    places = [(place, way) for place, way in enumerate(ways) if way]
    if not places:
        yield from rows
        return
    for row in rows:
        cells = list(row)
        for place, way in places:
            cells[place] = way(cells[place])
        yield cells
