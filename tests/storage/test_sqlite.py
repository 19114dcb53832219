"""The embedded engine: durable by its pragmas, and its queue is left whatever happens."""

import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from baqylau.config import databases
from baqylau.storage.queue import queue_for

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]


def test_the_product_asks_for_every_commit_to_be_on_disk(tmp_path: Path) -> None:
    options = databases.sqlite(tmp_path / "x.sqlite3")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    raw = sqlite3.connect(tmp_path / "x.sqlite3")
    raw.executescript(options["init_command"])
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
    raw.close()


def _is_free() -> bool:
    return not queue_for(str(connection.settings_dict["NAME"]))._is_held


def test_the_queue_is_held_during_a_transaction_and_not_after() -> None:
    with transaction.atomic():
        assert not _is_free()
    assert _is_free()


def test_a_failed_transaction_leaves_the_queue() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert _is_free()


def test_a_refused_statement_leaves_the_queue() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert _is_free()


def test_a_closed_connection_leaves_the_queue() -> None:
    transaction.set_autocommit(False)
    connection.close()
    assert _is_free()


def test_reading_takes_no_place_in_the_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert _is_free()
