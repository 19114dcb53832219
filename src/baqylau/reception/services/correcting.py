"""Putting right what was written: the journal keeps the earlier codes, and no words."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.reception.access import CORRECT
from baqylau.reception.models import Consultation
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.cells import corrected
from baqylau.reception.rules.visit import Visit
from baqylau.reception.services.checking import checked
from baqylau.reception.services.writing import cells_of, locked, subject_of, write_words
from baqylau.reception.taxonomy import Result, StrikeReason

FIELDS = (
    "held_on",
    "language",
    "channel",
    "room",
    "territory",
    "kind",
    "service",
    "is_unlisted",
    "body",
    "part",
    "card",
    "answer",
    "result",
    "contact",
    "acted_as",
    "agreed_to_call",
    "continues",
)


def as_visit(row: Consultation) -> Visit:
    """The consultation as it would be typed again."""
    return Visit(
        language=row.language,
        channel=row.channel,
        room=row.room.code,
        kind=row.kind,
        result=row.result,
        held_on=row.held_on,
        origin=row.origin,
        district=row.territory_id,
        service=row.service.code if row.service else "",
        is_unlisted=row.is_unlisted,
        body=row.body.code if row.body else "",
        part=row.part,
        answer=row.answer,
        contact=row.contact,
        acted_as=row.acted_as,
        agreed_to_call=row.agreed_to_call,
        continues=row.continues.number if row.continues else "",
    )


def correct_consultation(
    *,
    actor: Actor,
    number: str,
    seen: int | None = None,
    **changes: Any,  # noqa: ANN401 - fields of Visit
) -> Consultation:
    """Change what the visit says; nothing happens when nothing differs.

    Raises: UnknownConsultationError; ConflictError; NotAllowedError; DomainError as
    `record_consultation`.
    """
    with transaction.atomic():
        row = locked(number, seen)
        require(at_the_desk(actor, clock.today()), CORRECT, row)
        _check_standing(row)
        before, words = cells_of(row), row.answer
        now = checked(replace(as_visit(row), **changes))
        _check_channel(row, now)
        _check_chain(row, now)
        for field in FIELDS:
            setattr(row, field, getattr(now, field))
        after = cells_of(row)
        if (after, row.answer) == (before, words):
            return row
        row.edition += 1
        row.save()
        if row.answer != words:
            write_words(row)
        payload = corrected(before, after)
        append(action="reception.corrected", actor=actor, subject=subject_of(row), payload=payload)
    return row


def _check_standing(row: Consultation) -> None:
    if row.is_struck:
        raise DomainError(_("This was struck out: it is not corrected any more."))


def _check_channel(row: Consultation, now: Consultation) -> None:
    """What was shown the safe channel began with nothing beside it, and stays so."""
    if (row.result == Result.SAFE_CHANNEL) != (now.result == Result.SAFE_CHANNEL):
        raise DomainError(
            _("A demand for money is written down apart: strike this out, and begin with F8."),
            field="result",
        )


def _check_chain(row: Consultation, now: Consultation) -> None:
    """Visits about one problem hang on its first one, and nothing hangs on itself."""
    if now.continues_id is None or now.continues_id == row.continues_id:
        return
    if now.continues_id == row.pk or Consultation.objects.filter(continues=row).exists():
        raise DomainError(
            _("Later visits hang on this one: it cannot hang on another."), field="continues"
        )


def says_same(row: Consultation, visit: Visit) -> bool:
    """Whether the visit, typed again, says what was written; the visitor is left aside."""
    try:
        now = checked(replace(visit, contact=row.contact, agreed_to_call=row.agreed_to_call))
    except DomainError:
        return False
    now.case = row.case
    return (cells_of(now), now.answer) == (cells_of(row), row.answer)


def strike_consultation(
    *, actor: Actor, number: str, reason: str, seen: int | None = None
) -> Consultation:
    """Take back a consultation that was written twice or by mistake; it stays to be seen.

    `reason` is a code of `StrikeReason`; the journal keeps it.
    Raises: UnknownConsultationError; ConflictError; NotAllowedError; DomainError without a reason.
    """
    if reason not in StrikeReason.values:
        raise DomainError(_("Say why it is struck out."), field="reason")
    with transaction.atomic():
        row = locked(number, seen)
        require(at_the_desk(actor, clock.today()), CORRECT, row)
        if row.is_struck:
            return row
        row.is_struck = True
        row.edition += 1
        row.save(update_fields=["is_struck", "edition"])
        append(
            action="reception.struck",
            actor=actor,
            subject=subject_of(row),
            payload={**cells_of(row), "reason": reason},
        )
    return row
