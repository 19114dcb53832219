"""The only way into the journal, and the signing of its heads."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from baqylau.journal import keys
from baqylau.journal.heads import SignedHead, sign
from baqylau.journal.models import Entry, Head
from baqylau.journal.rules import GENESIS, Value, canonical, check_words, link
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.storage.bulk import insert

ADVISORY_LOCK = 0x62_71_6C_75
"""PostgreSQL's lock that makes appenders wait for each other."""
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
    row = _linked([Draft(action, actor, subject, payload or {})], using)[0]
    entry = _entry(row)
    entry.save(using=using, force_insert=True)
    return entry


def append_many(*, drafts: Iterable[Draft], using: str = "default") -> None:
    """Add many entries in their order, as the last write of the caller's transaction.

    Raises: as `append`; then none is added.
    """
    insert(Entry, COLUMNS, _linked(drafts, using), using)


Row = tuple[int, str, str, str, str, str, str]
"""An entry's columns: number, at, action, actor, subject, payload, digest."""


def _linked(drafts: Iterable[Draft], using: str) -> list[Row]:
    """The drafts as entries that follow the last one, which stays the last until we commit."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "append to the journal inside the transaction that it records"
        )
    # Everything that can be refused or takes time comes before the lock.
    ready = [_unlinked(draft, using) for draft in drafts]
    number, previous = _last(connection)
    rows: list[Row] = []
    for words in ready:
        number += 1
        previous = link(previous, number, *words)
        rows.append((number, *words, previous))
    return rows


def _last(connection: BaseDatabaseWrapper) -> tuple[int, str]:
    """Number and digest of the last entry; on PostgreSQL under the appenders' lock.

    Written by hand, because every write of every room asks it. Lock and question travel together;
    the question sees what was committed when the lock was given.
    """
    table = connection.ops.quote_name(Entry._meta.db_table)
    question = f"SELECT number, digest FROM {table} ORDER BY number DESC LIMIT 1"  # noqa: S608 - own name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK}); {question}")
            cursor.nextset()
        else:
            cursor.execute(question)
        found: tuple[int, str] | None = cursor.fetchone()
    return found or (0, GENESIS)


def _entry(row: Row) -> Entry:
    return Entry(**dict(zip(COLUMNS, row, strict=True)))


def _unlinked(draft: Draft, using: str) -> tuple[str, str, str, str, str]:
    """When, what, who, about what, with which payload."""
    check_words(action=draft.action, actor=draft.actor.key, subject=draft.subject)
    moment = draft.at or clock.now()
    at = moment.date().isoformat() if using == "sealed" else moment.isoformat(timespec="seconds")
    return at, draft.action, draft.actor.key, draft.subject, canonical(draft.payload)


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
