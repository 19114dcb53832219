"""Leaving nothing of deleted rows in a database's files, on either engine."""

from collections.abc import Sequence

from django.db import connections

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
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        finally:
            writers.release()
