"""What an officer is reminded of: to close what was answered long ago, so that it may go."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.work import Asked, Task
from baqylau.reports.access import READ
from baqylau.reports.models import Report
from baqylau.reports.queries.listing import held_by
from baqylau.reports.queries.work import MEANT, task_of
from baqylau.reports.taxonomy import State

LONG = timedelta(days=90)
"""After so many days without a word from the reporter an answered report should be closed."""
SEEN = 500
"""Reports that are looked at: an officer with more has other troubles."""


def close(asked: Asked) -> Sequence[Task]:
    """Reports that I can open, whose reporters were told what became of it long ago."""
    if asked.only not in MEANT or not may_somewhere(asked.actor, READ):
        return []
    last = asked.end - LONG
    rows = held_by(asked.actor.key).filter(state=State.ANSWERED, answered_on__lt=last)
    return asked.take(map(_task, rows.order_by("answered_on", "pk")[:SEEN]))


def _task(report: Report) -> Task:
    answered = report.answered_on or report.filed_on
    return task_of(report, answered + LONG, _("Close a report that was answered long ago"))
