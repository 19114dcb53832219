"""Handing a key on: what one can open is wrapped to somebody else as well; no item is touched."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import Draft, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Keyholder, Part, Report, Wrap
from baqylau.reports.parts import part_id
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.readers import HELD, kept, require_compared, require_living
from baqylau.reports.queries.tied import may_get, recused
from baqylau.reports.services.batches import SECONDS, Done, worked
from baqylau.seal import wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Binding, Role

Opening = Callable[[Report, str], SecretKey | None]
"""Gives the secret of a report's part, None where there is none. Raises: SealError."""


def wrapped_to(report: Report, part: str, role: Role, key: SecretKey, to: Keyholder) -> Wrap:
    """A part's secret, wrapped to somebody; not stored yet. Raises: SealError."""
    binding = Binding(part_id(report.pk, part), role, to.holder)
    return Wrap(
        report=report,
        part=part,
        role=role,
        holder=to.holder,
        wrapped=wraps.wrap(key, binding, to.public),
    )


def opening_with(own: SecretKey, role: Role, holder: str) -> Opening:
    """Opens parts by the wraps to one person (or to recovery: holder "")."""

    def opened(report: Report, part: str) -> SecretKey | None:
        is_there = Wrap.objects.filter(report=report.pk, part=part, role=role, holder=holder)
        return open_wrap(report, part, role, own, holder) if is_there.exists() else None

    return opened


def give_mine(*, actor: Actor, own: SecretKey, to: str, seconds: float = SECONDS) -> Done:
    """Hand everything that the actor can open to a colleague of the same office.

    Officers hand on R and D, custodians I. A report whose reporter keeps the colleague's
    institutions out stays closed to them. Goes on where it was when it is called again.

    Raises: DomainError when the colleague has no living key of the actor's office; ConflictError
    when that key ends meanwhile.
    """
    giver, taker = own_key(actor.key), own_key(to)
    if giver is None or taker is None or giver.office != taker.office or to == actor.key:
        raise DomainError(_("Choose a colleague who holds a key of the same kind."), field="to")
    require_compared(taker, "to")
    part, role = HELD[giver.office]
    own_reports = Wrap.objects.filter(holder=actor.key, part=part, role=role).values("report")
    rows = lacking(taker, kept().filter(pk__in=own_reports))
    opened = opening_with(own, role, actor.key)
    return hand_on(actor=actor, rows=rows, opened=opened, to=taker, seconds=seconds)


def lacking(taker: Keyholder, rows: QuerySet[Report]) -> list[Report]:
    """Those of the reports that the person cannot open yet; none from which they stepped back."""
    part, role = HELD[taker.office]
    theirs = Wrap.objects.filter(holder=taker.holder, part=part, role=role).values("report")
    away = recused(taker.holder)
    return [row for row in rows.exclude(pk__in=theirs).order_by("pk") if row.pk not in away]


def hand_on(
    *,
    actor: Actor,
    rows: Sequence[Report],
    opened: Opening,
    to: Keyholder,
    seconds: float = SECONDS,
) -> Done:
    """Wrap these reports to somebody, in pieces; each is told in the sealed journal.

    Raises: ConflictError when the key has ended meanwhile; then the last piece is not stored.
    """
    return worked(rows, seconds, partial(_piece, actor, opened, to))


def _piece(actor: Actor, opened: Opening, to: Keyholder, rows: Sequence[Report]) -> Done:
    made: list[Wrap] = []
    drafts: list[Draft] = []
    kept_back = damaged = 0
    for report in rows:
        try:
            found = _wraps(report, opened, to)
        except SealError:
            damaged += 1
            continue
        if not found:
            kept_back += 1
            continue
        made += found
        payload = {"to": to.holder, "office": str(to.office)}
        drafts.append(Draft("reports.given", actor, f"report:{report.pk}", payload))
    if drafts:
        with transaction.atomic(using="sealed"):
            # Somebody else may have given the same meanwhile.
            Wrap.objects.bulk_create(made, ignore_conflicts=True)
            append_many(drafts=drafts, using="sealed")
            require_living([to.public])
    return Done(len(drafts), kept_back, damaged)


def _wraps(report: Report, opened: Opening, to: Keyholder) -> list[Wrap]:
    """What the person gets of a report; nothing when the reporter keeps them out.

    Raises: SealError.
    """
    part, role = HELD[to.office]
    key = opened(report, part)
    if key is None:
        raise SealError("wrap_closed")
    if part == Part.NAME:
        return [wrapped_to(report, part, role, key, to)]
    if not may_get(report, key, to.holder, clock.today()):
        return []
    found = [wrapped_to(report, part, role, key, to)]
    desk = opened(report, Part.DESK) if report.desk_public else None
    if desk is not None:
        found.append(wrapped_to(report, Part.DESK, role, desk, to))
    return found
