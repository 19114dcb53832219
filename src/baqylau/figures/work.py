"""What waits for those who close periods."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baqylau.figures.access import CLOSE
from baqylau.figures.queries.periods import open_quarters
from baqylau.figures.rules.spans import Chosen, quarter_of
from baqylau.figures.showing import name_of
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.work import Asked, Task

GRACE = timedelta(days=10)
"""Days after its end in which what came late in a quarter is still written down."""
KIND = _("Period")


def unclosed(asked: Asked) -> Sequence[Task]:
    """Quarters that have been over for ten days and are not closed."""
    if not may_somewhere(asked.actor, CLOSE):
        return ()
    found = [_task(each) for each in open_quarters(asked.today)]
    return asked.take(task for task in found if task.due_on and task.due_on <= asked.today)


def _task(chosen: Chosen) -> Task:
    last = chosen.period.until - timedelta(days=1) if chosen.period else chosen.first
    return Task(
        _("A quarter is over and not closed"),
        reverse("period", args=[chosen.code]),
        last + GRACE,
        KIND,
        chosen.first.year * 4 + quarter_of(chosen.first),
        name_of(chosen),
    )
