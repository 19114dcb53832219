"""What happened after the visits: mistakes put right, rows taken back, calls made."""

import random
from datetime import timedelta

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation
from baqylau.reception.services import correct_consultation, strike_consultation
from baqylau.reception.taxonomy import Origin
from baqylau.reception.training.world import World

CORRECTED = 24
STRUCK = 9


def follow(chance: random.Random, world: World) -> None:
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
    actors = {actor.key: actor for actor in world.people.values}
    for key in sorted(chosen):
        row = Consultation.objects.get(pk=key)
        actor = actors.get(row.author, Actor(row.author))
        with clock.frozen(row.recorded_at + timedelta(minutes=chance.randrange(2, 50))):
            if key in struck:
                strike_consultation(actor=actor, number=row.number)
            else:
                channel = "phone" if row.channel != "phone" else "walk_in"
                correct_consultation(actor=actor, number=row.number, channel=channel)
