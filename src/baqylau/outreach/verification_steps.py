"""Comparing the row of every event with the steps that the journal tells of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.journal.models import Entry
from baqylau.outreach.models import Campaign, Event, Stage
from baqylau.outreach.rules.steps import ACTIONS, Said, Standing, standing

CHUNK = 500


def shown(event: Event) -> Standing:
    """How the row says that the event stands."""
    return Standing(
        stage=event.stage,
        on=event.on.isoformat(),
        kind=event.kind,
        district=event.district_id,
        campaign=event.campaign.code if event.campaign else "",
        people=event.people,
    )


def _compared() -> Iterator[tuple[Event, Standing | None]]:
    """Every event with how it should stand by the journal; None where the journal is silent."""
    last = 0
    rows = Event.objects.select_related("campaign").order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        told = _told(chunk)
        for event in chunk:
            yield event, standing(told.get(f"event:{event.code}", ()))


def _told(chunk: list[Event]) -> dict[str, list[tuple[str, Said]]]:
    subjects = [f"event:{event.code}" for event in chunk]
    rows = Entry.objects.filter(subject__in=subjects, action__in=ACTIONS).order_by("number")
    found: dict[str, list[tuple[str, Said]]] = {}
    for subject, action, payload in rows.values_list("subject", "action", "payload"):
        found.setdefault(subject, []).append((action, json.loads(payload)))
    return found


def differences() -> Iterator[str]:
    """One sentence for each event that the journal does not know, or knows otherwise."""
    for event, told in _compared():
        if told is None:
            yield _("%(code)s: the journal does not tell where this event comes from") % {
                "code": event.code
            }
        elif told != shown(event):
            yield _("%(code)s: the event does not stand as its steps say") % {"code": event.code}


def rebuild() -> int:
    """Write stage, day, cells and headcount as the journal's steps say; returns the rows mended.

    What the journal does not hold cannot be made up: an event that it does not know stays as it is,
    and so does one that would lack its report's moment or its reason.
    """
    campaigns = dict(Campaign.objects.values_list("code", "pk"))
    mended = 0
    for event, told in _compared():
        if told is None or told == shown(event) or not _is_whole(event, told):
            continue
        cells = asdict(told)
        values = {name: cells[name] for name in ("stage", "on", "kind", "people")}
        values |= {"district_id": told.district, "campaign_id": campaigns.get(told.campaign)}
        with transaction.atomic():
            mended += Event.objects.filter(pk=event.pk).update(**values)
    return mended


def _is_whole(event: Event, told: Standing) -> bool:
    if told.stage == Stage.REPORTED:
        return event.reported_at is not None
    return told.stage != Stage.CANCELLED or bool(event.reason_kk)
