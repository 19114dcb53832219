"""Comparing the lists with the steps, and the steps with the journal."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts_of
from baqylau.casework.rules.clocks import Projection, projection
from baqylau.casework.rules.facts import picture_of
from baqylau.casework.services.writing import show
from baqylau.institutions.queries import institution
from baqylau.journal.models import Entry
from baqylau.journal.rules import canonical
from baqylau.lawbook.queries.book import book

CHUNK = 500


def _chunks() -> Iterator[list[Case]]:
    last = 0
    cases = Case.objects.select_related("body").order_by("id")
    while chunk := list(cases.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def shown(case: Case) -> Projection:
    """What the row says now."""
    return Projection(
        stage=case.stage,
        body=case.body.code if case.body else "",
        person=case.person,
        procedure=case.procedure,
        next_due_on=case.next_due_on,
        is_unsure=case.is_unsure,
        outcome=case.outcome,
        closed_on=case.closed_on,
    )


def differences() -> Iterator[str]:
    """One sentence for each case whose row, steps or journal disagree, and each gap in numbers."""
    law = book()
    for chunk in _chunks():
        steps, entries = facts_of(chunk), _journalled(chunk)
        for case in chunk:
            said = [canonical(fact.payload()) for fact in steps[case.pk]]
            if said != entries.get(f"case:{case.number}", []) or case.steps != len(said):
                yield _("%(number)s: the steps are not those of the journal") % {
                    "number": case.number
                }
            elif shown(case) != projection(picture_of(steps[case.pk]), law):
                yield _("%(number)s: the list does not show what the steps say") % {
                    "number": case.number
                }
    yield from _gaps()


def _journalled(chunk: list[Case]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    subjects = [f"case:{case.number}" for case in chunk]
    rows = Entry.objects.filter(action="casework.step", subject__in=subjects).order_by("number")
    for subject, payload in rows.values_list("subject", "payload"):
        found.setdefault(subject, []).append(payload)
    return found


def _gaps() -> Iterator[str]:
    years = Case.objects.order_by().values("year").annotate(most=Max("serial"), many=Count("id"))
    for row in years:
        if row["most"] != row["many"]:
            yield _("%(year)s: numbers of cases are missing: %(count)s") % {
                "year": row["year"],
                "count": row["most"] - row["many"],
            }


def rebuild() -> int:
    """Show in every row what its steps say; returns the rows that were mended."""
    law, mended = book(), 0
    for chunk in _chunks():
        steps = facts_of(chunk)
        for case in chunk:
            now = projection(picture_of(steps[case.pk]), law)
            if shown(case) != now:
                show(case, now, institution(now.body).pk if now.body else None)
                case.save()
                mended += 1
    return mended
