"""Every event with its institutions, some hundreds at a time."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baqylau.outreach.models import Counted, Event, Visited

CHUNK = 500


def with_bodies(found: "QuerySet[Event]") -> Iterator[tuple[Event, list[str]]]:
    """The events in the order in which they were written down, with codes of institutions."""
    rows = found.select_related("campaign", "district").order_by("pk")
    after = 0
    while chunk := list(rows.filter(pk__gt=after)[:CHUNK]):
        after = chunk[-1].pk
        visited = Visited.objects.filter(event__in=[event.pk for event in chunk])
        pairs = visited.order_by("institution__code").values_list("event_id", "institution__code")
        bodies: dict[int, list[str]] = {}
        for event, code in pairs:
            bodies.setdefault(event, []).append(code)
        for each in chunk:
            yield each, bodies.get(each.pk, [])


def every_with_bodies() -> Iterator[tuple[Event, list[str]]]:
    """Every event, planned and cancelled ones too."""
    yield from with_bodies(Event.objects.all())


def held_with_bodies() -> Iterator[tuple[Event, list[str]]]:
    """Those that count: that took place."""
    yield from with_bodies(Event.objects.filter(pk__in=Counted.objects.values("event")))
