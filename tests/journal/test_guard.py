"""The database itself refuses to change or remove an entry."""

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F

from baqylau.journal import guard
from baqylau.journal.models import Entry
from tests.journal.chains import findings, unguarded, write

BOTH = ["default", "sealed"]


@pytest.mark.django_db(databases=BOTH)
@pytest.mark.parametrize("alias", BOTH)
def test_both_chains_are_guarded(alias: str) -> None:
    assert guard.is_set(connections[alias])
    with unguarded(connections[alias]):
        assert not guard.is_set(connections[alias])
    assert guard.is_set(connections[alias])


@pytest.mark.django_db(databases=BOTH)
@pytest.mark.parametrize("alias", BOTH)
def test_an_entry_can_neither_be_changed_nor_removed(alias: str) -> None:
    write(2, alias)
    entries = Entry.objects.using(alias)
    for attempt in (
        lambda: entries.update(number=F("number") + 5),
        lambda: entries.filter(number=2).update(actor="somebody else"),
        lambda: entries.filter(number=1).delete(),
        lambda: entries.get(number=2).delete(),
    ):
        with pytest.raises(DatabaseError, match=guard.SENTENCE), transaction.atomic(using=alias):
            attempt()
    assert entries.count() == 2
    assert findings(alias) == []


@pytest.mark.django_db
def test_an_entry_cannot_be_replaced_by_writing_over_it() -> None:
    write(1)
    statement = {
        "sqlite": "INSERT OR REPLACE INTO journal_entry SELECT number, at, action, 'x', subject,"
        " payload, digest FROM journal_entry",
        "postgresql": "TRUNCATE journal_entry",
    }[connection.vendor]
    with (
        pytest.raises(DatabaseError, match=guard.SENTENCE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert findings() == []


@pytest.mark.django_db
def test_the_guard_is_set_twice_without_harm() -> None:
    guard.set_guard(connection)
    assert guard.is_set(connection)
