"""By which visits somebody who was found by phone is recognised."""

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import may
from baqylau.reception.access import SEE
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import whole
from baqylau.reception.queries.rights import at_the_desk, readable

SHOWN = 3
"""Visits by which somebody who was found by phone is recognised."""


def known_by(actor: Actor, keys: list[str]) -> dict[str, list[Consultation]]:
    """The latest visits of people, by their opaque keys, as far as the actor may read them."""
    seer = at_the_desk(actor, clock.today())
    found: dict[str, list[Consultation]] = {key: [] for key in keys}
    for row in whole().standing().filter(contact__in=keys).order_by("-held_on", "-id")[:50]:
        if len(found[row.contact]) < SHOWN and may(seer, SEE, row):
            found[row.contact].append(row)
    return found


def has_met(actor: Actor, key: str) -> bool:
    """Whether the actor found the person by phone, or may read a visit of theirs.

    `actor` as `at_the_desk` gives it.
    """
    return (
        readable(actor).filter(contact=key).exists()
        or Entry.objects.filter(
            subject=f"contact:{key}", action="contacts.found", actor=actor.key
        ).exists()
    )
