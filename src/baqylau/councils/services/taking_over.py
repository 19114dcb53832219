"""Meetings of earlier years, taken over from a register that somebody kept on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from baqylau.councils.access import IMPORT
from baqylau.councils.models import Council, Meeting, MeetingStage
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.planning import cancel_meeting, change_meeting, plan_meeting
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class Past:
    """What became of a meeting: held with who came, or called off with the reason.

    `starts_at` is aware, None when it was not held; `presence` gives a code of `Presence` by the
    member's number.
    """

    starts_at: datetime | None
    presence: Mapping[int, str]
    place_kk: str = ""
    place_ru: str = ""
    reason_kk: str = ""
    reason_ru: str = ""


def take_over_meeting(
    *,
    actor: Actor,
    council: Council,
    fields: Mapping[str, Any],
    past: Past | None,
    meeting: Meeting | None = None,
) -> Meeting:
    """Put a meeting into the plan, or change one of the plan, and say what became of it.

    Nobody is invited and no letter goes out. Raises: NotAllowedError; DomainError, as planning,
    cancelling and writing down who came do.
    """
    require(actor, IMPORT)
    with transaction.atomic():
        if meeting is None:
            row = plan_meeting(actor=actor, council=council, fields=fields)
        else:
            revision = meeting.revision
            row = change_meeting(actor=actor, meeting=meeting, fields=fields, revision=revision)
        return _told(actor, row, past) if past else row


def _told(actor: Actor, row: Meeting, past: Past) -> Meeting:
    row.is_imported = True
    if past.starts_at:
        row.starts_at, row.stage = past.starts_at, MeetingStage.INVITED
        row.place_kk, row.place_ru = past.place_kk, past.place_ru
    row.save()
    if past.starts_at:
        note_attendance(actor=actor, meeting=row, presence=past.presence)
    else:
        reasons = {"reason_kk": past.reason_kk, "reason_ru": past.reason_ru}
        cancel_meeting(actor=actor, meeting=row, **reasons)
    append(
        action="councils.meeting_taken_over",
        actor=actor,
        subject=f"meeting:{row.code}",
        payload={"council": row.council.code, "held": past.starts_at is not None},
    )
    row.refresh_from_db()
    return row
