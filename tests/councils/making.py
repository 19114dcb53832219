"""Councils, members and meetings in whatever state a test needs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from baqylau.councils.models import (
    AgendaItem,
    Category,
    Council,
    CouncilKind,
    Meeting,
    Member,
)
from baqylau.councils.queries.meetings import came, item, items
from baqylau.councils.queries.voting import ballots
from baqylau.councils.services.councils import save_council
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.inviting import Call, invite
from baqylau.councils.services.members import save_member
from baqylau.councils.services.minuting import publish_minutes, write_minutes
from baqylau.councils.services.planning import plan_meeting, save_item
from baqylau.councils.services.voting import close_item, record_votes
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from tests.casework.making import AKIMAT, POLICE, SCHOOL, TARAZ

__all__ = ["AKIMAT", "POLICE", "SCHOOL", "TARAZ"]

SECRETARY = Actor("secretary-1", frozenset({"secretary"}))
COORDINATOR = Actor("coordinator-1", frozenset({"coordinator"}))
LAWYER = Actor("lawyer-1", frozenset({"lawyer"}))
SINCE = date(2025, 1, 1)
"""The first day of every council and term, unless a test says otherwise."""


def body(code: str = AKIMAT) -> Institution:
    """A body of the house."""
    return Institution.objects.get(code=code)


def make_council(**changes: Any) -> Council:  # noqa: ANN401 - of many kinds
    """A public council at the akimat."""
    fields: dict[str, Any] = {
        "kind": CouncilKind.PUBLIC_COUNCIL,
        "name_kk": "Тараз қаласының қоғамдық кеңесі",
        "name_ru": "Общественный совет города Тараз",
        "name_en": "Public council of Taraz",
        "institution": body(),
        "district": body().district,
        "first_on": SINCE,
        "until_on": None,
    }
    return save_council(actor=SECRETARY, fields={**fields, **changes})


def make_member(council: Council, name: str = "Серік Сынақов", **changes: Any) -> Member:  # noqa: ANN401 - of many kinds
    """A member of a non-governmental organisation."""
    fields: dict[str, Any] = {
        "name": name,
        "person": "",
        "category": Category.objects.get(code="ngo"),
        "organisation_kk": "«Ашық қала» қоғамдық бірлестігі",
        "organisation_ru": "",
        "is_chair": False,
        "is_civil_servant": False,
        "first_on": SINCE,
        "until_on": None,
    }
    return save_member(actor=SECRETARY, council=council, fields={**fields, **changes})


MEETS = datetime(2026, 7, 15, 10, 0, tzinfo=UTC)
"""A Wednesday two weeks after the day on which the house stands; 15:00 in Taraz."""
PAGE = "https://baqylau.example.org/councils/meetings/x/"


def make_meeting(council: Council, *titles: str, **changes: Any) -> Meeting:  # noqa: ANN401 - of many kinds
    """A meeting of the plan with these items on its agenda, or one about the akimat."""
    fields: dict[str, Any] = {
        "kind": "meeting",
        "topic_kk": "Аулаларды абаттандыру",
        "topic_ru": "Благоустройство дворов",
        "planned_on": MEETS.date(),
    }
    made = plan_meeting(actor=SECRETARY, council=council, fields={**fields, **changes})
    for title in titles or ("Жоба туралы",):
        make_item(made, title)
    return made


def make_item(meeting: Meeting, title: str = "Жоба туралы", **changes: Any) -> AgendaItem:  # noqa: ANN401 - of many kinds
    """An item that is voted on and concerns nobody."""
    fields: dict[str, Any] = {
        "title_kk": title,
        "title_ru": "",
        "institution": None,
        "is_voted": True,
    }
    return save_item(actor=SECRETARY, meeting=meeting, fields={**fields, **changes})


def call(at: datetime = MEETS, **changes: Any) -> Call:  # noqa: ANN401 - of many kinds
    """A call to the hall of the akimat."""
    given: dict[str, Any] = {"minutes_long": 90, "place_kk": "Мәжіліс залы", "place_ru": "Зал"}
    return Call(starts_at=at, **{**given, **changes})


def invited(council: Council, *titles: str) -> Meeting:
    """A meeting to which everybody is invited."""
    made = make_meeting(council, *titles)
    return invite(actor=SECRETARY, meeting=made, call=call(), seen=0, address=PAGE)


def present(meeting: Meeting, *absent: str) -> dict[int, str]:
    """Everybody there but those named."""
    return {
        row.member.pk: "absent" if row.member.name in absent else "present" for row in came(meeting)
    }


def held(council: Council, *titles: str, absent: tuple[str, ...] = ()) -> Meeting:
    """A meeting that is being held; the clock must stand on its day or after."""
    made = invited_earlier(council, *titles)
    return note_attendance(actor=SECRETARY, meeting=made, presence=present(made, *absent))


def invited_earlier(council: Council, *titles: str) -> Meeting:
    """A meeting whose invitations went out two weeks before its day."""
    with clock.frozen(MEETS - timedelta(days=14)):
        return invited(council, *titles)


def first_item(meeting: Meeting) -> AgendaItem:
    """The first item of the agenda."""
    return item(meeting, 1)


def vote_all(meeting: Meeting, choice: str = "for") -> None:
    """Everybody who may votes by hand, on every item; then the items are closed."""
    for each in items(meeting):
        lines = ballots(meeting, [each], came(meeting))[0].lines
        choices = {line.member.pk: choice for line in lines if line.why_not is None}
        record_votes(actor=SECRETARY, item=each, choices=choices)
        close_item(actor=SECRETARY, item=each, decision_kk="Жоба қолдау тапсын.")


def published(council: Council, *titles: str) -> Meeting:
    """A meeting whose minutes are public."""
    made = held(council, *titles)
    vote_all(made)
    made.refresh_from_db()
    words = "Мүшелер жобаны талқылады."
    written = write_minutes(
        actor=SECRETARY, meeting=made, minutes_kk=words, minutes_ru="", revision=made.revision
    )
    return publish_minutes(actor=SECRETARY, meeting=written, revision=written.revision)
