"""The checks by call that were answered: the records behind the verified share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from baqylau.kernel.access import Actor
from baqylau.kernel.places import Place
from baqylau.reception.models import Call
from baqylau.reception.queries.rights import WIDE
from baqylau.reception.taxonomy import CallKind, Reached

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers are meant: days of the call, half-open, and what was said ("": anything)."""

    first: date | None = None
    until: date | None = None
    happened: str = ""
    solved: str = ""


def answered() -> QuerySet[Call]:
    """Checks in which somebody answered; of what was struck out later, too: the figures keep it."""
    return Call.objects.filter(
        kind=CallKind.CHECK, reached=Reached.ANSWERED, closed_on__isnull=False
    )


def reads_all_checks(actor: Actor) -> bool:
    """Whether the actor reads all rooms and none of the talks that were checked is their own."""
    return bool(actor.roles & WIDE) and not answered().filter(not_by=actor.key).exists()


def page(actor: Actor, wanted: Wanted, before: Place | None = None) -> Sequence[Call]:
    """The newest answered checks before the place, one more than a page; never of one's own talk.

    The calls of all rooms: for those who read all of them.
    """
    rows = answered().exclude(not_by=actor.key)
    said = {"happened": wanted.happened, "solved": wanted.solved}
    rows = rows.filter(**{name: value for name, value in said.items() if value})
    if wanted.first:
        rows = rows.filter(closed_on__gte=wanted.first)
    if wanted.until:
        rows = rows.filter(closed_on__lt=wanted.until)
    if before:
        earlier = Q(closed_on__lt=before.on) | Q(pk__lt=before.pk)
        rows = rows.filter(earlier, closed_on__lte=before.on)
    related = rows.select_related("consultation__room", "consultation__service")
    return list(related.order_by("-closed_on", "-pk")[: PAGE + 1])
