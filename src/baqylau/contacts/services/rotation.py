"""Changing the key of identities, while the desk goes on working.

A key is added and seals from then on; every row is sealed and marked anew under it, here and in
the rooms that registered rows of theirs (`contacts.held`); only when no row needs the old key is it
taken away. Stopped anywhere, a second call finishes the work.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from baqylau.contacts import held, keyring
from baqylau.contacts.keyring import Ring
from baqylau.contacts.models import Contact
from baqylau.contacts.sealing import mark, seal, unseal
from baqylau.contacts.services.turns import hold_writers, join_writers
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.imports import silent

CHUNK = 200
"""Rows sealed anew in one transaction, so that others get their turn."""


def begin_anew() -> bool:
    """Make a key where the file is lost for good; returns whether it was made.

    Whoever was kept until then stays closed, and is erased when the time is over.
    Raises: DomainError when keys/ cannot be written.
    """
    return keyring.make()


def rotate(*, progress: Callable[[int, int], None] = silent) -> int:
    """Seal everything under a new key; returns the rows that were sealed anew.

    A rotation that was stopped is finished with the key that it had begun with.
    Raises: DomainError when the file cannot be written, another rotation runs, or a row does not
    open: then both keys stay.
    """
    with keyring.turning():
        keys = keyring.ring()
        if len(keys.keys) == 1:
            keys = keyring.add()
        total = _left(keys).count() + _left_elsewhere(keys)
        done = 0
        while not _finish(done):
            done += _seal_some() + _seal_elsewhere()
            progress(done, max(total, done))
    return done


def _left(keys: Ring) -> QuerySet[Contact]:
    # Rows whose key is lost are not waited for: nobody can open them, and their time will end.
    old = [key_id for key_id in keys.keys if key_id != keys.current]
    return Contact.objects.filter(sealed_with__in=old)


def _left_elsewhere(keys: Ring) -> int:
    return sum(each.left(keys) for each in held.all_held())


def _seal_elsewhere() -> int:
    """Let every other room seal some of its rows, each in a transaction of its own."""
    done = 0
    for each in held.all_held():
        with transaction.atomic():
            join_writers()
            done += each.seal_some(keyring.ring(), CHUNK)
    return done


def _seal_some() -> int:
    with transaction.atomic():
        join_writers()
        keys = keyring.ring()
        rows = list(_left(keys).select_for_update().order_by("id")[:CHUNK])
        for row in rows:
            _seal_anew(row, keys)
        Contact.objects.bulk_update(
            rows, ["sealed_with", "sealed_name", "sealed_phone", "phone_mark"]
        )
    return len(rows)


def _seal_anew(row: Contact, keys: Ring) -> None:
    name = unseal(keys, row.sealed_with, row.key, "name", bytes(row.sealed_name))
    phone = unseal(keys, row.sealed_with, row.key, "phone", bytes(row.sealed_phone))
    row.sealed_name = seal(keys, row.key, "name", name)
    row.sealed_phone = seal(keys, row.key, "phone", phone)
    row.phone_mark = mark(keys.keys[keys.current], phone) if phone else ""
    row.sealed_with = keys.current


def _finish(rows: int) -> bool:
    """Drop the old key while nobody writes, if no row needs it; returns whether it was dropped.

    Rows are sealed and committed before: a key that goes must not be needed by an undone step.
    """
    with transaction.atomic():
        hold_writers()
        keys = keyring.ring()
        if _left(keys).exists() or _left_elsewhere(keys):
            return False
        keyring.drop_all_but_current()
        append(
            action="contacts.rotated",
            actor=SYSTEM,
            payload={"key": keys.current, "rows": rows, "on": clock.today()},
        )
    return True
