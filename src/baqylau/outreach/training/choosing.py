"""Whom the invented events are for: most of the register by the end of the year, never all of it.

A district that lies far from Taraz is gone to less often, so its institutions lead the list of
those never reached; and everywhere some did not answer. Each district has one event by turns, the
others go where chance says. Nobody is asked twice before the others of the district were asked
once, but for a visit now and then to where one has been.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from baqylau.institutions.models import Institution
from baqylau.outreach.models import EventKind

CAMPAIGNS: Final = ("mystery-shopper", "bribe-free", "clean-session", "bribe-free")
"""The campaigns of one event after another: the widest of them has every second one."""
KINDS: Final = {
    "mystery-shopper": frozenset(
        {
            *("akimat", "maslikhat", "state_body", "tson", "special_tson", "polyclinic"),
            *("hospital", "police", "court", "quasi_state"),
        }
    ),
    "clean-session": frozenset({"college", "university", "school"}),
    "bribe-free": frozenset({"school", "kindergarten", "firm", "ngo", "quasi_state", "tson"}),
}
"""For which kinds of institutions a campaign is."""
SIZES: Final = {
    EventKind.LECTURE: (1, 3),
    EventKind.MEETING: (4, 7),
    EventKind.SEMINAR: (8, 12),
    EventKind.HEARING: (8, 12),
}
"""Institutions of an event, from the fewest to the most."""
ORDER: Final = (
    *(EventKind.SEMINAR, EventKind.MEETING, EventKind.LECTURE, EventKind.SEMINAR),
    *(EventKind.MEETING, EventKind.LECTURE, EventKind.SEMINAR, EventKind.HEARING),
    EventKind.MEETING,
)
FAR: Final = frozenset({"315600000", "316000000", "316200000"})
"""Districts of the steppe, a day's way from Taraz: Moyynqum, Sarysu, Talas."""
TURNS: Final = 10
"""From this place on each district has its turn: none of these events is cancelled."""
FAR_SHARE: Final = 0.4
"""How often one goes there, of how often it would be their turn."""
NEVER: Final = 12
"""One in so many institutions of a district did not answer, and was asked to nothing."""
AGAIN: Final = 0.15
"""Of the events so many are also for somebody who was asked before."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an event is and for whom: one campaign, institutions of one district, at least one."""

    campaign: str
    kind: EventKind
    bodies: Sequence[Institution]


def choose(chance: random.Random, today: date, count: int, smallest: int) -> list[Choice]:
    """For whom each of the events is; none when the register is empty.

    The event at the place `smallest` is for the smallest institution that is left.
    """
    waiting: dict[str, list[Institution]] = {}
    every = list(Institution.objects.open_on(today).order_by("pk"))
    for body in every:
        waiting.setdefault(body.district_id, []).append(body)
    for bodies in waiting.values():
        chance.shuffle(bodies)
        del bodies[: -(-len(bodies) // NEVER)]
    turns = sorted(waiting)
    chance.shuffle(turns)
    asked: dict[str, list[Institution]] = {}
    found = []
    for place in range(count if every else 0):
        campaign, kind = CAMPAIGNS[place % len(CAMPAIGNS)], ORDER[place % len(ORDER)]
        turn = turns[place - TURNS :][:1] if place >= TURNS else []
        here = {each: waiting[each] for each in turn} or waiting
        bodies = _taken(chance, here, campaign, chance.randint(*SIZES[kind]))
        bodies = bodies or [chance.choice(every)]
        if place == smallest:
            bodies, kind = [_smallest(bodies)], EventKind.LECTURE
        before = asked.get(bodies[0].district_id, [])
        if len(bodies) > 1 and before and chance.random() < AGAIN:
            bodies = [*bodies, chance.choice(before)]
        found.append(Choice(campaign, kind, bodies))
        for body in bodies:
            if body in waiting[body.district_id]:
                waiting[body.district_id].remove(body)
                asked.setdefault(body.district_id, []).append(body)
    return found


def _smallest(bodies: Sequence[Institution]) -> Institution:
    return min(bodies, key=lambda body: (body.people or 0, body.pk))


def _taken(
    chance: random.Random, waiting: Mapping[str, list[Institution]], campaign: str, most: int
) -> list[Institution]:
    """The next of a district whose turn it is, of the campaign's kinds while it has such.

    None when everybody was asked.
    """
    fitting = {
        district: [body for body in bodies if body.kind in KINDS[campaign]] or bodies
        for district, bodies in waiting.items()
        if bodies
    }
    if not fitting:
        return []
    districts = sorted(fitting)
    weights = [len(fitting[each]) * (FAR_SHARE if each in FAR else 1) for each in districts]
    return fitting[chance.choices(districts, weights)[0]][:most]
