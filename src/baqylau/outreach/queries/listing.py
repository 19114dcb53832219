"""The list of events at the desk: fifty at a time, the newest first, never counted.

One index is walked from the newest end; each filter that the list knows begins one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from baqylau.kernel.places import Place
from baqylau.outreach.models import Event, Speaking, Stage, Visited

PAGE: Final = 50
OPEN: Final = "open"
LATE: Final = "late"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; "" means all. `stage` may also be open or late, `whose` mine."""

    whose: str = ""
    stage: str = ""
    district: str = ""
    campaign: str = ""
    kind: str = ""
    institution: str = ""
    first: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Events, and where the next page begins (None: nothing follows)."""

    rows: Sequence[Event]
    next: Place | None = None


def mine(key: str) -> Q:
    """The events that somebody planned or speaks at."""
    speaking = Speaking.objects.filter(speaker__person=key).values("event")
    return Q(author=key) | Q(pk__in=speaking)


def page(wanted: Wanted, me: str, today: date, after: Place | None = None) -> Page:
    """The next page after the place; one query for the rows."""
    found = _narrowed(wanted, me, today)
    if after:
        found = found.filter(Q(on__lt=after.on) | Q(pk__lt=after.pk), on__lte=after.on)
    rows = list(found.select_related("district", "campaign").order_by("-on", "-pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return Page(rows)
    last = rows[PAGE - 1]
    return Page(rows[:PAGE], Place(last.on, last.pk))


def _narrowed(wanted: Wanted, me: str, today: date) -> "QuerySet[Event]":
    exact = {"district": wanted.district, "campaign__code": wanted.campaign, "kind": wanted.kind}
    found = Event.objects.filter(**{name: value for name, value in exact.items() if value})
    if wanted.whose == "mine":
        found = found.filter(mine(me))
    if wanted.institution:
        visits = Visited.objects.filter(institution__code=wanted.institution)
        found = found.filter(pk__in=visits.values("event"))
    if wanted.stage in {OPEN, LATE}:
        found = found.filter(stage__in=(Stage.PLANNED, Stage.CONFIRMED, Stage.HELD))
        found = found.filter(on__lt=today) if wanted.stage == LATE else found
    elif wanted.stage:
        found = found.filter(stage=wanted.stage)
    if wanted.first:
        found = found.filter(on__gte=wanted.first)
    return found.filter(on__lt=wanted.until) if wanted.until else found
