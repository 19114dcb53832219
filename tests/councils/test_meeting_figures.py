"""Meetings as numbers: the counts follow the records, whatever was corrected."""

import json
from datetime import timedelta

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.figures_meetings import (
    ACTIONS,
    CAME,
    HELD,
    PLANNED,
    SEATS,
    came_list,
    held_list,
    planned_list,
    run,
)
from baqylau.councils.models import Council
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.planning import change_meeting
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Nobody
from baqylau.kernel.figures import Slice, Told
from baqylau.kernel.period import Period
from tests.councils.making import MEETS, SECRETARY, held, make_meeting, present

DAY = MEETS.date()


def told() -> list[Told]:
    """The journal's entries about meetings."""
    rows = Entry.objects.filter(action__in=ACTIONS).order_by("number")
    return [Told(row.number, DAY, row.action, row.subject, json.loads(row.payload)) for row in rows]


def sums(entries: list[Told]) -> dict[str, int]:
    """What the entries add up to."""
    found = dict.fromkeys((PLANNED, HELD, SEATS, CAME), 0)
    for each in run(entries):
        found[each.measure] += each.amount
    return found


def test_a_correction_of_who_came_replaces_what_was_counted(council: Council) -> None:
    with clock.frozen(MEETS):
        made = held(council, absent=("Серік Сынақов",))
        note_attendance(actor=SECRETARY, meeting=made, presence=present(made))
        make_meeting(council, topic_kk="Тағы бір")
    assert sums(told()) == {PLANNED: 2, HELD: 1, SEATS: 5, CAME: 5}


def test_a_meeting_that_gets_another_day_in_the_plan_counts_once(council: Council) -> None:
    made = make_meeting(council)
    fields = {"kind": "meeting", "topic_kk": "Аула", "topic_ru": ""}
    later = DAY + timedelta(days=30)
    for day in (later, later, DAY):
        made = change_meeting(
            actor=SECRETARY,
            meeting=made,
            fields={**fields, "planned_on": day},
            revision=made.revision,
        )
    by_day: dict[object, int] = {}
    for each in run(told()):
        by_day[each.on] = by_day.get(each.on, 0) + each.amount
    assert by_day == {DAY: 1, later: 0}


@given(st.lists(st.integers(0, 11), min_size=1, max_size=6))
def test_however_often_it_is_corrected_the_last_list_counts(lists: list[int]) -> None:
    entries, before = [], None
    for number, present_now in enumerate(lists, 1):
        payload = {
            "council": "c",
            "on": DAY.isoformat(),
            "planned": DAY.isoformat(),
            "before": before,
            "present": present_now,
            "seated": 11,
        }
        entries.append(Told(number, DAY, "councils.held", "meeting:m", payload))
        before = [present_now, 11]
    assert sums(entries) == {PLANNED: 0, HELD: 1, SEATS: 11, CAME: lists[-1]}


def test_each_number_opens_its_meetings_for_everybody(council: Council, client: Client) -> None:
    with clock.frozen(MEETS):
        held(council)
        make_meeting(council, topic_kk="Жоспардағы ғана")
        make_meeting(council, topic_kk="Келер айда", planned_on=DAY + timedelta(days=40))
    month = Slice(Period.month(2026, 7), "council", council.code)
    for address, shown in (
        (planned_list(Nobody(), month), (True, True, False)),
        (held_list(Nobody(), month), (True, False, False)),
        (came_list(Nobody(), month), (True, False, False)),
    ):
        page = client.get(address).content.decode()
        topics = ("Аулаларды абаттандыру", "Жоспардағы ғана", "Келер айда")
        assert tuple(topic in page for topic in topics) == shown
    nothing = client.get("/councils/meetings/?from=x&until=2026-99-99&stand=y&council=zz")
    assert "Мұндай отырыс табылмады." in nothing.content.decode()
