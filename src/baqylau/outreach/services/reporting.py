"""Writing down how an event went: how many came, when it began, the sheet that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD
from baqylau.outreach.models import Event, Headcount, Stage
from baqylau.outreach.queries.events import heads_of, holding
from baqylau.outreach.rules.heads import Heads, faults
from baqylau.outreach.rules.life import may_follow
from baqylau.outreach.services.doubting import examine
from baqylau.outreach.services.events import day_faults, locked, refuse_ahead
from baqylau.outreach.services.reaching import follow
from baqylau.outreach.services.sheets import Scan, add_row, keep


@dataclass(frozen=True, slots=True)
class Told:
    """What the lecturer writes down. `is_sure`: unusual numbers were looked at once more."""

    heads: Heads
    on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    scan: Scan | None = None
    is_sure: bool = False


def report_event(*, actor: Actor, event: Event, told: Told, revision: int | None = None) -> Event:
    """Report an event, or put right what was reported; the same report again changes nothing.

    What asks a person to look is raised in the same transaction.
    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError.
    """
    require(actor, HOLD, holding(event))
    refuse_all(list(_faults(told, event)))
    if _is_the_same(event, told):
        return event
    kept = keep(told.scan) if told.scan else None
    try:
        with transaction.atomic():
            row = locked(event, revision)
            is_first = row.stage != Stage.REPORTED
            row.on = told.on or row.on
            _refuse(row)
            _write(actor, row, told)
            if kept:
                add_row(actor, row, kept)
            follow(event=row, actor=actor)
            append(
                action="outreach.reported" if is_first else "outreach.put_right",
                actor=actor,
                subject=f"event:{row.code}",
                payload={"on": row.on, "people": told.heads.total},
            )
            examine(event=row)
    except Exception:
        if kept:
            files.forget(digest=kept.file.digest)
        raise
    return row


def _faults(told: Told, event: Event) -> Iterator[DomainError]:
    yield from faults(told.heads, is_sure=told.is_sure)
    if told.on and told.on != event.on and not event.is_imported:
        yield from day_faults(told.on)
    if told.starts_at and told.ends_at and told.ends_at <= told.starts_at:
        yield DomainError(
            _("The end lies before the beginning. An event ends on its day."),
            code="times",
            field="ends_at",
        )


def _refuse(row: Event) -> None:
    """Raises: ConflictError for a cancelled event; DomainError for one that lies ahead."""
    if not may_follow(row.stage, Stage.REPORTED):
        raise ConflictError(_("This event was cancelled: plan another one."))
    refuse_ahead(row)


def _is_the_same(event: Event, told: Told) -> bool:
    """Whether just this was reported already, and no sheet comes with it: a form sent twice."""
    row = Event.objects.get(pk=event.pk)
    if row.stage != Stage.REPORTED or told.scan:
        return False
    cells = {(each.sex, each.age): each.count for each in heads_of(row)}
    times = (told.on or row.on, told.starts_at or row.starts_at, told.ends_at or row.ends_at)
    return cells == told.heads.whole() and times == (row.on, row.starts_at, row.ends_at)


def _write(actor: Actor, row: Event, told: Told) -> None:
    if row.stage != Stage.REPORTED:
        row.reported_at, row.reporter = clock.now(), actor.key
    row.stage = Stage.REPORTED
    row.people = told.heads.total
    row.starts_at = told.starts_at or row.starts_at
    row.ends_at = told.ends_at or row.ends_at
    row.revision += 1
    row.save()
    Headcount.objects.filter(event=row).delete()
    Headcount.objects.bulk_create(
        Headcount(event=row, sex=sex, age=age, count=count)
        for (sex, age), count in told.heads.whole().items()
    )
