"""How often members came, and how they voted: shares with their n."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q

from baqylau.councils.models import (
    Attendance,
    Choice,
    Meeting,
    MeetingStage,
    Member,
    Presence,
    Vote,
)

SHOWN: Final = 24
"""Meetings on a member's page."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many meetings."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """Whole percent."""
        return round(100 * self.part / self.whole) if self.whole else 0


def shares(members: Iterable[Member]) -> Mapping[int, Share]:
    """At how many of the meetings with a list of attendance each member was: one question."""
    rows = Attendance.objects.filter(member__in=[row.pk for row in members])
    counted = (
        rows.order_by()
        .values_list("member")
        .annotate(whole=Count("pk"), part=Count("pk", filter=Q(presence=Presence.PRESENT)))
    )
    return {member: Share(part, whole) for member, whole, part in counted}


def council_shares(councils: Iterable[int]) -> Mapping[int, Share]:
    """The same over everybody of a council: places taken of places there were."""
    rows = Attendance.objects.filter(meeting__council__in=list(councils))
    counted = (
        rows.order_by()
        .values_list("meeting__council")
        .annotate(whole=Count("pk"), part=Count("pk", filter=Q(presence=Presence.PRESENT)))
    )
    return {council: Share(part, whole) for council, whole, part in counted}


def meeting_shares(meetings: Iterable[int]) -> Mapping[int, Share]:
    """How many of the members came to each meeting: one question."""
    rows = Attendance.objects.filter(meeting__in=list(meetings))
    counted = (
        rows.order_by()
        .values_list("meeting")
        .annotate(whole=Count("pk"), part=Count("pk", filter=Q(presence=Presence.PRESENT)))
    )
    return {meeting: Share(part, whole) for meeting, whole, part in counted}


def plan_shares(councils: Iterable[int], first: date, until: date) -> Mapping[int, Share]:
    """Meetings held of those in the plan for the days [first, until), by council: one question."""
    rows = Meeting.objects.filter(
        council__in=list(councils), planned_on__gte=first, planned_on__lt=until
    )
    counted = (
        rows.order_by()
        .values_list("council")
        .annotate(whole=Count("pk"), part=Count("pk", filter=Q(stage=MeetingStage.HELD)))
    )
    return {council: Share(part, whole) for council, whole, part in counted}


def votes_of(member: Member) -> Mapping[str, int]:
    """How often the member voted how, in published minutes."""
    rows = Vote.objects.filter(member=member, item__meeting__published_at__isnull=False)
    counted = dict(rows.order_by().values_list("choice").annotate(number=Count("pk")))
    return {choice: counted.get(choice, 0) for choice in Choice}


def last_votes(member: Member) -> list[Vote]:
    """How the member voted on the last items whose minutes are public, the newest first."""
    rows = Vote.objects.filter(member=member, item__meeting__published_at__isnull=False)
    rows = rows.select_related("item__meeting")
    return list(rows.order_by("-item__meeting__starts_at", "item__number", "pk")[:SHOWN])


def last_of(member: Member) -> list[Attendance]:
    """Whether the member came to the last meetings whose minutes are public, the newest first."""
    rows = Attendance.objects.filter(member=member, meeting__published_at__isnull=False)
    return list(rows.select_related("meeting").order_by("-meeting__starts_at", "-pk")[:SHOWN])
