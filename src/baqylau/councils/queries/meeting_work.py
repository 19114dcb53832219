"""What waits for those who keep the councils: invitations to send, minutes to publish."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import Meeting, MeetingStage
from baqylau.councils.queries.meetings import day_of
from baqylau.councils.queries.said import said
from baqylau.councils.rules.meetings import invite_by, minutes_by
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.work import Asked, Task, Tasks

MOST = 100
"""Meetings that are looked at: more than a year of two councils has."""


def _label(what: str, row: Meeting) -> str:
    return f"{what}: {said(row, 'topic')}"


def _rows(asked: Asked, stage: str) -> QuerySet[Meeting]:
    if not may_somewhere(asked.actor, KEEP):
        return Meeting.objects.none()
    rows = Meeting.objects.filter(stage=stage, published_at=None).select_related("council")
    return rows.order_by("planned_on", "pk")


def invitations(asked: Asked) -> Sequence[Task]:
    """Meetings of the plan to which nobody is invited yet."""

    def found() -> Iterator[Task]:
        for row in _rows(asked, MeetingStage.PLANNED)[:MOST]:
            yield Task(
                _label(_("Send the invitations"), row),
                reverse("meeting_invite", args=[row.code]),
                invite_by(row.planned_on),
                row.get_kind_display(),
                row.pk,
                row.code,
            )

    return asked.take(found())


def minutes(asked: Asked) -> Sequence[Task]:
    """Meetings that were held and whose minutes are not public yet; of older registers none."""

    def found() -> Iterator[Task]:
        for row in _rows(asked, MeetingStage.HELD).filter(is_imported=False)[:MOST]:
            yield Task(
                _label(_("Publish the minutes"), row),
                reverse("meeting_desk", args=[row.code]),
                minutes_by(day_of(row)),
                row.get_kind_display(),
                row.pk,
                row.code,
            )

    return asked.take(found())


TASKS = (
    Tasks("councils.invitations", invitations),
    Tasks("councils.minutes", minutes),
)
