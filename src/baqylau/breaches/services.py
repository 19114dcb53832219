"""Noting a breach, telling the authority, closing."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.breaches.access import KEEP
from baqylau.breaches.models import Breach, Outcome
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require

TEXT = 4_000
"""Signs of a story or of the measures."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a breach, without names."""

    detected_on: date
    happened: str
    whose: str
    story: str
    people: int | None = None
    measures: str = ""


def note(*, actor: Actor, said: Noted) -> Breach:
    """Write a breach down. Raises: NotAllowedError; RefusalsError."""
    require(actor, KEEP)
    _refuse_unfit(said)
    with transaction.atomic():
        made = Breach.objects.create(noted_by=actor.key, noted_at=clock.now(), **asdict(said))
        _tell("breaches.noted", actor, made)
    return made


def correct(*, actor: Actor, breach: Breach, said: Noted, seen: int) -> Breach:
    """Write down what is known by now; `seen` is the edition that the person had before them.

    Raises: NotAllowedError; RefusalsError; ConflictError.
    """
    require(actor, KEEP)
    _refuse_unfit(said)
    with transaction.atomic():
        row = _locked(breach.pk)
        if row.edition != seen:
            raise ConflictError(_("A colleague has changed this meanwhile. Look at it again."))
        if row.told_on and said.detected_on > row.told_on:
            raise DomainError(_("The authority was told before this day."), field="detected_on")
        for name, value in asdict(said).items():
            setattr(row, name, value)
        _save("breaches.corrected", actor, row)
    return row


def tell_authority(
    *, actor: Actor, breach: Breach, on: date, reference: str, people_on: date | None = None
) -> Breach:
    """Note that the authority was told, under which number, and when the people were.

    Raises: NotAllowedError; DomainError with its field; ConflictError.
    """
    require(actor, KEEP)
    for day, field in ((on, "on"), (people_on, "people_on")):
        if day and not breach.detected_on <= day <= clock.today():
            raise DomainError(
                _("A day from the detection until today, please."), code="day", field=field
            )
    with transaction.atomic():
        row = _locked(breach.pk)
        if row.told_on:
            raise ConflictError(_("It is noted already that the authority was told."))
        row.told_on, row.told_by, row.reference = on, actor.key, reference.strip()
        row.people_told_on = people_on
        _save("breaches.told", actor, row)
    return row


def close(*, actor: Actor, breach: Breach, outcome: str) -> Breach:
    """Close a breach. Raises: NotAllowedError; DomainError; ConflictError."""
    require(actor, KEEP)
    if outcome not in {Outcome.SETTLED, Outcome.NO_BREACH}:
        raise DomainError(_("Say how it ended."), field="outcome")
    with transaction.atomic():
        row = _locked(breach.pk)
        if outcome == Outcome.SETTLED and row.told_on is None:
            raise DomainError(
                _("First note when the authority was told."), code="untold", field="outcome"
            )
        row.outcome, row.closed_on, row.closed_by = outcome, clock.today(), actor.key
        _save("breaches.closed", actor, row)
    return row


def _refuse_unfit(said: Noted) -> None:
    faults = []
    if said.detected_on > clock.today():
        faults.append(DomainError(_("This day is still to come."), field="detected_on"))
    if not said.story.strip():
        faults.append(DomainError(_("Fill this in."), field="story"))
    faults += [
        DomainError(_("At most %(limit)s signs."), field=name, params={"limit": TEXT})
        for name in ("story", "measures")
        if len(getattr(said, name)) > TEXT
    ]
    refuse_all(faults)


def _locked(pk: int) -> Breach:
    """The open row, for this transaction alone. Raises: ConflictError once it is closed."""
    row = Breach.objects.select_for_update().get(pk=pk)
    if row.closed_on:
        raise ConflictError(_("This is closed already."))
    return row


def _save(action: str, actor: Actor, row: Breach) -> None:
    row.edition += 1
    row.save()
    _tell(action, actor, row)


def _tell(action: str, actor: Actor, row: Breach) -> None:
    """Codes and days; never what was written."""
    payload: dict[str, Value] = {
        "happened": row.happened,
        "whose": row.whose,
        "detected": row.detected_on,
        "told": row.told_on,
        "outcome": row.outcome,
    }
    append(action=action, actor=actor, subject=f"breach:{row.pk}", payload=payload)
