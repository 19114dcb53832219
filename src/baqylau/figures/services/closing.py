"""Closing a period: its numbers are counted a last time, fixed and signed."""

from django.db import transaction
from django.utils.translation import gettext as _
from nacl.signing import SigningKey

from baqylau.figures.access import CLOSE
from baqylau.figures.models import Cell, Closing
from baqylau.figures.models.closings import CLOSED_SPANS
from baqylau.figures.queries.closing import cells, closing_of
from baqylau.figures.rules.sealing import Published, digest, message
from baqylau.figures.rules.spans import Chosen
from baqylau.figures.services.folding import fold_all
from baqylau.journal import keys
from baqylau.journal.models import Entry
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require


class NotOverError(DomainError):
    """The period still runs."""

    code = "not_over"


class ClosedError(DomainError):
    """The period is closed already."""

    code = "closed"


def close(*, actor: Actor, chosen: Chosen) -> Closing:
    """Fix and sign the numbers of a month, quarter or year that is over.

    Everything slow comes before the transaction; who comes second is refused.

    Raises: PermissionError of the desk; NotOverError, ClosedError; DomainError without a key.
    """
    require(actor, CLOSE)
    today = clock.today()
    if chosen.span not in CLOSED_SPANS or not chosen.is_over(today):
        raise NotOverError(_("This period is not over yet."))
    _refuse_closed(chosen)
    seed = keys.seed()
    fold_all()
    last = Entry.objects.using("default").order_by("-number").first()
    if last is None:
        raise NotOverError(_("Nothing is written in the journal yet."))
    found = cells(chosen, today)
    fixed = digest(found)
    signer = SigningKey(seed)
    words = message(chosen.span.value, chosen.first, last.number, last.digest, fixed)
    with transaction.atomic():
        _refuse_closed(chosen)
        closing = Closing.objects.create(
            span=chosen.span.value,
            first_on=chosen.first,
            closed_at=clock.now(),
            person=actor.key,
            number=last.number,
            head=last.digest,
            digest=fixed,
            key=bytes(signer.verify_key).hex(),
            signature=signer.sign(words).signature.hex(),
        )
        Cell.objects.bulk_create([_row(closing, cell) for cell in found], batch_size=500)
        append(
            action="figures.closed",
            actor=actor,
            subject=f"period:{chosen.code}",
            payload={"digest": fixed, "number": last.number, "cells": len(found)},
        )
    return closing


def _refuse_closed(chosen: Chosen) -> None:
    if closing_of(chosen):
        raise ClosedError(_("This period is closed already."))


def _row(closing: Closing, cell: Published) -> Cell:
    return Cell(
        closing=closing,
        figure=cell.figure,
        window=cell.window,
        dimension=cell.dimension,
        value=cell.value,
        together=cell.together,
        answer=cell.answer,
    )
