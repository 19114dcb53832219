"""How the sample's open deadlines follow rules and calendar."""

from collections.abc import Sequence
from datetime import date

from baqylau.journal.services import append
from baqylau.kernel.access import SYSTEM
from baqylau.lawbook.queries.book import deadline
from tests.sample.models import Promise


def promise(reference: str, rule: str, start: date) -> Promise:
    """Open a deadline."""
    due_on = deadline(rule, start).due_on
    return Promise.objects.create(reference=reference, rule=rule, start_on=start, due_on=due_on)


def recompute(reason: str) -> Sequence[tuple[str, date, date]]:
    """Count every open deadline anew; returns (reference, old date, new date) of each."""
    rows = []
    for row in Promise.objects.order_by("id"):
        old, row.due_on = row.due_on, deadline(row.rule, row.start_on).due_on
        rows.append((row.reference, old, row.due_on))
        if old != row.due_on:
            row.save(update_fields=["due_on"])
            append(action="sample.moved", actor=SYSTEM, subject=f"promise:{row.pk}")
    return rows
