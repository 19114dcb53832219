"""What consultations of the training year are about: rooms, services, bodies, colleagues, texts."""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from baqylau.casework.queries.listing import workers
from baqylau.catalogue.models import CardVersion, PublicService
from baqylau.catalogue.models.cards import State
from baqylau.institutions.models import Institution, PointKind, ServicePoint
from baqylau.institutions.queries import receptions
from baqylau.kernel.access import Actor
from baqylau.reception.training.drawing import Table, table
from baqylau.staff.models import User
from baqylau.staff.queries import actor_of
from baqylau.territories.models import Territory

SEASON = 4.0
"""How much more a service is asked for in its months."""
AHEAD = 0.62
"""Share of the visits that the colleague who has most takes."""
ROUNDS = ("316000000", "316200000", "315600000", "314200000")
"""Districts of the travelling room by the week of the month, as its note says."""
CITY = "311000000"
AROUND = {CITY: 66, "313600000": 19, "314000000": 15}
"""Where people come from to a room of the city: the two districts around it have no room."""
FEW = 1.2
"""How fast the offices of a kind fall behind the one that people come about most."""


@dataclass(frozen=True, slots=True)
class World:
    """All that is drawn from. `services` by month; `bodies` by kind and district ("" for any)."""

    rooms: Sequence[ServicePoint]
    services: Mapping[int, Table[PublicService]]
    body_kinds: Mapping[str, str]
    bodies: Mapping[tuple[str, str], Table[Institution]]
    around: Table[str]
    cards: Mapping[int, CardVersion]
    people: Table[Actor]
    answers: Mapping[tuple[str, str], Sequence[str]]
    territories: Mapping[str, Territory]

    def place(self, chance: random.Random, room: ServicePoint, day: date) -> Territory:
        """The district that a visitor of the room comes from on the day."""
        if room.kind == PointKind.TRAVELLING:
            kato = ROUNDS[min((day.day - 1) // 7, len(ROUNDS) - 1)]
        elif room.district_id == CITY:
            kato = self.around.draw(chance)
        else:
            return room.district
        return self.territories.get(kato, room.district)


def rows(name: str) -> list[dict[str, str]]:
    """A table of this folder."""
    text = (files("baqylau.reception.training") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def look(today: date) -> World:
    """What is there now."""
    asked = {row["code"]: row for row in rows("services.tsv")}
    known = PublicService.objects.filter(valid_until=None).order_by("code")
    services = [service for service in known if service.code in asked]
    cards = CardVersion.objects.filter(state=State.PUBLISHED, card__service__isnull=False)
    return World(
        rooms=sorted(receptions(today), key=lambda room: (room.kind, room.district_id)),
        services={month: _popular(services, asked, month) for month in range(1, 13)},
        body_kinds={code: row["body"] for code, row in asked.items()},
        bodies=_bodies(),
        around=table(AROUND),
        cards={card.card.service_id or 0: card for card in cards.select_related("card")},
        people=_people(),
        answers=_answers(),
        territories=Territory.objects.in_bulk(),
    )


def _popular(
    services: Sequence[PublicService], asked: Mapping[str, Mapping[str, str]], month: int
) -> Table[PublicService]:
    weights = {}
    for service in services:
        row = asked[service.code]
        in_season = str(month) in row["months"].split(",")
        weights[service] = float(row["weight"]) * (SEASON if in_season else 1.0)
    return table(weights)


def _bodies() -> dict[tuple[str, str], Table[Institution]]:
    """Offices by kind and district: most people come about the first of them."""
    found: dict[tuple[str, str], list[Institution]] = {}
    for body in Institution.objects.filter(until_on=None).order_by("code"):
        found.setdefault((body.kind, body.district_id), []).append(body)
        found.setdefault((body.kind, ""), []).append(body)
    return {key: table(_ranked(several)) for key, several in found.items()}


def _ranked(bodies: Sequence[Institution]) -> dict[Institution, float]:
    return {body: 1 / (1 + (place / FEW) ** 3) for place, body in enumerate(bodies)}


def _people() -> Table[Actor]:
    """Advisers first: they sit at the desk; lawyers and coordinators help out."""
    keys = [key for key, _name in workers()]
    actors = [actor_of(user) for user in User.objects.filter(key__in=keys).order_by("pk")]
    actors.sort(key=lambda actor: "adviser" not in actor.roles)
    share = [AHEAD if not place else (1 - AHEAD) / place for place in range(len(actors))]
    return table(dict(zip(actors, share, strict=True)))


def _answers() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows("answers.tsv"):
        found.setdefault((row["language"], row["about"]), []).append(row["text"])
    return found
