"""Writing a consultation down: once for each key, under the next number of the year."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import Draft as Entry
from baqylau.journal.services import append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require_role
from baqylau.reception.access import RECORD
from baqylau.reception.models import Call, Consultation, Draft, PrintedSlip
from baqylau.reception.rules.numbers import consultation_number, read_number
from baqylau.reception.rules.visit import Visit
from baqylau.reception.services.checking import checked
from baqylau.reception.services.writing import cells_of, next_serial, subject_of, write_words
from baqylau.reception.taxonomy import CallKind, Result

KEY: Final = re.compile(r"[0-9A-Za-z:_.-]{8,64}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A consultation, and whether it was written now or had been under the same key before."""

    row: Consultation
    is_new: bool


def record_consultation(*, actor: Actor, idempotency_key: str, visit: Visit) -> Consultation:
    """As `record`, for those who need the consultation alone."""
    return record(actor=actor, idempotency_key=idempotency_key, visit=visit).row


def record(*, actor: Actor, idempotency_key: str, visit: Visit) -> Recorded:
    """Write a visit down, or return what the same key has written before.

    The draft under the key goes with it, and a promised call becomes due.
    Raises: NotAllowedError; DomainError with the field that is wrong; ValueError for a key of
    another shape.
    """
    require_role(actor, RECORD)
    if not KEY.fullmatch(idempotency_key):
        raise ValueError("an idempotency key has 8 to 64 letters, digits or : _ . -")
    if (found := written(idempotency_key)) is not None:
        return Recorded(found, is_new=False)
    row = checked(visit)
    row.idempotency_key, row.author = idempotency_key, actor.key
    row.recorded_at = clock.now()
    call_on = promised_day(visit, row.held_on)
    try:
        with transaction.atomic():
            _number(row, visit.slip)
            row.save(force_insert=True)
            write_words(row, is_new=True)
            if call_on:
                Call.objects.create(
                    consultation=row, kind=CallKind.PROMISED, due_on=call_on, person=actor.key
                )
            Draft.objects.filter(token=idempotency_key, owner=actor.key).delete()
            append_many(drafts=[Entry("reception.recorded", actor, subject_of(row), cells_of(row))])
    except IntegrityError:
        # Another thread was first with this key: its consultation is the one.
        if (found := written(idempotency_key)) is None:
            raise
        return Recorded(found, is_new=False)
    return Recorded(row, is_new=True)


def written(key: str) -> Consultation | None:
    """What the key has written, if anything."""
    return Consultation.objects.filter(idempotency_key=key).first()


def _number(row: Consultation, slip: str) -> None:
    """Take the number of a slip that was printed in advance, or the next one."""
    if slip.strip():
        taken = printed_slip(slip, PrintedSlip.objects.select_for_update())
        row.year, row.serial = taken.year, taken.serial
    else:
        row.year = row.held_on.year
        row.serial = next_serial(row.year)
    row.number = consultation_number(row.year, row.serial)


def printed_slip(text: str, slips: QuerySet[PrintedSlip]) -> PrintedSlip:
    """The slip with the number, of these, that nobody has written down. Raises: DomainError."""
    read = read_number(text)
    year, serial = read or (None, 0)
    found = (
        slips.filter(serial=serial)
        .filter(**({"year": year} if year else {}))
        .order_by("-year")
        .first()
    )
    if found is None:
        raise DomainError(_("No slip with this number was printed."), field="slip")
    if Consultation.objects.filter(year=found.year, serial=found.serial).exists():
        raise DomainError(_("This slip has been written down already."), field="slip")
    return found


def promised_day(visit: Visit, held_on: date) -> date | None:
    """The day of a promised call, if one was promised. Raises: DomainError."""
    if visit.call_on is None and visit.result != Result.CALL_BACK:
        return None
    if visit.call_on is None:
        raise DomainError(_("Say on which day you will call back."), field="call_on")
    if visit.call_on < held_on:
        raise DomainError(_("The call cannot be before the talk."), field="call_on")
    return visit.call_on
