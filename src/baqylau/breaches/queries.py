"""Reading the register: the list, a breach with its clock, what waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.breaches.access import KEEP
from baqylau.breaches.models import Breach
from baqylau.breaches.rules import deadline_of
from baqylau.kernel.permissions import may
from baqylau.kernel.work import Asked, Task
from baqylau.law.deadline import Deadline
from baqylau.law.explain import account, caveats, standing_in_words
from baqylau.law.standing import State, remaining
from baqylau.law.words import reader
from baqylau.lawbook.queries.book import book

MOST = 50
"""Open breaches that the worklist looks at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A breach with the term for telling the authority, in the reader's language."""

    breach: Breach
    deadline: Deadline
    standing: str
    is_late: bool
    account: tuple[str, ...]
    caveats: tuple[str, ...]


def breaches() -> QuerySet[Breach]:
    """All of them: the open ones first, then the latest."""
    return Breach.objects.order_by(F("closed_on").desc(nulls_first=True), "-detected_on", "-pk")


def shown(row: Breach, today: date) -> Shown:
    """The breach and its clock: it runs until the authority was told, or nothing was touched."""
    language, known = reader.language(), book()
    deadline = deadline_of(row.detected_on, known.rules, known.calendar)
    is_running = row.told_on is None and row.closed_on is None
    now = remaining(deadline, today, known.calendar) if is_running else None
    is_late = (
        now.state is State.OVERDUE if now else bool(row.told_on and row.told_on > deadline.due_on)
    )
    return Shown(
        row,
        deadline,
        standing_in_words(now, language) if now else "",
        is_late,
        tuple(account(deadline, language)),
        tuple(caveats(deadline, language)),
    )


def waiting(asked: Asked) -> Sequence[Task]:
    """Breaches of which the authority does not know yet, and those that wait to be closed."""
    if not may(asked.actor, KEEP):
        return ()
    rows = Breach.objects.filter(closed_on=None).order_by("detected_on", "pk")[:MOST]
    return asked.take(_tasks(rows))


def _tasks(rows: QuerySet[Breach]) -> Iterator[Task]:
    known = book()
    for row in rows:
        address = reverse("breach", args=[row.pk])
        kind = _("data breach")
        if row.told_on is None:
            due = deadline_of(row.detected_on, known.rules, known.calendar).due_on
            yield Task(
                _("Tell the authority of a data breach"),
                address,
                due,
                kind,
                row.pk,
                str(row),
                stays_here=True,
            )
        else:
            yield Task(
                _("Close a data breach"), address, None, kind, row.pk, str(row), stays_here=True
            )
