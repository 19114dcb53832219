"""Who else can open a report: a colleague is added, somebody steps back. No item is touched."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.institutions.queries import tied_to
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Keyholder, Part, Report, Wrap
from baqylau.reports.parts import part_id
from baqylau.reports.queries.contents import public_of
from baqylau.reports.queries.listing import living_officers
from baqylau.reports.queries.readers import require_compared, require_living
from baqylau.seal import wraps
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Binding, Role
from baqylau.storage.wiping import overwrite_deleted

SHARED = (Part.REPORT, Part.DESK)
"""The parts that officers hold."""


def add_colleague(
    *, actor: Actor, own: SecretKey, report: Report, person: str, avoid: Collection[int]
) -> None:
    """Wrap R and D to another officer; nothing is encrypted anew. Safe to repeat.

    `avoid` are the ids of bodies whose people the reporter has kept out (from the sealed answers).
    Raises: DomainError for who is no officer with a living key, or is kept out; SealError.
    """
    row = Keyholder.objects.filter(
        holder=person, until_on=None, office=Keyholder.Office.OFFICER
    ).first()
    if row is None:
        raise DomainError(
            _("This colleague has no living key of an officer."), code="no_key", field="person"
        )
    require_compared(row, "person")
    if frozenset(avoid) & tied_to(person, clock.today()):
        raise DomainError(
            _("The reporter has kept this colleague out: they are tied to a body named there."),
            code="kept_out",
            field="person",
        )
    with transaction.atomic(using="sealed"):
        held = Report.objects.select_for_update().get(pk=report.pk)
        made = [_rewrapped(actor, own, held, part, row) for part in SHARED]
        if not any(made):
            return
        append(
            action="reports.colleague_added",
            actor=actor,
            subject=f"report:{report.pk}",
            payload={"person": person},
            using="sealed",
        )
        require_living([row.public])


def _rewrapped(actor: Actor, own: SecretKey, report: Report, part: Part, to: Keyholder) -> bool:
    """Wrap one part to a colleague; whether there was anything to do. Raises: SealError."""
    wanted = {"report": report, "part": part, "role": Role.OFFICER}
    is_there = Wrap.objects.filter(**wanted, holder=to.holder).exists()
    if is_there or not public_of(report, part):
        return False
    mine = Wrap.objects.get(**wanted, holder=actor.key)
    name = part_id(report.pk, part)
    wrapped = wraps.rewrap(
        own,
        Binding(name, Role.OFFICER, actor.key),
        bytes(mine.wrapped),
        public=public_of(report, part),
        new=Binding(name, Role.OFFICER, to.holder),
        to=to.public,
    )
    Wrap.objects.create(**wanted, holder=to.holder, wrapped=wrapped)
    return True


def recuse(*, actor: Actor, report: Report) -> None:
    """Take the actor's own keys to a report away, for good.

    Raises: DomainError `last` when no other living key would open it.
    """
    with transaction.atomic(using="sealed"):
        overwrite_deleted("sealed")
        held = Report.objects.select_for_update().get(pk=report.pk)
        if not (held.holders & living_officers()) - {actor.key}:
            raise DomainError(
                _("You are the last who can open this report. Add a colleague first."),
                code="last",
            )
        gone, _kinds = Wrap.objects.filter(report=held, holder=actor.key).delete()
        if gone:
            append(
                action="reports.recused",
                actor=actor,
                subject=f"report:{report.pk}",
                using="sealed",
            )
