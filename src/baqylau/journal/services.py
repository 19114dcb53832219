"""The only way into the journal."""

from collections.abc import Mapping

from django.db import connections, transaction

from baqylau.journal.models import Entry
from baqylau.journal.rules import GENESIS, Value, canonical, link
from baqylau.kernel import clock
from baqylau.kernel.access import Actor

ADVISORY_LOCK = 0x62_71_6C_75
"""PostgreSQL's lock that makes appenders wait for each other."""


def append(
    *,
    action: str,
    actor: Actor,
    subject: str = "",
    payload: Mapping[str, Value] | None = None,
    using: str = "default",
) -> Entry:
    """Add an entry, as the last write of the caller's transaction on `using`.

    In the sealed database the moment is cut to the day.

    Raises: TransactionManagementError outside a transaction; DomainError for a payload that the
    journal does not hold.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "append to the journal inside the transaction that it records"
        )
    text = canonical(payload or {})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    last = Entry.objects.using(using).order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    moment = clock.now()
    at = moment.date().isoformat() if using == "sealed" else moment.isoformat(timespec="seconds")
    return Entry.objects.using(using).create(
        number=number,
        at=at,
        action=action,
        actor=actor.key,
        subject=subject,
        payload=text,
        digest=link(previous, number, at, action, actor.key, subject, text),
    )
