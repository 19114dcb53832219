"""Leaving nothing of deleted rows in a database's files, on either engine."""

from collections.abc import Sequence

from django.db import connections
from django.db.backends.utils import CursorWrapper

from baqylau.storage.queue import queue_for


def overwrite_deleted(using: str) -> None:
    """From now on this connection fills with zeros what it deletes (SQLite)."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def rewrite(using: str, tables: Sequence[str]) -> bool:
    """Write the database's files anew from the rows that live; False where that was not possible.

    SQLite: the whole file, then the log is brought in and cut off. PostgreSQL: the tables named.
    Takes a second for each few dozen MB, in which writers wait. Nothing happens inside a
    transaction. False on SQLite says that somebody was still reading the log: ask again.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
            return True
        writers = queue_for(str(connection.settings_dict["NAME"]))
        writers.acquire()
        try:
            cursor.execute("VACUUM")
            return _cut(cursor)
        finally:
            writers.release()


def empty_log(using: str) -> bool:
    """Cut off the log, which tells what was written together, and in which order (SQLite).

    False where that was not possible: inside a transaction, while somebody reads the log for long,
    and on PostgreSQL, which keeps a log of its own.
    """
    connection = connections[using]
    if connection.in_atomic_block or connection.vendor != "sqlite":
        return False
    writers = queue_for(str(connection.settings_dict["NAME"]))
    writers.acquire()
    try:
        with connection.cursor() as cursor:
            return _cut(cursor)
    finally:
        writers.release()


def _cut(cursor: CursorWrapper) -> bool:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not cursor.fetchone()[0]
