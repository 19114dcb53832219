"""What the module tells in an account to the commissioner: its events, and no person."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from baqylau.institutions.labels import name
from baqylau.institutions.models import Institution
from baqylau.kernel.modules import Annex
from baqylau.kernel.period import Period
from baqylau.outreach.models import Counted, Event, Visited
from baqylau.outreach.queries.words import words
from baqylau.territories.labels import full_name

Line = tuple[date, str, str, str, str, int | None]


def events(period: Period) -> Iterator[Line]:
    """The events of the period that took place: day, what, campaign, district, where, how many."""
    held = Event.objects.filter(pk__in=Counted.objects.values("event"))
    rows = list(
        held.filter(on__gte=period.first, on__lt=period.until)
        .select_related("campaign", "district")
        .order_by("on", "pk")
    )
    bodies = _bodies([row.pk for row in rows])
    for row in rows:
        campaign = str(words(row.campaign, "name")) if row.campaign else ""
        where = "; ".join(bodies.get(row.pk, ()))
        kind = str(row.get_kind_display())
        yield row.on, kind, campaign, full_name(row.district), where, row.people


def _bodies(events: list[int]) -> dict[int, list[str]]:
    pairs = list(
        Visited.objects.filter(event__in=events)
        .order_by("institution__sort_kk", "institution_id")
        .values_list("event_id", "institution_id")
    )
    known = Institution.objects.in_bulk({body for _event, body in pairs})
    found: dict[int, list[str]] = {}
    for event, body in pairs:
        found.setdefault(event, []).append(str(name(known[body])))
    return found


EVENTS = Annex(
    "outreach.events",
    _("Events that took place"),
    (
        _("Day"),
        _("What is held"),
        _("Campaign"),
        _("District"),
        _("For whom"),
        _("How many came"),
    ),
    events,
    order=60,
)
