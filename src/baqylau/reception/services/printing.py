"""Slips: made void when they are lost, and printed in advance with their numbers."""

import re
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.institutions.models import PointKind
from baqylau.institutions.queries import point
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require, require_role
from baqylau.reception.access import PRINT, SEE
from baqylau.reception.models import Consultation, PrintedSlip
from baqylau.reception.queries.batches import slips_of
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.services.writing import locked, next_serial, subject_of

MOST: Final = 60
"""Slips of one batch."""
ISSUES: Final = 1_000
"""Issues of one number: somebody who loses that many has another problem."""
KEY: Final = re.compile(r"\A[0-9A-Za-z_-]{8,64}\Z")


def reissue_slip(*, actor: Actor, number: str, seen: int) -> Consultation:
    """Give the number a new code; the old slip opens nothing any more.

    `seen` is the issue that the colleague saw, so that a button pressed twice gives one new slip.
    Raises: UnknownConsultationError; NotAllowedError; ConflictError; DomainError for a
    consultation that is struck out.
    """
    with transaction.atomic():
        row = locked(number)
        require(at_the_desk(actor, clock.today()), SEE, row)
        require_role(actor, PRINT)
        if row.is_struck:
            raise DomainError(_("This consultation is struck out: it has no slip."))
        if row.issue != seen or seen >= ISSUES:
            raise ConflictError(_("Another slip was given for this number meanwhile."))
        row.issue += 1
        row.save(update_fields=["issue"])
        append(
            action="reception.slip_reissued",
            actor=actor,
            subject=subject_of(row),
            payload={"issue": row.issue},
        )
    return row


def print_batch(*, actor: Actor, batch: str, room: str, count: int) -> list[PrintedSlip]:
    """Give `count` numbers away to a room, or return those that the same key took before.

    Raises: NotAllowedError; DomainError with the field that is wrong; ValueError for a key of
    another shape.
    """
    require_role(actor, PRINT)
    if not KEY.fullmatch(batch):
        raise ValueError("the key of a batch has 8 to 64 letters, digits, _ or -")
    if not 1 <= count <= MOST:
        raise DomainError(
            _("Between 1 and %(most)s slips at once."), field="count", params={"most": MOST}
        )
    today = clock.today()
    place = point(room)
    is_room = place.kind in (PointKind.RECEPTION, PointKind.TRAVELLING)
    if not is_room or (place.until_on and place.until_on <= today):
        raise DomainError(_("This is no reception room."), field="room")
    with transaction.atomic():
        first = next_serial(today.year, count)
        # The year's row is held now: whoever came with the same key before has finished.
        if found := slips_of(batch):
            transaction.set_rollback(True)
            return found
        slips = PrintedSlip.objects.bulk_create(
            PrintedSlip(
                batch=batch,
                year=today.year,
                serial=serial,
                room=place,
                printed_on=today,
                printed_by=actor.key,
            )
            for serial in range(first, first + count)
        )
        append(
            action="reception.slips_printed",
            actor=actor,
            subject=f"point:{place.code}",
            payload={"year": today.year, "first": first, "count": count},
        )
    return slips
