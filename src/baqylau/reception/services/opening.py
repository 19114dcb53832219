"""Noting who looked at the consultation of a visitor who is known."""

from django.db import transaction

from baqylau.journal.models import Entry
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation
from baqylau.reception.services.writing import subject_of

ACTION = "reception.opened"


def note_opened(*, actor: Actor, row: Consultation) -> None:
    """Tell the journal that the actor opened the page: once a day for each colleague and page.

    The author's own pages are not noted: that they know what they wrote is in the journal already.
    """
    if actor.key == row.author:
        return
    # The journal's moments are UTC; so is this day.
    day = clock.now().date().isoformat()
    seen = Entry.objects.filter(
        subject=subject_of(row), action=ACTION, actor=actor.key, at__startswith=day
    )
    if seen.exists():
        return
    with transaction.atomic():
        append(action=ACTION, actor=actor, subject=subject_of(row))
