"""The year's plan: meetings planned, changed, cancelled; and what is on their agendas."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import AgendaItem, Council, Material, Meeting, MeetingStage, Vote
from baqylau.councils.rules.meetings import ITEMS
from baqylau.councils.rules.terms import sits
from baqylau.councils.services.letters import tell_members
from baqylau.councils.services.locking import locked
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.permissions import require

FIELDS = ("kind", "topic_kk", "topic_ru", "planned_on")
ITEM_FIELDS = (
    "title_kk",
    "title_ru",
    "institution",
    "draft",
    "is_voted",
)


def plan_meeting(*, actor: Actor, council: Council, fields: Mapping[str, Any]) -> Meeting:
    """Add a meeting to the plan. Raises: NotAllowedError; RefusalsError."""
    require(actor, KEEP, council)
    refuse_all(_faults(council, fields))
    with transaction.atomic():
        row = Meeting(council=council)
        if "code" in fields:
            row.code = fields["code"]
        return _written(row, actor, fields)


def change_meeting(
    *, actor: Actor, meeting: Meeting, fields: Mapping[str, Any], revision: int
) -> Meeting:
    """Change a meeting; the day of the plan only while nobody is invited.

    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError when it is frozen.
    """
    require(actor, KEEP, meeting.council)
    refuse_all(_faults(meeting.council, fields))
    with transaction.atomic():
        row = locked(meeting, revision)
        if row.stage != MeetingStage.PLANNED and fields["planned_on"] != row.planned_on:
            raise DomainError(
                _("Invitations are out: the plan keeps its day. Move the meeting instead."),
                code="invited",
                field="planned_on",
            )
        return _written(row, actor, fields)


def _faults(council: Council, fields: Mapping[str, Any]) -> list[DomainError]:
    found = []
    if not fields.get("topic_kk"):
        found.append(DomainError(_("Give it a name in Kazakh."), code="empty", field="topic_kk"))
    if not sits(council.first_on, council.until_on, fields["planned_on"]):
        found.append(
            DomainError(
                _("The council does not exist on this day."), code="outside", field="planned_on"
            )
        )
    return found


def _written(row: Meeting, actor: Actor, fields: Mapping[str, Any]) -> Meeting:
    is_new = row.pk is None
    changed = [name for name in FIELDS if is_new or getattr(row, name) != fields[name]]
    if not changed:
        return row
    before = None if is_new else row.planned_on
    for name in changed:
        setattr(row, name, fields[name])
    row.revision += 0 if is_new else 1
    row.save()
    append(
        action="councils.meeting_planned",
        actor=actor,
        subject=f"meeting:{row.code}",
        payload={
            "council": row.council.code,
            "kind": row.kind,
            "on": row.planned_on,
            "before": before,
            "changed": [*sorted(changed)],
        },
    )
    return row


def cancel_meeting(
    *, actor: Actor, meeting: Meeting, reason_kk: str, reason_ru: str = "", address: str = ""
) -> Meeting:
    """Call a meeting off, saying why; whoever was invited is told. Safe to repeat.

    `address` is the public page of the meeting, for the letters.

    Raises: NotAllowedError; DomainError without a reason, or when it was held.
    """
    require(actor, KEEP, meeting.council)
    if not reason_kk:
        raise DomainError(_("Say in Kazakh why."), code="empty", field="reason_kk")
    with transaction.atomic():
        row = Meeting.objects.select_for_update().select_related("council").get(pk=meeting.pk)
        if row.stage == MeetingStage.CANCELLED:
            return row
        if row.stage == MeetingStage.HELD:
            raise DomainError(
                _("The meeting was held: it cannot be cancelled any more."), code="held"
            )
        was_invited = row.stage == MeetingStage.INVITED
        row.stage = MeetingStage.CANCELLED
        row.reason_kk, row.reason_ru = reason_kk, reason_ru
        row.sequence += was_invited
        row.revision += 1
        row.save()
        if was_invited:
            tell_members(row, "cancelled", address)
        append(
            action="councils.meeting_cancelled",
            actor=actor,
            subject=f"meeting:{row.code}",
            payload={"council": row.council.code, "on": row.planned_on, "invited": was_invited},
        )
    return row


def save_item(
    *, actor: Actor, meeting: Meeting, fields: Mapping[str, Any], item: AgendaItem | None = None
) -> AgendaItem:
    """Put an item on the agenda, or change one on which nobody has voted.

    Raises: NotAllowedError; DomainError.
    """
    require(actor, KEEP, meeting.council)
    if not fields.get("title_kk"):
        raise DomainError(_("Give it a name in Kazakh."), code="empty", field="title_kk")
    with transaction.atomic():
        row = locked(meeting)
        items = AgendaItem.objects.filter(meeting=row)
        if item is None:
            if items.count() >= ITEMS:
                raise DomainError(
                    _("An agenda has at most %(limit)s items."), params={"limit": ITEMS}
                )
            last = items.aggregate(last=Max("number"))["last"] or 0
            saved = AgendaItem(meeting=row, number=last + 1)
        else:
            saved = items.get(pk=item.pk)
            _refuse_voted(saved)
        for name in ITEM_FIELDS:
            if name in fields:
                setattr(saved, name, fields[name])
        saved.save()
        body = saved.institution
        append(
            action="councils.item_saved",
            actor=actor,
            subject=f"meeting:{row.code}",
            payload={
                "item": saved.number,
                "institution": body.code if body else "",
                "voted": saved.is_voted,
            },
        )
    return saved


def _refuse_voted(item: AgendaItem) -> None:
    if Vote.objects.filter(item=item).exists() or item.is_carried is not None:
        raise DomainError(
            _("Members have voted on this item: it stays as they read it."), code="voted"
        )


def remove_item(*, actor: Actor, item: AgendaItem) -> None:
    """Take an item off the agenda; those after it move up. Safe to repeat.

    Raises: NotAllowedError; DomainError when somebody voted, or it has materials.
    """
    require(actor, KEEP, item.meeting.council)
    with transaction.atomic():
        row = locked(item.meeting)
        items = AgendaItem.objects.filter(meeting=row)
        saved = items.filter(pk=item.pk).first()
        if saved is None:
            return
        _refuse_voted(saved)
        if Material.objects.filter(item=saved).exists():
            raise DomainError(_("Remove the materials of this item first."), code="materials")
        number = saved.number
        saved.delete()
        for later in items.filter(number__gt=number).order_by("number"):
            later.number -= 1
            later.save(update_fields=["number"])
        append(
            action="councils.item_removed",
            actor=actor,
            subject=f"meeting:{row.code}",
            payload={"item": number},
        )
