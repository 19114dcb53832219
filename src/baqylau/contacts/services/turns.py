"""Who writes identities while the key is being changed: everybody, until the old key is dropped."""

from django.db import connection

LOCK = 0x62_71_63_74
"""PostgreSQL's lock; SQLite lets one writer in at a time anyway."""


def join_writers() -> None:
    """Let no key be dropped until the transaction ends.

    Whoever opens a row calls this, then reads the row, then the keys: so the row's key is there.
    """
    _take("SELECT pg_advisory_xact_lock_shared(%s)")


def hold_writers() -> None:
    """Wait for those who write now, and let nobody begin until the transaction ends."""
    _take("SELECT pg_advisory_xact_lock(%s)")


def _take(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [LOCK])
