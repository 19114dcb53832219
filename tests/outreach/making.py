"""Events, speakers and institutions in whatever state a test needs."""

import itertools
from datetime import UTC, date, datetime, time
from typing import Any

from baqylau.institutions import services as institutions
from baqylau.institutions.models import Institution
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.outreach.models import Campaign, Event, Speaker, Speaking, Stage, Visited
from tests.casework.making import AKIMAT, POLICE, SCHOOL, TARAZ, make_more

__all__ = ["AKIMAT", "POLICE", "SCHOOL", "TARAZ", "make_more"]

TODAY = date(2026, 7, 1)
BOSS = Actor("coordinator-1", frozenset({"coordinator"}))
LECTURER = Actor("lecturer-1", frozenset({"lecturer"}))
OTHER = Actor("lecturer-2", frozenset({"lecturer"}))
_numbers = itertools.count(1)


def campaign() -> Campaign:
    """«Парасыз болашаққа»."""
    return Campaign.objects.get(code="bribe-free")


def body(code: str = SCHOOL) -> Institution:
    """An institution of the house."""
    return Institution.objects.get(code=code)


def make_school(district: str = TARAZ, **fields: Any) -> Institution:  # noqa: ANN401 - of many kinds
    """Another school, in any district."""
    given = {
        "name_kk": f"№ {next(_numbers) + 950} мектеп",
        "kind": "school",
        "ownership": "state",
        "district_id": district,
        **fields,
    }
    return institutions.create(actor=SYSTEM, fields=given)


def make_speaker(actor: Actor | None = None, **fields: Any) -> Speaker:  # noqa: ANN401 - of many kinds
    """A speaker since the beginning of the year."""
    given = {
        "name": f"Дәріскер {next(_numbers)}",
        "person": actor.key if actor else "",
        "first_on": date(2026, 1, 1),
        **fields,
    }
    return Speaker.objects.create(**given)


def make_event(
    *speakers: Speaker,
    at: tuple[Institution, ...] = (),
    **fields: Any,  # noqa: ANN401 - of many kinds
) -> Event:
    """A row of an event, planned for today at the school unless something else is said."""
    given: dict[str, Any] = {
        "kind": "lecture",
        "campaign": campaign(),
        "topic_kk": "Парасыз болашақ",
        "district_id": TARAZ,
        "on": TODAY,
        "author": LECTURER.key,
        **fields,
    }
    if given.get("stage") == Stage.REPORTED:
        given = {
            "people": 23,
            "reported_at": datetime.combine(given["on"], time(12), UTC),
            "reporter": given["author"],
            **given,
        }
    event = Event.objects.create(**given)
    for speaker in speakers:
        Speaking.objects.create(event=event, speaker=speaker)
    for each in at or (body(),):
        Visited.objects.create(event=event, institution=each)
    return event


def reported(*speakers: Speaker, people: int = 23, **fields: Any) -> Event:  # noqa: ANN401 - of many kinds
    """A row of an event that was reported on its day."""
    return make_event(*speakers, stage=Stage.REPORTED, people=people, **fields)
