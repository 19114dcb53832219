"""Everything that reads the journal."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connections

from baqylau.journal.chain import Row
from baqylau.journal.heads import SignedHead
from baqylau.journal.models import Entry, Head

CHUNK = 5_000
"""Rows that one statement brings: a walk holds no long snapshot and little memory."""

COLUMNS = "number, at, action, actor, subject, payload, digest"


def rows(using: str, after: int | None = None) -> Iterator[Row]:
    """Every entry as a plain tuple, ordered by number; those after a number, if one is given."""
    where = "" if after is None else "WHERE number > %s"
    bounds = [] if after is None else [after]
    while True:
        with connections[using].cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS} FROM journal_entry {where} ORDER BY number LIMIT {CHUNK}",  # noqa: S608 - constants
                bounds,
            )
            found: list[Row] = cursor.fetchall()
        yield from found
        if len(found) < CHUNK:
            return
        where, bounds = "WHERE number > %s", [found[-1][0]]


def last(using: str) -> Entry | None:
    """The newest entry of the chain."""
    return Entry.objects.using(using).order_by("-number").first()


def last_moment() -> datetime | None:
    """When the newest entry of the open chain was written."""
    entry = last("default")
    return datetime.fromisoformat(entry.at) if entry else None


def count(using: str) -> int:
    """How many entries the chain holds."""
    return Entry.objects.using(using).count()


def signed_heads(limit: int | None = None) -> list[SignedHead]:
    """The signed heads of both chains, oldest first; only the newest `limit` of them if given."""
    found = Head.objects.order_by("-signed_on", "-chain")[:limit]
    return [_signed(head) for head in reversed(found)]


def _signed(head: Head) -> SignedHead:
    return SignedHead(
        head.chain, head.signed_on, head.number, head.digest, head.key, head.signature
    )
