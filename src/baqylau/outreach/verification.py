"""Comparing what coverage reads with the events that it follows from."""

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.institutions.models import Institution
from baqylau.outreach.models import Campaign, Counted, Doubt, Event, Reached, Verdict, Visited
from baqylau.outreach.rules.reaching import Key, Told, from_plain, keys, plain
from baqylau.outreach.services.reaching import COUNTS
from baqylau.storage.bulk import insert

CHUNK = 2_000


def expected() -> Iterator[tuple[int, str, Told]]:
    """What every event that was held counts for: its id, its code, and what.

    As in `told_of`, what was found not to have taken place as written counts for nothing.
    """
    last = 0
    campaigns = dict(Campaign.objects.values_list("pk", "code"))
    untrue = Doubt.objects.filter(verdict=Verdict.FALSE).values("event")
    events = Event.objects.filter(stage__in=COUNTS).exclude(pk__in=untrue).order_by("pk")
    while chunk := list(events.filter(pk__gt=last)[:CHUNK]):
        bodies: dict[int, list[int]] = {}
        visited = Visited.objects.filter(event__gt=last, event__lte=chunk[-1].pk)
        for at, institution in visited.values_list("event_id", "institution_id"):
            bodies.setdefault(at, []).append(institution)
        last = chunk[-1].pk
        for event in chunk:
            told = Told(
                on=event.on,
                kind=event.kind,
                district=event.district_id,
                campaign=campaigns.get(event.campaign_id or 0, ""),
                people=event.people or 0,
                institutions=frozenset(bodies.get(event.pk, ())),
            )
            yield event.pk, event.code, told


def differences() -> Iterator[str]:
    """One sentence for each event that is counted otherwise than it stands, and each row."""
    kept = {row.event_id: from_plain(row.told) for row in Counted.objects.iterator(CHUNK)}
    wanted: Counter[Key] = Counter()
    for pk, code, told in expected():
        wanted.update(keys(told))
        if kept.pop(pk, None) != told:
            yield _("%(code)s: the event is not counted as it stands") % {"code": code}
    for code in Event.objects.filter(pk__in=kept).order_by("code").values_list("code", flat=True):
        yield _("%(code)s: the event is counted and was not held") % {"code": code}
    shown = {key: row.events for key, row in _rows()}
    wrong = {key[0] for key in wanted.keys() | shown.keys() if wanted[key] != shown.get(key, 0)}
    for body in Institution.objects.filter(pk__in=wrong).order_by("code"):
        yield _("%(code)s: the institution is counted otherwise than its events say") % {
            "code": body.code
        }


def _rows() -> Iterator[tuple[Key, Reached]]:
    codes = dict(Campaign.objects.values_list("pk", "code"))
    for row in Reached.objects.order_by("pk").iterator(CHUNK):
        code = codes.get(row.campaign_id or 0, "")
        yield (row.institution_id, row.scope, row.first_on, code), row


def rebuild() -> int:
    """Write both tables anew from the events; returns the rows written."""
    with transaction.atomic():
        places = {key: (row.kind, row.district) for key, row in _rows()}
        Reached.objects.all().delete()
        Counted.objects.all().delete()
        wanted: Counter[Key] = Counter()
        counted = []
        for pk, _code, told in expected():
            wanted.update(keys(told))
            counted.append(Counted(event_id=pk, told=plain(told)))
        Counted.objects.bulk_create(counted, batch_size=CHUNK)
        return len(counted) + _write(wanted, places)


def _write(wanted: Counter[Key], places: dict[Key, tuple[str, str]]) -> int:
    campaigns = dict(Campaign.objects.values_list("code", "pk"))
    bodies = {
        pk: (kind, district)
        for pk, kind, district in Institution.objects.values_list("pk", "kind", "district_id")
    }
    rows = []
    for key, events in sorted(wanted.items()):
        institution, scope, first, code = key
        kind, district = places.get(key, bodies[institution])
        rows.append((institution, scope, first, campaigns.get(code), kind, district, events))
    names = ("institution_id", "scope", "first_on", "campaign_id", "kind", "district", "events")
    insert(Reached, names, rows)
    return len(rows)
