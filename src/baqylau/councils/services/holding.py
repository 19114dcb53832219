"""Who came: with this a meeting is held, and it is known whether it may decide."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import Attendance, Meeting, MeetingStage, Presence, Vote
from baqylau.councils.queries.meetings import came, day_of, quorum
from baqylau.councils.services.locking import locked
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require


def note_attendance(*, actor: Actor, meeting: Meeting, presence: Mapping[int, str]) -> Meeting:
    """Write down who came; may be done again until the minutes are published.

    `presence` gives a code of `Presence` by the member's number, for everybody who sits in the
    council on the day.

    Raises: NotAllowedError; DomainError when nobody was invited, the day is to come, somebody is
    left out or does not sit in the council, or a voter is said to have been away.
    """
    require(actor, KEEP, meeting.council)
    with transaction.atomic():
        row = locked(meeting)
        if row.stage == MeetingStage.PLANNED:
            raise DomainError(_("Nobody is invited to this meeting yet."), code="not_invited")
        if clock.today() < day_of(row):
            raise DomainError(_("The day of this meeting is still to come."), code="early")
        rows = came(row)
        if {each.member.pk for each in rows} != set(presence):
            raise DomainError(
                _("Say of every member whether they came, and of nobody else."), code="members"
            )
        _refuse_absent_voters(row, presence)
        before = quorum(rows) if row.stage == MeetingStage.HELD else None
        for number, code in presence.items():
            Attendance.objects.update_or_create(
                meeting=row, member_id=number, defaults={"presence": Presence(code)}
            )
        row.stage = MeetingStage.HELD
        row.revision += 1
        row.save(update_fields=["stage", "revision"])
        known = quorum(came(row))
        append(
            action="councils.held",
            actor=actor,
            subject=f"meeting:{row.code}",
            payload={
                "council": row.council.code,
                "on": day_of(row),
                "planned": row.planned_on,
                "before": [before.present, before.seated] if before else None,
                "present": known.present,
                "seated": known.seated,
                "quorum": known.is_there,
            },
        )
    return row


def _refuse_absent_voters(row: Meeting, presence: Mapping[int, str]) -> None:
    away = [number for number, code in presence.items() if code != Presence.PRESENT]
    cast = Vote.objects.filter(item__meeting=row, member__in=away).select_related("member")
    if vote := cast.first():
        raise DomainError(
            _("This member has voted, so they were there: %(name)s."),
            code="voted",
            params={"name": vote.member.name},
        )
