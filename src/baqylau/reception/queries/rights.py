"""In which rooms somebody works: what an adviser may read follows from it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from baqylau.institutions.models import ServicePoint
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.reception.models import Consultation, ConsultationQuerySet

SPAN: Final = timedelta(days=60)
"""Whoever wrote a consultation in a room within this span works there."""
WIDE: Final = frozenset({Role.LAWYER, Role.COORDINATOR})


def rooms_of(key: str, today: date) -> frozenset[str]:
    """Codes of the rooms where the colleague works."""
    written = Consultation.objects.standing().filter(
        author=key, room=OuterRef("pk"), held_on__gt=today - SPAN
    )
    rooms = ServicePoint.objects.receptions().filter(Exists(written))
    return frozenset(rooms.values_list("code", flat=True))


def at_the_desk(actor: Actor, today: date) -> Actor:
    """The actor with the rooms where they work, as the predicates of `access` ask."""
    return replace(actor, places=actor.places | rooms_of(actor.key, today))


def readable(actor: Actor) -> ConsultationQuerySet:
    """What the actor may read; `actor` as `at_the_desk` gives it."""
    rows = Consultation.objects.all()
    if actor.roles & WIDE:
        return rows
    return rows.filter(author=actor.key) | rows.filter(room__code__in=actor.places)


def rooms_to_choose(actor: Actor) -> list[ServicePoint]:
    """The rooms whose consultations the actor may read, those that were closed too."""
    rooms = ServicePoint.objects.receptions()
    if not actor.roles & WIDE:
        rooms = rooms.filter(code__in=actor.places)
    return list(rooms.order_by("kind", "pk"))


def places(actor: Actor, today: date) -> frozenset[str]:
    """Where the actor works, for the worklist."""
    return rooms_of(actor.key, today)
