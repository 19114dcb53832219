"""Whether recommendations, their steps and the journal say the same; and mending the rows."""

from collections.abc import Iterator
from dataclasses import fields

from django.utils.translation import gettext as _

from baqylau.councils.models import Recommendation
from baqylau.councils.queries.recommendations import facts_of, kind_of, pictured
from baqylau.councils.rules.clocks import Projection, projection
from baqylau.councils.services.writing import show, subject_of
from baqylau.journal.models import Entry
from baqylau.journal.rules import canonical
from baqylau.lawbook.queries.book import book

CHUNK = 500


def _chunks() -> Iterator[list[Recommendation]]:
    last = 0
    rows = Recommendation.objects.select_related("document").order_by("id")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def shown(row: Recommendation) -> Projection:
    """What the row says now."""
    return Projection(**{field.name: getattr(row, field.name) for field in fields(Projection)})


def differences() -> Iterator[str]:
    """One sentence for each recommendation whose row, steps or journal disagree."""
    law = book()
    for chunk in _chunks():
        steps, entries = facts_of(chunk), _journalled(chunk)
        for row in chunk:
            said = [canonical(fact.payload()) for fact in steps[row.pk]]
            name = {"number": row.number or row.code}
            if said != entries.get(subject_of(row), []) or row.steps != len(said):
                yield _("%(number)s: the steps are not those of the journal") % name
            elif shown(row) != projection(pictured(row, steps[row.pk]), kind_of(row), law):
                yield _("%(number)s: the list does not show what the steps say") % name


def _journalled(chunk: list[Recommendation]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    subjects = [subject_of(row) for row in chunk]
    rows = Entry.objects.filter(action="councils.step", subject__in=subjects).order_by("number")
    for subject, payload in rows.values_list("subject", "payload"):
        found.setdefault(subject, []).append(payload)
    return found


def rebuild() -> int:
    """Show in every row what its steps say; returns the rows that were mended."""
    law, mended = book(), 0
    for chunk in _chunks():
        steps = facts_of(chunk)
        for row in chunk:
            now = projection(pictured(row, steps[row.pk]), kind_of(row), law)
            if shown(row) != now:
                show(row, now)
                row.save()
                mended += 1
    return mended
