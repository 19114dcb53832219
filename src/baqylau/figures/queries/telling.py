"""The journal as folds read it."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from baqylau.journal.models import Entry
from baqylau.kernel.figures import Told


def day_of(at: str) -> date:
    """The programme's day of an entry's moment."""
    return _day(at, ZoneInfo(settings.TIME_ZONE))


def _day(at: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(at).astimezone(zone).date()


def last_number() -> int:
    """The number of the newest entry; 0 before the first."""
    numbers = Entry.objects.using("default").order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def day_of_entry(number: int) -> date | None:
    """The day of the entry with the number."""
    moments = Entry.objects.using("default").filter(number=number).values_list("at", flat=True)
    at = moments.first()
    return day_of(at) if at else None


def told(actions: Iterable[str], after: int, upto: int) -> list[Told]:
    """The entries with one of the actions, after one number and up to another, in their order."""
    rows = Entry.objects.using("default").filter(
        number__gt=after, number__lte=upto, action__in=sorted(actions)
    )
    found = list(
        rows.order_by("number").values_list("number", "at", "action", "subject", "payload")
    )
    # Parsed as one list: asking for each by itself takes longer than parsing does.
    payloads = json.loads(f"[{','.join(row[4] for row in found)}]")
    zone = ZoneInfo(settings.TIME_ZONE)
    return [
        Told(number, _day(at, zone), action, subject, payload)
        for (number, at, action, subject, _text), payload in zip(found, payloads, strict=True)
    ]
