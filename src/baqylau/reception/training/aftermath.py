"""What happened after the visits: mistakes put right, rows taken back, calls made."""

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reception.models import Call, Consultation
from baqylau.reception.services import correct_consultation, strike_consultation
from baqylau.reception.services.calling import record_call
from baqylau.reception.services.drawing import draw_day
from baqylau.reception.taxonomy import Origin, Reached, StrikeReason
from baqylau.reception.training.drawing import table
from baqylau.reception.training.rhythm import DAYS
from baqylau.reception.training.world import World

CORRECTED = 24
STRUCK = 9
REASONS = (StrikeReason.TWICE, StrikeReason.TWICE, StrikeReason.TEST, StrikeReason.WRONG_PERSON)
LEFT = 0.3
"""Share of the calls of the last days that nobody has made yet."""
RECENT = timedelta(days=14)
"""Longer than this no call waits: a desk that is alive makes them."""
REACHED = table({"answered": 80, "unreached": 15, "refused": 5})
SOLVED = table({"yes": 58, "partly": 20, "no": 14, "unsure": 8})
HAPPENED = table({"yes": 94, "unsure": 4, "no": 2})


def follow(chance: random.Random, world: World, today: date) -> None:
    """All that follows, up to today."""
    actors = {actor.key: actor for actor in world.people.values}
    mend(chance, actors)
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        with clock.frozen(_evening(day + timedelta(days=1))):
            draw_day(day=day)
    call(chance, actors, today)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(13), UTC)


def call(chance: random.Random, actors: Mapping[str, Actor], today: date) -> None:
    """Make most of the calls that were due, some days late; the last ones still wait."""
    waiting = Call.objects.filter(closed_on=None, due_on__lt=today - timedelta(days=2))
    waiting = waiting.filter(consultation__is_struck=False).order_by("due_on", "id")
    for row in waiting.select_related("consultation"):
        made = row
        while made.closed_on is None and not _waits(chance, made.due_on, today):
            made = _make(chance, actors, made, today)


def _waits(chance: random.Random, due_on: date, today: date) -> bool:
    """Whether a call that fell due on the day, a first or another try, is still to be made."""
    if due_on >= today - timedelta(days=2):
        return True
    return due_on >= today - RECENT and chance.random() < LEFT


def _make(chance: random.Random, actors: Mapping[str, Actor], row: Call, today: date) -> Call:
    """Make a call, on its day or some days late."""
    others = [actor for key, actor in actors.items() if key != row.not_by]
    actor = actors.get(row.person) or chance.choice(others)
    made_on = min(row.due_on + timedelta(days=chance.randrange(4)), today - timedelta(days=1))
    answers: dict[str, Any] = {"reached": REACHED.draw(chance)}
    if answers["reached"] == Reached.ANSWERED:
        answers["solved"] = SOLVED.draw(chance)
        answers["happened"] = HAPPENED.draw(chance)
    with clock.frozen(_evening(made_on)):
        return record_call(actor=actor, pk=row.pk, **answers)


def mend(chance: random.Random, actors: Mapping[str, Actor]) -> None:
    """Put right a few consultations and take a few back, some minutes after they were written."""
    plain = Consultation.objects.filter(
        origin=Origin.TRAINING, case=None, continues=None, contact=""
    )
    begun = Consultation.objects.exclude(continues=None).values("continues")
    keys = list(
        plain.filter(contact="").exclude(pk__in=begun).order_by("id").values_list("pk", flat=True)
    )
    chosen = chance.sample(keys, min(CORRECTED + STRUCK, len(keys)))
    struck = frozenset(chosen[:STRUCK])
    for key in sorted(chosen):
        row = Consultation.objects.get(pk=key)
        actor = actors.get(row.author, Actor(row.author))
        with clock.frozen(row.recorded_at + timedelta(minutes=chance.randrange(2, 50))):
            if key in struck:
                reason = REASONS[key % len(REASONS)]
                strike_consultation(actor=actor, number=row.number, reason=reason)
            else:
                channel = "phone" if row.channel != "phone" else "walk_in"
                correct_consultation(actor=actor, number=row.number, channel=channel)
