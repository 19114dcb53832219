"""Events: one with everything about it, and who may hold it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from baqylau.institutions.models import Institution
from baqylau.outreach.models import (
    Age,
    Event,
    Headcount,
    Link,
    Picture,
    Sex,
    Sheet,
    Speaker,
    Speaking,
    Visited,
)
from baqylau.outreach.queries.unknown import UnknownError


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose an event is, as the permission table asks: its author and its speakers, by key."""

    author: str
    speaker_keys: frozenset[str]


def event(code: str) -> Event:
    """The event with its campaign and district. Raises: UnknownError."""
    found = Event.objects.select_related("campaign", "district").filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such event."))
    return found


def holding(row: Event) -> Holding:
    """Whose the event is."""
    keys = Speaking.objects.filter(event=row).exclude(speaker__person="")
    return Holding(row.author, frozenset(keys.values_list("speaker__person", flat=True)))


def institutions_of(row: Event) -> list[Institution]:
    """Where, or for whose people, it is held, in alphabetical order."""
    ids = Visited.objects.filter(event=row).values("institution")
    rows = Institution.objects.filter(pk__in=ids).select_related("district")
    return list(rows.order_by("sort_kk", "pk"))


def speakers_of(row: Event) -> list[Speaker]:
    """Who speaks at it."""
    ids = Speaking.objects.filter(event=row).values("speaker")
    return list(Speaker.objects.filter(pk__in=ids).order_by("name", "pk"))


def names_of_institutions(rows: Iterable[Event]) -> Mapping[int, list[Institution]]:
    """The institutions of several events, by the event's id; two queries."""
    found: dict[int, list[Institution]] = {}
    visits = Visited.objects.filter(event__in=list(rows)).select_related("institution")
    for visit in visits.order_by("pk"):
        found.setdefault(visit.event_id, []).append(visit.institution)
    return found


def heads_of(row: Event) -> list[Headcount]:
    """How many of each sex and age, those that have somebody; the youngest first."""
    order = {code: place for place, code in enumerate(Age.values)}
    rows = Headcount.objects.filter(event=row)
    return sorted(rows, key=lambda each: (each.sex == Sex.UNKNOWN, each.sex, order[each.age]))


def sheets_of(row: Event) -> list[Sheet]:
    """Its attendance sheets, those that were forgotten too; without their keys."""
    return list(Sheet.objects.filter(event=row).defer("key").order_by("number"))


def sheet(row: Event, number: int) -> Sheet:
    """A sheet that is still there. Raises: UnknownError."""
    found = Sheet.objects.filter(event=row, number=number, dropped_on=None).first()
    if found is None:
        raise UnknownError(_("There is no such sheet, or its time is over."))
    return found


def pictures_of(row: Event, *, only_public: bool = False) -> list[Picture]:
    """Its pictures in their order; for the public those with consent alone."""
    found = Picture.objects.filter(event=row).order_by("order")
    return list(found.filter(has_consent=True) if only_public else found)


def picture(row: Event, pk: int) -> Picture:
    """A picture of the event. Raises: UnknownError."""
    found = Picture.objects.filter(event=row, pk=pk).first()
    if found is None:
        raise UnknownError(_("There is no such picture."))
    return found


def links_of(row: Event) -> list[Link]:
    """Where others wrote about it."""
    return list(Link.objects.filter(event=row).order_by("pk"))
