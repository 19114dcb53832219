"""Counting every open term anew when rules or calendar have changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts_of
from baqylau.casework.rules.clocks import projection
from baqylau.casework.rules.facts import picture_of
from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import SYSTEM
from baqylau.lawbook.queries.book import book

CHUNK = 500

Row = tuple[str, date, date]
"""A case's number, its last day before, its last day now."""


def recount(_reason: str) -> Sequence[Row]:
    """Count the nearest term of every running case anew; returns number, old day, new day of each.

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
    open_cases = Case.objects.running().filter(next_due_on__isnull=False).order_by("id")
    while chunk := list(open_cases.filter(pk__gt=last).select_for_update()[:CHUNK]):
        last = chunk[-1].pk
        yield from _chunk(chunk)


def _chunk(chunk: list[Case]) -> Iterator[tuple[Row, Draft | None]]:
    law, steps = book(), facts_of(chunk)
    changed = []
    for case in chunk:
        old = case.next_due_on
        now = projection(picture_of(steps[case.pk]), law)
        if old is None or now.next_due_on is None:
            continue
        draft = None
        if (old, case.is_unsure) != (now.next_due_on, now.is_unsure):
            case.next_due_on, case.is_unsure = now.next_due_on, now.is_unsure
            changed.append(case)
        if old != now.next_due_on:
            moved = {"old": old, "new": now.next_due_on}
            draft = Draft("casework.recounted", SYSTEM, f"case:{case.number}", {**moved})
        yield (case.number, old, now.next_due_on), draft
    Case.objects.bulk_update(changed, ["next_due_on", "is_unsure"])
