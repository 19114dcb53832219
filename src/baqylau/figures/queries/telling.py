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
    return datetime.fromisoformat(at).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


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
    return [
        Told(number, day_of(at), action, subject, json.loads(payload))
        for number, at, action, subject, payload in rows.order_by("number").values_list(
            "number", "at", "action", "subject", "payload"
        )
    ]
