"""Calls to people: opening the telephone for a reason, and noting how the call went."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.contacts.services.identity import Identity, Reason, reveal, still_open
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require
from baqylau.reception.access import CALL
from baqylau.reception.models import Call
from baqylau.reception.queries.calls import UnknownCallError, reachable
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.calls import ATTEMPTS, check_answers, next_try
from baqylau.reception.services.writing import cells_of, subject_of
from baqylau.reception.taxonomy import CallKind, Reached


def reveal_for_call(*, actor: Actor, pk: int) -> Identity:
    """Open name and phone of whoever is to be called; the journal keeps that it was done.

    Raises: UnknownCallError; NotAllowedError; ConflictError; DomainError when nobody is kept any
    more, or the talk was the actor's own.
    """
    with transaction.atomic():
        row = _open_call(actor, pk)
        if not row.consultation.contact:
            raise DomainError(_("No name and no phone were written down for this visit."))
        return reveal(actor=actor, key=row.consultation.contact, reason=Reason.CALL_BACK)


def still_open_for_call(*, actor: Actor, row: Call) -> Identity | None:
    """Whom the actor opened for this call a moment ago, without a second entry; else None.

    Raises: NotAllowedError; KeyFileError.
    """
    key = row.consultation.contact
    if row.closed_on or not key:
        return None
    return still_open(actor=actor, key=key, reason=Reason.CALL_BACK)


def record_call(
    *,
    actor: Actor,
    pk: int,
    reached: str,
    solved: str = "",
    happened: str = "",
    again_on: date | None = None,
) -> Call:
    """Note how a call went; one that reached nobody is tried again, three times in all.

    Raises: UnknownCallError; NotAllowedError; ConflictError for a call that was made meanwhile;
    DomainError with the field that is wrong, or for the adviser of the talk.
    """
    today = clock.today()
    with transaction.atomic():
        row = _open_call(actor, pk)
        check_answers(row.kind, reached, solved, happened)
        row.attempts += 1
        is_last = row.attempts >= ATTEMPTS or reachable(row) is None
        if reached == Reached.UNREACHED and not is_last:
            row.due_on = next_try(again_on, today)
            row.save(update_fields=["attempts", "due_on"])
            _tell("reception.tried", actor, row, {"again_on": row.due_on})
            return row
        row.closed_on, row.called_by = today, actor.key
        row.reached, row.solved = reached, solved
        row.happened = happened if row.kind == CallKind.CHECK else ""
        row.save()
        answers: dict[str, Any] = {"reached": reached, "solved": solved, "happened": row.happened}
        is_check = row.kind == CallKind.CHECK
        cells = cells_of(row.consultation) if is_check else {}
        action = "reception.checked" if is_check else "reception.called"
        _tell(action, actor, row, {**cells, **answers})
    return row


def _tell(action: str, actor: Actor, row: Call, payload: dict[str, Value]) -> None:
    said = {**payload, "attempts": row.attempts}
    append(action=action, actor=actor, subject=subject_of(row.consultation), payload=said)


def _open_call(actor: Actor, pk: int) -> Call:
    """The call, held until the transaction ends, for somebody who may make it."""
    related = ("room", "territory", "service", "body", "continues", "case")
    rows = Call.objects.select_for_update(of=("self",))
    rows = rows.select_related(*(f"consultation__{name}" for name in related))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise UnknownCallError(_("There is no such call."))
    if row.not_by and row.not_by == actor.key:
        raise DomainError(_("This talk was yours: another colleague calls."), code="own_talk")
    require(at_the_desk(actor, clock.today()), CALL, row)
    if row.closed_on:
        raise ConflictError(_("This call was made already."))
    if row.consultation.is_struck:
        raise ConflictError(_("This consultation is struck out: nobody is called."))
    return row
