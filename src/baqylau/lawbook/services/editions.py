"""One change of rules or calendar at a time: its number, its deadlines, its entry in the journal.

A change first takes its turn on the edition's row, then writes, then lets every room recompute its
open deadlines by the new state, and keeps both dates of those that moved. A rehearsal does all of
that and takes it back.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError
from baqylau.kernel.modules import registry
from baqylau.lawbook.models import Change, Edition, MovedDeadline
from baqylau.lawbook.queries.book import read_book, reading, shelf

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Moved:
    """An open deadline that moved; `provider` is the code of the room's registered deadlines."""

    provider: str
    reference: str
    old_on: date
    new_on: date


@dataclass(slots=True)
class Outcome:
    """What a change came to: its edition, and the deadlines that it moved."""

    edition: int
    actor: Actor
    changed_at: datetime
    action: str = ""
    subject: str = ""
    payload: Mapping[str, Value] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()

    def told(self, action: str, subject: str, **payload: Value) -> None:
        """Say what the journal shall hold: codes, numbers and dates."""
        self.action, self.subject, self.payload = action, subject, payload


class StaleEditionError(ConflictError):
    """Rules or calendar have changed since the dates were shown."""

    code = "stale_edition"


@contextmanager
def changing(
    *, actor: Actor, seen: int | None = None, moves_days: bool = True
) -> Iterator[Outcome]:
    """Hold the turn while the block writes; recompute, keep and journal when it is done.

    The block says what it did through `Outcome.told`. `seen` is the edition whose dates the
    person looked at; None where nothing was shown. `moves_days` is False for a change that no
    due date can depend on.

    Raises: StaleEditionError; whatever the block or a room's recomputing raises: nothing is
    written then.
    """
    try:
        with transaction.atomic():
            edition = _take_turn(seen)
            outcome = Outcome(edition.number, actor, clock.now())
            yield outcome
            outcome.moved = _recompute(outcome.action) if moves_days else ()
            _keep(outcome)
            _journal(outcome)
    finally:
        shelf.forget()
    transaction.on_commit(shelf.forget)


def _take_turn(seen: int | None) -> Edition:
    """Lock the edition's row until the transaction ends, and give it the next number."""
    Edition.objects.get_or_create(id=1)
    edition = Edition.objects.select_for_update().get(id=1)
    if seen is not None and seen != edition.number:
        raise StaleEditionError(
            _("A colleague has changed rules or calendar meanwhile. Look at the dates once more.")
        )
    edition.number += 1
    edition.stamp = secrets.token_hex(16)
    edition.changed_at = clock.now()
    edition.save()
    return edition


def _recompute(reason: str) -> tuple[Moved, ...]:
    """Let every room recompute by the state that this transaction is writing."""
    with reading(read_book()):
        return tuple(
            Moved(room.code, reference, old_on, new_on)
            for room in registry.gather("deadlines")
            for reference, old_on, new_on in room.recompute(reason)
            if old_on != new_on
        )


def _keep(outcome: Outcome) -> None:
    change = Change.objects.create(
        edition=outcome.edition,
        action=outcome.action,
        subject=outcome.subject,
        changed_by=outcome.actor.key,
        changed_at=outcome.changed_at,
        moved=len(outcome.moved),
    )
    MovedDeadline.objects.bulk_create(
        [
            MovedDeadline(
                change=change,
                provider=moved.provider,
                reference=moved.reference,
                old_on=moved.old_on,
                new_on=moved.new_on,
            )
            for moved in outcome.moved
        ],
        batch_size=500,
    )


def _journal(outcome: Outcome) -> None:
    payload = {**outcome.payload, "edition": outcome.edition, "moved": len(outcome.moved)}
    append(action=outcome.action, actor=outcome.actor, subject=outcome.subject, payload=payload)


def rehearse(work: Callable[[], Outcome], look: Callable[[], Seen]) -> tuple[Outcome, Seen]:
    """Do the work, deadlines included, and take all of it back.

    Returns what it would come to, and what `look` read while it stood.
    Raises: whatever the work raises.
    """
    with transaction.atomic():
        outcome = work()
        seen = look()
        transaction.set_rollback(True)
    shelf.forget()
    return outcome, seen


def recount() -> str:
    """Recompute all open deadlines by the edition in force; returns how many moved.

    Heals what another process counted in the second before it saw a change. Nothing is written
    when nothing moves.
    """
    with transaction.atomic():
        outcome = Outcome(_take_turn(None).number, SYSTEM, clock.now())
        outcome.told("lawbook.recounted", "")
        outcome.moved = _recompute(outcome.action)
        if outcome.moved:
            _keep(outcome)
            _journal(outcome)
        else:
            transaction.set_rollback(True)
    shelf.forget()
    return str(len(outcome.moved))
