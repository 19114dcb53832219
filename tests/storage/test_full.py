"""A full disk under the database: one sentence, nothing half-written, and on when there is room."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from baqylau.storage.full import FullError
from tests.journal.chains import findings, write

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def full() -> Iterator[None]:
    """SQLite may take no more pages; PostgreSQL is told what it says when it has no room."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # What earlier tests have deleted would still be room.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER no_room BEFORE INSERT ON journal_entry "
                "FOR EACH ROW EXECUTE FUNCTION no_room()"
            )
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA max_page_count = 1073741823")
            else:
                cursor.execute("DROP FUNCTION no_room CASCADE")


def fill() -> None:
    """Write until there is no room, at most as often as a file could not hold."""
    for _number in range(1_000):
        write(1)


@transaction.atomic
def _fill_at_once() -> None:
    for _number in range(1_000):
        with transaction.atomic():
            write(1)


def test_a_full_disk_is_one_sentence_and_nothing_is_half_there() -> None:
    write(2)
    with full():
        with pytest.raises(FullError) as refused:
            fill()
        there = Entry.objects.count()
        with pytest.raises(FullError):
            fill()
    assert isinstance(refused.value, DomainError)
    assert isinstance(refused.value, DatabaseError)
    assert refused.value.status == 503
    assert Entry.objects.count() >= there >= 2
    assert findings() == []
    write(1)
    assert findings() == []


def test_what_was_written_before_in_the_same_transaction_is_undone() -> None:
    write(1)
    before = Entry.objects.count()
    with full(), pytest.raises(FullError):
        _fill_at_once()
    assert Entry.objects.count() == before
    write(1)
    assert findings() == []


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "толып қалды"), ("ru", "не осталось места"), ("en", "is full")]
)
def test_the_sentence_is_in_the_readers_language(language: str, words: str) -> None:
    with translation.override(language):
        assert words in FullError().message
        assert words in str(FullError())


def test_other_errors_keep_their_own_names() -> None:
    with pytest.raises(DatabaseError) as wrong, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not isinstance(wrong.value, FullError)
