"""Wrapping anew for a key that is to take another's place, and the one step in which it does."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from baqylau.reports.models import NextKey, NextWrap, Wrap
from baqylau.reports.parts import part_id
from baqylau.reports.services.batches import Done, worked
from baqylau.seal import wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Binding, Role
from baqylau.storage.wiping import overwrite_deleted

Opened = Callable[[Wrap], SecretKey]
"""Gives the secret that a wrap holds. Raises: SealError."""


def waiting(rows: QuerySet[Wrap], coming: NextKey) -> QuerySet[Wrap]:
    """Those wraps that are not wrapped to the coming key yet."""
    staged = NextWrap.objects.filter(key=coming).values("wrap")
    return rows.exclude(pk__in=staged).select_related("report").order_by("pk")


def stage(
    rows: Sequence[Wrap],
    coming: NextKey,
    opened: Opened,
    seconds: float,
    *,
    is_own: bool,
) -> Done:
    """Wrap these anew, in pieces, each of which is kept at once.

    Of one's own wraps those that do not open are passed over for good: nobody else opens them.
    """
    return worked(rows, seconds, partial(_piece, coming, opened, is_own))


def _piece(coming: NextKey, opened: Opened, is_own: bool, rows: Sequence[Wrap]) -> Done:
    made, damaged = [], 0
    for row in rows:
        try:
            wrapped = _wrapped(row, opened(row), coming.public)
        except SealError:
            damaged += 1
            if not is_own:
                continue
            wrapped = b""
        made.append(NextWrap(key=coming, wrap=row, wrapped=wrapped))
    with transaction.atomic(using="sealed"):
        NextWrap.objects.bulk_create(made, ignore_conflicts=True)
    return Done(len(rows) - damaged, damaged=damaged)


def _wrapped(row: Wrap, key: SecretKey, public: str) -> bytes:
    binding = Binding(part_id(row.report_id, row.part), Role(row.role), row.holder)
    return wraps.wrap(key, binding, public)


def take_over(coming: NextKey) -> int:
    """Put what was staged in place of the old wraps, and forget the coming key; returns how many.

    Within the caller's transaction.
    """
    overwrite_deleted("sealed")
    staged = NextWrap.objects.filter(key=coming).exclude(wrapped=b"")
    fresh = staged.filter(wrap=OuterRef("pk")).values("wrapped")[:1]
    number = Wrap.objects.filter(pk__in=staged.values("wrap")).update(wrapped=Subquery(fresh))
    coming.delete()
    return number
