"""Meetings: the plan, the agenda, who came, whether there was a quorum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from baqylau.councils.models import (
    AgendaItem,
    Attendance,
    Council,
    Invitation,
    Material,
    Meeting,
    MeetingStage,
    Member,
    MinutesFile,
    Presence,
)
from baqylau.councils.queries.councils import UnknownError, seated
from baqylau.councils.rules.voting import is_quorum, needed

PUBLIC_AGENDA = frozenset({MeetingStage.INVITED, MeetingStage.HELD, MeetingStage.CANCELLED})
"""Stages in which everybody reads the agenda."""


def day_of(meeting: Meeting) -> date:
    """The day of a meeting in the programme's zone: as invited, or as planned."""
    return timezone.localdate(meeting.starts_at) if meeting.starts_at else meeting.planned_on


def meeting(code: str) -> Meeting:
    """The meeting with the code. Raises: UnknownError."""
    rows = Meeting.objects.select_related("council", "council__institution")
    found = rows.filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such meeting."))
    return found


def of_council(council: Council) -> QuerySet[Meeting]:
    """A council's meetings, the last in the plan first."""
    return Meeting.objects.filter(council=council).order_by("-planned_on", "-pk")


def coming(today: date, councils: Iterable[int] | None = None) -> QuerySet[Meeting]:
    """Meetings that are still to be held, or whose minutes are not public yet, the next first."""
    rows = Meeting.objects.select_related("council").filter(
        Q(stage__in=(MeetingStage.PLANNED, MeetingStage.INVITED))
        | Q(stage=MeetingStage.HELD, published_at=None)
    )
    if councils is not None:
        rows = rows.filter(council__in=list(councils))
    return rows.filter(planned_on__gte=date(today.year - 1, 1, 1)).order_by("planned_on", "pk")


def following(now: datetime) -> Meeting | None:
    """The next meeting to which people are invited."""
    rows = Meeting.objects.filter(stage=MeetingStage.INVITED, starts_at__gt=now)
    return rows.select_related("council").order_by("starts_at", "pk").first()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings a list shows: days [first, until), a council's code, "held" or "came".

    "came" asks by the day of the meeting, everything else by the day in the plan.
    """

    first: date | None = None
    until: date | None = None
    council: str = ""
    stand: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """What an address asks for; what cannot be read counts as not asked."""
        stand = query.get("stand", "")
        return cls(
            parse_day(query.get("from", "")),
            parse_day(query.get("until", "")),
            query.get("council", "")[:8],
            stand if stand in {"held", "came"} else "",
        )


def parse_day(text: str) -> date | None:
    """A day as addresses write it; None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def listing(wanted: Wanted) -> QuerySet[Meeting]:
    """The meetings that are wanted, the newest first."""
    rows = Meeting.objects.select_related("council").order_by("-planned_on", "-pk")
    if wanted.council:
        rows = rows.filter(council__code=wanted.council)
    if wanted.stand:
        rows = rows.filter(stage=MeetingStage.HELD)
    name = "starts_at__date" if wanted.stand == "came" else "planned_on"
    if wanted.first:
        rows = rows.filter(**{f"{name}__gte": wanted.first})
    if wanted.until:
        rows = rows.filter(**{f"{name}__lt": wanted.until})
    return rows


def items(of: Meeting) -> list[AgendaItem]:
    """The agenda in its order."""
    rows = AgendaItem.objects.filter(meeting=of).select_related("institution", "draft")
    return list(rows.order_by("number"))


def item(of: Meeting, number: int) -> AgendaItem:
    """An item of the agenda. Raises: UnknownError."""
    rows = AgendaItem.objects.select_related("meeting", "meeting__council", "institution", "draft")
    found = rows.filter(meeting=of, number=number).first()
    if found is None:
        raise UnknownError(_("There is no such item on the agenda."))
    return found


def materials(of: Meeting) -> Mapping[int, list[Material]]:
    """The papers of each item: one question."""
    found: dict[int, list[Material]] = {}
    for row in Material.objects.filter(item__meeting=of).select_related("file").order_by("pk"):
        found.setdefault(row.item_id, []).append(row)
    return found


def material(of: Meeting, pk: int) -> Material:
    """A paper of the meeting. Raises: UnknownError."""
    rows = Material.objects.select_related(
        "file", "item", "item__meeting", "item__meeting__council"
    )
    found = rows.filter(item__meeting=of, pk=pk).first()
    if found is None:
        raise UnknownError(_("There is no such paper."))
    return found


def invitations(of: Meeting) -> list[Invitation]:
    """Every invitation, the first one first."""
    return list(Invitation.objects.filter(meeting=of).order_by("sequence"))


def moved_from(of: Meeting) -> datetime | None:
    """The moment that people were first invited for, where it is another one now."""
    if of.sequence < 2:
        return None
    first = invitations(of)[0].starts_at
    return first if first != of.starts_at else None


def documents(of: Meeting) -> list[MinutesFile]:
    """The published minutes as files."""
    rows = MinutesFile.objects.filter(meeting=of).select_related("file")
    return list(rows.order_by("language", "-form"))


def document(of: Meeting, language: str, form: str) -> MinutesFile:
    """One of them. Raises: UnknownError."""
    rows = MinutesFile.objects.filter(meeting=of, language=language, form=form)
    found = rows.select_related("file").first()
    if found is None:
        raise UnknownError(_("These minutes are not published."))
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """A member and whether they were there; `presence` None where nothing is written down."""

    member: Member
    presence: str | None

    @property
    def label(self) -> object:
        """The presence in words."""
        return Presence(self.presence).label if self.presence else ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of how many members came, and how many were needed."""

    present: int
    seated: int

    @property
    def needed(self) -> int:
        """Members who make a quorum."""
        return needed(self.seated)

    @property
    def is_there(self) -> bool:
        """Whether the meeting may decide."""
        return is_quorum(self.present, self.seated)


def came(of: Meeting) -> list[Came]:
    """Everybody who sat in the council on the day, with what is written down."""
    known = dict(Attendance.objects.filter(meeting=of).values_list("member", "presence"))
    return [Came(row, known.get(row.pk)) for row in seated(of.council, day_of(of))]


def quorum(rows: Iterable[Came]) -> Quorum:
    """The quorum of these rows."""
    found = list(rows)
    present = sum(row.presence == Presence.PRESENT for row in found)
    return Quorum(present, len(found))
