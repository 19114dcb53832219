"""The only way into the journal, and the signing of its heads."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connections, transaction

from baqylau.journal import keys
from baqylau.journal.heads import SignedHead, sign
from baqylau.journal.models import Entry, Head
from baqylau.journal.rules import GENESIS, Value, canonical, check_words, link
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.storage.bulk import insert

ADVISORY_LOCK = 0x62_71_6C_75
"""PostgreSQL's lock that makes appenders wait for each other."""
MANY = 100
"""Entries from which on they are inserted below the ORM."""
COLUMNS = tuple(field.attname for field in Entry._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be: what `append` takes, and its own moment for records of another day."""

    action: str
    actor: Actor
    subject: str = ""
    payload: Mapping[str, Value] = field(default_factory=dict)
    at: datetime | None = None


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
    return append_many(drafts=[Draft(action, actor, subject, payload or {})], using=using)[0]


def append_many(*, drafts: Iterable[Draft], using: str = "default") -> list[Entry]:
    """Add many entries in their order, as the last write of the caller's transaction.

    Raises: as `append`; then none is added.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "append to the journal inside the transaction that it records"
        )
    # Everything that can be refused or takes time comes before the lock.
    ready = [_unlinked(draft, using) for draft in drafts]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    last = Entry.objects.using(using).order_by("-number").values_list("number", "digest").first()
    number, previous = last or (0, GENESIS)
    for entry in ready:
        number += 1
        previous = link(
            previous, number, entry.at, entry.action, entry.actor, entry.subject, entry.payload
        )
        entry.number, entry.digest = number, previous
    if len(ready) < MANY:
        return Entry.objects.using(using).bulk_create(ready)
    insert(Entry, COLUMNS, ([entry.__dict__[name] for name in COLUMNS] for entry in ready), using)
    return ready


def _unlinked(draft: Draft, using: str) -> Entry:
    check_words(action=draft.action, actor=draft.actor.key, subject=draft.subject)
    moment = draft.at or clock.now()
    at = moment.date().isoformat() if using == "sealed" else moment.isoformat(timespec="seconds")
    return Entry(
        at=at,
        action=draft.action,
        actor=draft.actor.key,
        subject=draft.subject,
        payload=canonical(draft.payload),
    )


def sign_heads() -> list[SignedHead]:
    """Sign today's head of each chain that has none yet; safe to repeat.

    The sealed chain first gets an entry of its own each day, with a random number in it: so its
    published digest changes daily, and tells nobody whether anything else happened there.

    Raises: DomainError when the key cannot be read or made.
    """
    seed = keys.seed()
    made = []
    for chain in Head.Chain.values:
        if not Head.objects.filter(chain=chain, signed_on=clock.today()).exists():
            head = _sign_sealed(seed) if chain == Head.Chain.SEALED else _sign_default(seed)
            made += [head] if head and _store(head) else []
    return made


def _sign_default(seed: bytes) -> SignedHead | None:
    last = Entry.objects.using("default").order_by("-number").first()
    return sign("default", clock.today(), last.number, last.digest, seed) if last else None


def _sign_sealed(seed: bytes) -> SignedHead:
    payload: dict[str, Value] = {"salt": secrets.token_hex(16)}
    with transaction.atomic(using="sealed"):
        entry = append(action="journal.day", actor=SYSTEM, payload=payload, using="sealed")
    return sign("sealed", clock.today(), None, entry.digest, seed)


def _store(head: SignedHead) -> bool:
    """Keep the head unless another process was first with this day's."""
    with transaction.atomic():
        _kept, is_new = Head.objects.get_or_create(
            chain=head.chain,
            signed_on=head.signed_on,
            defaults={
                "number": head.number,
                "digest": head.digest,
                "key": head.key,
                "signature": head.signature,
            },
        )
    return is_new
