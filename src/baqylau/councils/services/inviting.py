"""Invitations: sent, and sent again with a higher number when a meeting moves."""

from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import AgendaItem, Invitation, Meeting, MeetingStage
from baqylau.councils.rules.meetings import LONGEST
from baqylau.councils.services.letters import tell_members
from baqylau.councils.services.locking import CHANGED, locked
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class Call:
    """When and where: `starts_at` aware, `minutes_long` in minutes."""

    starts_at: datetime
    minutes_long: int
    place_kk: str
    place_ru: str = ""


def invite(*, actor: Actor, meeting: Meeting, call: Call, seen: int, address: str = "") -> Meeting:
    """Invite the members, or tell them that the meeting moves; sent twice it is one invitation.

    `seen` is the number of the last invitation that the person saw, `address` the meeting's public
    page for the letters.

    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError when it was held.
    """
    require(actor, KEEP, meeting.council)
    refuse_all(_faults(call))
    with transaction.atomic():
        row = locked(meeting)
        if row.stage == MeetingStage.HELD:
            raise DomainError(_("The meeting was held: nobody is invited any more."), code="held")
        if row.stage == MeetingStage.INVITED and _says(row) == astuple(call):
            return row
        if row.sequence != seen:
            raise ConflictError(CHANGED)
        if not AgendaItem.objects.filter(meeting=row).exists():
            raise DomainError(
                _("Put at least one item on the agenda: people are invited to something."),
                code="agenda",
            )
        what = "moved" if row.stage == MeetingStage.INVITED else "invited"
        row.starts_at, row.minutes_long = call.starts_at, call.minutes_long
        row.place_kk, row.place_ru = call.place_kk, call.place_ru
        row.stage = MeetingStage.INVITED
        row.sequence += 1
        row.revision += 1
        row.save()
        Invitation.objects.create(
            meeting=row,
            sequence=row.sequence,
            starts_at=row.starts_at,
            sent_on=clock.today(),
            person=actor.key,
        )
        letters = tell_members(row, what, address)
        append(
            action=f"councils.{what}",
            actor=actor,
            subject=f"meeting:{row.code}",
            payload={
                "council": row.council.code,
                "sequence": row.sequence,
                "starts": call.starts_at.isoformat(),
                "letters": letters,
            },
        )
    return row


def _says(row: Meeting) -> tuple[datetime | None, int, str, str]:
    return row.starts_at, row.minutes_long, row.place_kk, row.place_ru


def _faults(call: Call) -> list[DomainError]:
    found = []
    if call.starts_at <= clock.now():
        found.append(
            DomainError(_("Choose a moment that is still to come."), code="past", field="on")
        )
    if not 0 < call.minutes_long <= LONGEST:
        found.append(
            DomainError(
                _("A meeting takes from 1 to %(limit)s minutes."),
                code="long",
                field="minutes_long",
                params={"limit": LONGEST},
            )
        )
    if not call.place_kk:
        found.append(DomainError(_("Say in Kazakh where."), code="empty", field="place_kk"))
    return found
