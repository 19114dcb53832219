"""Counting every open term anew when rules or calendar have changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from baqylau.councils.models import Recommendation
from baqylau.councils.queries.recommendations import facts_of, kind_of, pictured
from baqylau.councils.rules.clocks import projection
from baqylau.councils.services.writing import subject_of
from baqylau.councils.taxonomy import WAITING
from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import SYSTEM
from baqylau.lawbook.queries.book import book

CHUNK = 500
Row = tuple[str, date, date]
"""A recommendation's number, its last day before, its last day now."""


def recount(_reason: str) -> Sequence[Row]:
    """Count the term of every answer that is still owed; a body's own promise does not move.

    Raises: LawError when a term can no longer be counted at all: then the change is refused.
    """
    with transaction.atomic():
        rows, drafts = [], []
        for row, draft in _recounted():
            rows.append(row)
            drafts += [draft] if draft else []
        append_many(drafts=drafts)
    return rows


def _recounted() -> Iterator[tuple[Row, Draft | None]]:
    last = 0
    waiting = Recommendation.objects.filter(state__in=WAITING, due_on__isnull=False)
    waiting = waiting.select_related("document").order_by("id").select_for_update(of=("self",))
    while chunk := list(waiting.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield from _chunk(chunk)


def _chunk(chunk: list[Recommendation]) -> Iterator[tuple[Row, Draft | None]]:
    law, steps, changed = book(), facts_of(chunk), []
    for each in chunk:
        old = each.due_on
        now = projection(pictured(each, steps[each.pk]), kind_of(each), law)
        if old is None or now.due_on is None:
            continue
        draft = None
        if (old, each.is_unsure) != (now.due_on, now.is_unsure):
            each.due_on, each.is_unsure = now.due_on, now.is_unsure
            changed.append(each)
        if old != now.due_on:
            moved = {"old": old, "new": now.due_on}
            draft = Draft("councils.recounted", SYSTEM, subject_of(each), {**moved})
        yield (each.number or each.code, old, now.due_on), draft
    Recommendation.objects.bulk_update(changed, ["due_on", "is_unsure"])
