"""Closing a period: its numbers are counted a last time, fixed and signed."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from nacl.signing import SigningKey

from baqylau.figures.access import CLOSE
from baqylau.figures.models import Cell, Closing, Counted, Draft
from baqylau.figures.models.closings import CLOSED_SPANS
from baqylau.figures.queries.closing import closing_of, to_publish
from baqylau.figures.queries.families import families
from baqylau.figures.queries.periods import in_the_way
from baqylau.figures.queries.preparing import (
    Prepared,
    as_prepared,
    basis_of,
    draft_of,
    has_tables,
    prepare,
)
from baqylau.figures.queries.tables import grouped, now
from baqylau.figures.rules.sealing import Published, as_rows, message
from baqylau.figures.rules.spans import Chosen
from baqylau.figures.services.folding import fold_all
from baqylau.journal import keys
from baqylau.journal.models import Entry
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require


class NotOverError(DomainError):
    """The period still runs."""

    code = "not_over"


class ClosedError(ConflictError):
    """The period is closed already."""

    code = "closed"


class OrderError(DomainError):
    """Another period has to be closed before this one."""

    code = "order"


class MovedError(ConflictError):
    """The numbers are not those that were looked at."""

    code = "moved"


def count(*, actor: Actor, chosen: Chosen) -> Draft:
    """Count what closing the period would publish, and keep it to be looked at.

    Raises: NotAllowedError, NotOverError, ClosedError; ConflictError when the sums do not stand
    still.
    """
    require(actor, CLOSE)
    _refuse(chosen)
    fold_all()
    prepared = prepare(chosen, clock.today())
    with transaction.atomic():
        _refuse_closed(chosen)
        made, _is_new = Draft.objects.update_or_create(
            span=chosen.span.value,
            first_on=chosen.first,
            defaults={
                "made_at": clock.now(),
                "number": prepared.number,
                "basis": prepared.basis,
                "digest": prepared.digest,
                "cells": as_rows(prepared.cells),
            },
        )
    return made


def close(*, actor: Actor, chosen: Chosen, seen: str = "") -> Closing:
    """Fix and sign the numbers of a month, quarter or year that is over.

    `seen` is the digest of what was looked at: that is published, or nothing. Everything slow comes
    before the transaction; who comes second is refused.

    Raises: NotAllowedError; NotOverError, OrderError, ClosedError, MovedError; DomainError without
    a key.
    """
    require(actor, CLOSE)
    _refuse(chosen)
    seed = keys.seed()
    fold_all()
    _refuse_order(chosen)
    prepared = _prepared(chosen, seen)
    # What was counted has an entry: nothing else becomes a sum.
    last = Entry.objects.using("default").filter(number=prepared.number).first()
    if last is None:
        raise NotOverError(_("Nothing is written in the journal yet."))
    try:
        return _write(actor, chosen, prepared, last, seed)
    except IntegrityError:
        # A colleague was first: where writers do not queue, only the row itself tells.
        _refuse_closed(chosen)
        raise


def _write(actor: Actor, chosen: Chosen, prepared: Prepared, last: Entry, seed: bytes) -> Closing:
    """Everything in one transaction, or nothing."""
    with transaction.atomic():
        _refuse_closed(chosen)
        closing = Closing(
            span=chosen.span.value,
            first_on=chosen.first,
            closed_at=clock.now(),
            person=actor.key,
            number=last.number,
            head=last.digest,
            digest=prepared.digest,
        )
        _sign(closing, seed)
        closing.save(force_insert=True)
        Cell.objects.bulk_create([_row(closing, cell) for cell in prepared.cells], batch_size=500)
        if has_tables(chosen):
            Counted.objects.bulk_create(_counted(closing, chosen), batch_size=500)
            if basis_of(chosen) != prepared.basis:
                raise _moved()
        Draft.objects.filter(span=chosen.span.value, first_on=chosen.first).delete()
        append(
            action="figures.closed",
            actor=actor,
            subject=f"period:{chosen.code}",
            payload={
                "digest": closing.digest,
                "number": last.number,
                "cells": len(prepared.cells),
            },
        )
    return closing


def _sign(closing: Closing, seed: bytes) -> None:
    signer = SigningKey(seed)
    words = message(closing.span, closing.first_on, closing.number, closing.head, closing.digest)
    closing.key = bytes(signer.verify_key).hex()
    closing.signature = signer.sign(words).signature.hex()


def _prepared(chosen: Chosen, seen: str) -> Prepared:
    """What is published: what was looked at, if it is what the records still lead to."""
    draft = draft_of(chosen) if seen else None
    if draft is not None and has_tables(chosen):
        is_same = draft.digest == seen and draft.basis == basis_of(chosen)
        prepared = as_prepared(draft)
    else:
        prepared = prepare(chosen, clock.today())
        is_same = seen in {"", prepared.digest}
    if not is_same:
        raise _moved()
    return prepared


def _moved() -> MovedError:
    return MovedError(
        gettext_lazy("The numbers have changed since you looked at them. Count them again.")
    )


def _counted(closing: Closing, chosen: Chosen) -> list[Counted]:
    """What the tables were made from, for the tables of later quarters."""
    rows: dict[tuple[str, str, str], Counted] = {}
    for family in families(to_publish()):
        found = now(family, chosen)
        groups = grouped(family, {(chosen.code, value): None for value in found})
        for value, sums in found.items():
            for measure, amount in sums.items():
                rows[measure, family.by.code, value] = Counted(
                    closing=closing,
                    measure=measure,
                    dimension=family.by.code,
                    value=value,
                    group=groups.get(value, ""),
                    amount=amount,
                )
    return list(rows.values())


def _refuse(chosen: Chosen) -> None:
    if chosen.span not in CLOSED_SPANS or not chosen.is_over(clock.today()):
        raise NotOverError(_("This period is not over yet."))
    _refuse_closed(chosen)


def _refuse_order(chosen: Chosen) -> None:
    if first := in_the_way(chosen):
        raise OrderError(
            gettext_lazy("Another quarter has to be closed first: %(quarter)s."),
            params={"quarter": first.code},
        )


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
