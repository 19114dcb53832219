"""Forgetting a person: on request, when the consent is taken back, when the time is over.

What other rooms hold about the person goes too: each registers its own `erase`, and all are asked
in one transaction. Deleted rows are overwritten in the file of an SQLite database and cleaned out
of PostgreSQL's pages, so that no copy stays behind in either.
"""

from django.db import connection, transaction

from baqylau.contacts import queries
from baqylau.contacts.access import ERASE
from baqylau.contacts.models import ActingFor, Consent, Contact, Erasure
from baqylau.contacts.services.noting import locked, note
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import require

TABLES = tuple(model._meta.db_table for model in (Contact, Consent, ActingFor))


def erase(*, actor: Actor, key: str) -> int:
    """Forget a person who asked for it, in every room; returns the rows that went.

    Raises: NotAllowedError; UnknownContactError.
    """
    require(actor, ERASE)
    queries.contact(key)
    rows = _forget_everywhere(actor, key, Erasure.Reason.REQUEST)
    clean_pages()
    return rows


def forget(key: str) -> int:
    """Forget what this room holds about the key; safe to repeat, as a restore replays it."""
    with transaction.atomic():
        rows, is_new = _forget(key, Erasure.Reason.REPLAYED)
        if rows or is_new:
            note("erased", SYSTEM, key, reason=Erasure.Reason.REPLAYED.value)
    return rows


def keep_to_the_rule() -> str:
    """Forget everybody whose time is over or whose consent is taken back; says how many."""
    over = queries.over_on(clock.today())
    for key, reason in over:
        _forget_everywhere(SYSTEM, key, reason)
    clean_pages()
    return f"{len(over)} erased"


def _forget_everywhere(actor: Actor, key: str, reason: str) -> int:
    with transaction.atomic():
        _overwrite_what_is_deleted()
        locked(key)
        # The person's own row goes last: until then others may ask whose phone it is.
        rows = 0
        for other in registry.gather("erase"):
            if other.run is not forget:
                rows += other.run(key)
        rows += _forget(key, reason)[0]
        note("erased", actor, key, reason=reason)
    return rows


def _forget(key: str, reason: str) -> tuple[int, bool]:
    """Delete the rows and remember that it was done; returns the rows and whether it is news."""
    _overwrite_what_is_deleted()
    _row, is_new = Erasure.objects.get_or_create(
        key=key, defaults={"erased_on": clock.today(), "reason": reason}
    )
    found = locked(key)
    return (found.delete()[0] if found else 0), is_new


def _overwrite_what_is_deleted() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def clean_pages() -> None:
    """Let nothing of deleted rows stay in the database's files.

    SQLite: bring the log into the file and cut it off. PostgreSQL: clean the pages of the tables.
    Nothing happens inside a transaction.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {', '.join(TABLES)}")
