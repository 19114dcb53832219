"""Events at institutions, changed as services change them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from baqylau.institutions import services
from baqylau.institutions.models import Institution
from baqylau.kernel.access import SYSTEM
from baqylau.outreach.models import Campaign, Event, Stage, Visited
from baqylau.outreach.services.reaching import follow

KORDAY, TARAZ = "314800000", "311000000"
DAY = date(2026, 5, 14)


def make_body(name: str, district: str = KORDAY, **fields: Any) -> Institution:  # noqa: ANN401 - of many kinds
    """An institution of the register: a state school unless something else is said."""
    given = {"name_kk": name, "kind": "school", "ownership": "state", "district_id": district}
    return services.create(actor=SYSTEM, fields=given | fields)


def make_campaign(code: str = "spring", first: date = date(2026, 1, 1), **more: Any) -> Campaign:  # noqa: ANN401 - of many kinds
    """A campaign since January."""
    return Campaign.objects.create(code=code, name_kk=f"Науқан {code}", first_on=first, **more)


def hold(*at: Institution, on: date = DAY, people: int = 30, **fields: Any) -> Event:  # noqa: ANN401 - of many kinds
    """An event that was held and counted."""
    given = {"kind": "lecture", "topic_kk": "Парасыз болашақ", "district_id": KORDAY, "on": on}
    given |= {"people": people, "author": "lecturer-1", "stage": Stage.HELD}
    with transaction.atomic():
        event = Event.objects.create(**given | fields)
        set_bodies(event, at)
        follow(event=event, actor=SYSTEM)
    return event


def change(event: Event, at: Iterable[Institution] | None = None, **fields: Any) -> None:  # noqa: ANN401 - of many kinds
    """Change an event as it was held, and count it anew."""
    with transaction.atomic():
        for name, value in fields.items():
            setattr(event, name, value)
        event.save()
        if at is not None:
            set_bodies(event, at)
        follow(event=event, actor=SYSTEM)


def set_bodies(event: Event, at: Iterable[Institution]) -> None:
    """Where it was held."""
    Visited.objects.filter(event=event).delete()
    for body in at:
        Visited.objects.create(event=event, institution=body)
