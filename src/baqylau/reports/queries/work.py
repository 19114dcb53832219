"""What waits for an officer, in the worklist: days and addresses, never a word of a report."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.work import Asked, Only, Task
from baqylau.reports.access import READ
from baqylau.reports.models import Report
from baqylau.reports.queries.listing import held_by
from baqylau.reports.rules.states import OPEN

MEANT = frozenset({Only.ALL, Only.MINE, Only.OVERDUE, Only.WEEK})
DIGITS = 14
"""Hexadecimal digits of a report's id that make its number among the tasks of a day."""
PAST = "g"
"""Sorts after every hexadecimal digit."""


def acknowledge(asked: Asked) -> Sequence[Task]:
    """Reports that I can open and nobody has acknowledged."""
    rows = _waiting(asked.actor).filter(acknowledged_on=None, answered_on=None)
    return _tasks(asked, rows, "acknowledge_by", _("Acknowledge a report"))


def feedback(asked: Asked) -> Sequence[Task]:
    """Reports that I can open and whose reporters have not been told what became of it."""
    rows = _waiting(asked.actor).filter(acknowledged_on__isnull=False, answered_on=None)
    return _tasks(asked, rows, "feedback_by", _("Tell the reporter what became of it"))


def _waiting(actor: Actor) -> QuerySet[Report]:
    return held_by(actor.key).filter(state__in=OPEN)


def _tasks(asked: Asked, rows: QuerySet[Report], day: str, label: object) -> list[Task]:
    span = asked.span()
    if span is None or asked.only not in MEANT or not may_somewhere(asked.actor, READ):
        return []
    first, until = span
    rows = rows.filter(**{f"{day}__gte": first, f"{day}__lt": until})
    if asked.after_number and first == asked.after_on:
        place = f"{min(asked.after_number, 16**DIGITS - 1):0{DIGITS}x}{PAST}"
        rows = rows.filter(Q(**{f"{day}__gt": first}) | Q(pk__gt=place))
    found = rows.order_by(day, "pk")[: asked.limit]
    return [task_of(row, getattr(row, day), label) for row in found]


def task_of(report: Report, on: date, label: object) -> Task:
    """A report in the worklist: its day and address, never a word of it."""
    return Task(
        label=label,
        url=reverse("report_read", args=[report.pk]),
        due_on=on,
        kind=_("report"),
        number=int(report.pk[:DIGITS], 16),
        is_mine=True,
        stays_here=True,
    )
