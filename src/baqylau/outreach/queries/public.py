"""Events as everybody reads them: what is planned, what was held, and what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from baqylau.institutions.models import Institution
from baqylau.kernel.places import Place
from baqylau.outreach.models import Counted, Event, Picture, Stage, Visited
from baqylau.outreach.queries.coverage import Over

PAGE = 50
NEXT = 5
"""Events that are still to come, on a page about something else."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of events: the newest first, and where the next page begins."""

    rows: Sequence[Event]
    after: Place | None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which events are meant; empty means all. `until` is not inside."""

    over: Over
    district: str = ""
    kind: str = ""
    first: date | None = None
    until: date | None = None
    is_held: bool = False

    def days(self) -> Q:
        """The days that are meant."""
        found = Q()
        if self.over.year:
            year = self.over.year
            found &= Q(on__gte=date(year, 1, 1), on__lt=date(year + 1, 1, 1))
        if self.first:
            found &= Q(on__gte=self.first)
        if self.until:
            found &= Q(on__lt=self.until)
        return found


def listed(wanted: Narrowed, after: Place | None = None) -> Listed:
    """The events that are meant; each part is walked along an index."""
    found = Event.objects.select_related("campaign", "district").filter(wanted.days())
    if wanted.over.campaign:
        found = found.filter(campaign=wanted.over.campaign)
    if wanted.district:
        found = found.filter(district=wanted.district)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.is_held:
        found = found.filter(pk__in=Counted.objects.values("event"))
    if after:
        found = found.filter(Q(on=after.on, pk__lt=after.pk) | Q(on__lt=after.on), on__lte=after.on)
    rows = list(found.order_by("-on", "-pk")[: PAGE + 1])
    more = Place(rows[PAGE - 1].on, rows[PAGE - 1].pk) if len(rows) > PAGE else None
    return Listed(rows[:PAGE], more)


def is_shown(digest: str) -> bool:
    """Whether the content is a picture that may be shown, of an event that was not cancelled."""
    rows = Picture.objects.filter(file=digest, has_consent=True)
    return rows.exclude(event__stage=Stage.CANCELLED).exists()


def to_come(today: date, limit: int = NEXT) -> list[Event]:
    """The next events that the institution has agreed to."""
    rows = Event.objects.filter(stage=Stage.CONFIRMED, on__gte=today)
    return list(rows.select_related("district").order_by("on", "id")[:limit])


def held_at(body: Institution, limit: int = NEXT) -> list[Event]:
    """The newest events that reached the institution."""
    return list(_reached(Q(institution=body))[:limit])


def all_held_at(code: str, limit: int = NEXT) -> list[tuple[Any, ...]]:
    """The same with every column, to see whether any of it has changed; one query."""
    return list(_reached(Q(institution__code=code)).values_list()[:limit])


def _reached(at: Q) -> QuerySet[Event]:
    ids = Visited.objects.filter(at).values("event")
    rows = Event.objects.filter(pk__in=ids, stage__in=(Stage.HELD, Stage.REPORTED))
    return rows.order_by("-on", "-pk")
