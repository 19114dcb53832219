"""Open data of the councils: composition, meetings, who came, who voted how.

Who came and how somebody voted is public with the minutes and not before. A row names a member by
the code of their page: names stand there, where they can be mended, and in no file that is kept
for ever.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import (
    Attendance,
    Choice,
    Council,
    CouncilKind,
    Meeting,
    MeetingKind,
    MeetingStage,
    Member,
    Presence,
    Vote,
)
from baqylau.councils.rules.voting import needed
from baqylau.kernel import codes
from baqylau.kernel.datasets import Dataset, Field, Reference, Row, Type

CHUNK = 1_000


def _code(name: str, sentence: Any, *, is_required: bool = True) -> Field:  # noqa: ANN401 - lazy text
    return Field(name, Type.STRING, sentence, is_required=is_required, pattern=codes.SHAPE)


_COUNCIL = _code("council", _("The council's code; its page bears it in its address."))
_MEETING = _code("meeting", _("The meeting's code; its page bears it in its address."))
_MEMBER = _code("member", _("The code of the member's term; the page with the name bears it."))


def _narrowed(asked: Mapping[str, str], **columns: str) -> dict[str, str]:
    """What is asked for, as conditions: the column of each field."""
    return {column: asked[name] for name, column in columns.items() if name in asked}


def councils(asked: Mapping[str, str]) -> Iterator[Row]:
    """Every council, those that have ended too."""
    rows = Council.objects.select_related("institution").order_by("pk")
    for row in rows.filter(**_narrowed(asked, council="code")):
        body = row.institution.code if row.institution else None
        names = (row.name_kk, row.name_ru or None, row.name_en or None)
        yield row.code, row.kind, *names, body, row.district_id, row.first_on, row.until_on


COUNCILS = Dataset(
    code="councils",
    label=_("Public councils"),
    sentence=_("Councils and groups of public control: at which body, and since when."),
    fields=(
        _COUNCIL,
        Field(
            "kind",
            Type.STRING,
            _("What sits together."),
            is_required=True,
            choices=CouncilKind.values,
        ),
        Field("name_kk", Type.STRING, _("Its name in Kazakh."), is_required=True),
        Field("name_ru", Type.STRING, _("Its name in Russian.")),
        Field("name_en", Type.STRING, _("Its name in English.")),
        _code("body", _("The code of the body that it is attached to."), is_required=False),
        Field("district", Type.STRING, _("The district's code (KATO)."), pattern=r"[0-9]{9}"),
        Field("first_on", Type.DATE, _("The first day."), is_required=True),
        Field("until_on", Type.DATE, _("The first day that is outside; empty while it lasts.")),
    ),
    rows=councils,
    key=("council",),
    asked=("council",),
    order=71,
    is_live=True,
)


def members(asked: Mapping[str, str]) -> Iterator[Row]:
    """Every term in every council; nobody's name."""
    rows = Member.objects.select_related("council", "category").order_by("pk")
    wanted = rows.filter(**_narrowed(asked, member="code", council="council__code"))
    for row in wanted.iterator(CHUNK):
        sender = (row.organisation_kk or None, row.organisation_ru or None)
        seat = (row.is_chair, row.is_civil_servant)
        yield (
            row.code,
            row.council.code,
            row.category.code,
            *sender,
            *seat,
            row.first_on,
            row.until_on,
        )


MEMBERS = Dataset(
    code="council-members",
    label=_("Composition of councils"),
    sentence=_(
        "A row is a term in a council: on whose behalf, sent by whom, from when to when. The name "
        "stands on the page of the code, /councils/members/CODE/: there it can be mended, in a "
        "release that others keep it cannot."
    ),
    fields=(
        _MEMBER,
        _COUNCIL,
        Field("category", Type.STRING, _("On whose behalf."), is_required=True),
        Field("organisation_kk", Type.STRING, _("Who sent the member, in Kazakh.")),
        Field("organisation_ru", Type.STRING, _("Who sent the member, in Russian.")),
        Field("is_chair", Type.BOOLEAN, _("Whether it is the chair."), is_required=True),
        Field(
            "is_civil_servant",
            Type.BOOLEAN,
            _("Whether it is a civil servant."),
            is_required=True,
        ),
        Field("first_on", Type.DATE, _("The first day."), is_required=True),
        Field("until_on", Type.DATE, _("The first day that is outside; empty while it lasts.")),
    ),
    rows=members,
    key=("member",),
    asked=("member", "council"),
    refers=(Reference("council", "councils"),),
    order=72,
    is_live=True,
)


def meetings(asked: Mapping[str, str]) -> Iterator[Row]:
    """Every meeting of every plan; who came where the minutes are public."""
    is_there = Q(presence=Presence.PRESENT)
    counts = Attendance.objects.order_by().values_list("meeting")
    counted = counts.annotate(came=Count("pk", filter=is_there), seated=Count("pk"))
    came = {pk: (present, seated) for pk, present, seated in counted}
    rows = Meeting.objects.select_related("council").order_by("pk")
    wanted = rows.filter(**_narrowed(asked, meeting="code", council="council__code"))
    for row in wanted.iterator(CHUNK):
        known = came.get(row.pk) if row.published_at else None
        present, seated = known or (None, None)
        yield (
            row.code,
            row.council.code,
            row.kind,
            row.topic_kk,
            row.topic_ru or None,
            row.planned_on,
            row.starts_at,
            row.stage,
            seated,
            present,
            needed(seated) if seated else None,
            row.published_at,
            row.is_imported,
        )


MEETINGS = Dataset(
    code="council-meetings",
    label=_("Meetings of councils, row by row"),
    sentence=_("The plan of each council and what became of it: held, moved, cancelled."),
    fields=(
        _MEETING,
        _COUNCIL,
        Field(
            "kind", Type.STRING, _("What is held."), is_required=True, choices=MeetingKind.values
        ),
        Field("topic_kk", Type.STRING, _("What it is about, in Kazakh."), is_required=True),
        Field("topic_ru", Type.STRING, _("What it is about, in Russian.")),
        Field("planned_on", Type.DATE, _("The day in the plan."), is_required=True),
        Field("starts_at", Type.DATETIME, _("When it begins, as people were invited last.")),
        Field(
            "stage",
            Type.STRING,
            _("Where it stands."),
            is_required=True,
            choices=MeetingStage.values,
        ),
        Field(
            "seated", Type.INTEGER, _("How many members there were that day."), unit=_("members")
        ),
        Field("present", Type.INTEGER, _("How many of them came."), unit=_("members")),
        Field("needed", Type.INTEGER, _("How many make a quorum."), unit=_("members")),
        Field("published_at", Type.DATETIME, _("When its minutes were published.")),
        Field(
            "is_imported",
            Type.BOOLEAN,
            _("Whether it was taken over from an older register."),
            is_required=True,
        ),
    ),
    rows=meetings,
    key=("meeting",),
    asked=("meeting", "council", "stage"),
    refers=(Reference("council", "councils"),),
    order=73,
    is_live=True,
)


def attendance(asked: Mapping[str, str]) -> Iterator[Row]:
    """Who came to which meeting, where the minutes are public."""
    rows = Attendance.objects.exclude(meeting__published_at=None).order_by("pk")
    wanted = rows.filter(**_narrowed(asked, meeting="meeting__code", member="member__code"))
    yield from wanted.values_list("meeting__code", "member__code", "presence").iterator(CHUNK)


ATTENDANCE = Dataset(
    code="council-attendance",
    label=_("Attendance of members"),
    sentence=_("Who came to which meeting, from the published minutes."),
    fields=(
        _MEETING,
        _MEMBER,
        Field(
            "presence",
            Type.STRING,
            _("Whether the member came."),
            is_required=True,
            choices=Presence.values,
        ),
    ),
    rows=attendance,
    key=("meeting", "member"),
    asked=("meeting", "member"),
    refers=(Reference("meeting", "council-meetings"), Reference("member", "council-members")),
    order=74,
    is_live=True,
)


def votes(asked: Mapping[str, str]) -> Iterator[Row]:
    """Who voted how on what, where the minutes are public."""
    rows = Vote.objects.exclude(item__meeting__published_at=None).order_by("pk")
    wanted = rows.filter(**_narrowed(asked, meeting="item__meeting__code", member="member__code"))
    columns = ("item__meeting__code", "item__number", "item__title_kk", "item__is_carried")
    yield from wanted.values_list(*columns, "member__code", "choice").iterator(CHUNK)


VOTES = Dataset(
    code="council-votes",
    label=_("Votes of members"),
    sentence=_("How each member voted on each item, from the published minutes."),
    fields=(
        _MEETING,
        Field("item", Type.INTEGER, _("The number of the item."), is_required=True),
        Field("item_kk", Type.STRING, _("The item in Kazakh."), is_required=True),
        Field("is_carried", Type.BOOLEAN, _("Whether the decision was taken.")),
        _MEMBER,
        Field(
            "choice",
            Type.STRING,
            _("How the member voted; “interest”: did not, for a conflict of interest."),
            is_required=True,
            choices=Choice.values,
        ),
    ),
    rows=votes,
    key=("meeting", "item", "member"),
    asked=("meeting", "member"),
    refers=(Reference("meeting", "council-meetings"), Reference("member", "council-members")),
    order=75,
    is_live=True,
)
DATASETS = (COUNCILS, MEMBERS, MEETINGS, ATTENDANCE, VOTES)
