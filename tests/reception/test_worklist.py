"""Calls, checks and drafts in the worklist: whose, until when, and through an index."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from baqylau.kernel.access import Actor
from baqylau.kernel.work import Only
from baqylau.reception.models import Call, Consultation, Draft
from baqylau.reception.services import strike_consultation
from baqylau.web.worklist import at_work, part
from tests.cast import Cast
from tests.plans import analyse, reading_by_index, steps_of
from tests.reception.crowd import FIRST, make_crowd
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, TARAZ, record
from tests.reception.visitors import check_of, visited

# Coordinators and administrators are warned there of what the sealed database knows of keys.
pytestmark = [
    pytest.mark.usefixtures("desk"),
    pytest.mark.django_db(databases=["default", "sealed"]),
]
TODAY = date(2026, 7, 1)


def numbers(actor: Actor, only: Only = Only.ALL) -> list[str]:
    """The consultations on the first page of the worklist."""
    tasks = part(at_work(actor, TODAY), TODAY, only).tasks
    return [task.reference for task in tasks if task.reference.startswith("К")]


def promised(days: int, actor: Actor = ADVISER, room: str = TARAZ) -> Consultation:
    """A visit with a call promised for so many days from today."""
    row = record(actor, room=room, result="call_back", call_on=TODAY)
    Call.objects.filter(consultation=row).update(due_on=TODAY + timedelta(days=days))
    return row


def test_the_filters_part_the_calls() -> None:
    late, soon, later = promised(-1), promised(6), promised(7)
    mates = promised(0, COLLEAGUE)
    elsewhere = promised(-2, COLLEAGUE, MERKE)
    assert numbers(ADVISER) == [late.number, mates.number, soon.number]
    assert numbers(ADVISER, Only.MINE) == [late.number, soon.number]
    assert numbers(ADVISER, Only.ROOM) == [late.number, mates.number, soon.number]
    assert numbers(ADVISER, Only.CALL) == numbers(ADVISER)
    assert numbers(ADVISER, Only.OVERDUE) == [late.number]
    assert numbers(ADVISER, Only.WEEK) == [mates.number, soon.number]
    assert numbers(COORDINATOR) == [elsewhere.number, late.number]
    assert later.number not in numbers(ADVISER)


def test_a_check_is_shown_to_colleagues_of_the_room_and_never_to_its_adviser() -> None:
    row = visited(room=TARAZ)
    check_of(row)
    assert numbers(ADVISER) == []
    assert numbers(COLLEAGUE) == []
    record(COLLEAGUE, room=TARAZ)
    assert numbers(COLLEAGUE) == [row.number]
    assert numbers(COLLEAGUE, Only.MINE) == []
    assert numbers(COORDINATOR, Only.CALL) == [row.number]
    own = visited(COORDINATOR, room=TARAZ)
    check_of(own)
    assert own.number not in numbers(COORDINATOR)


def test_calls_about_what_was_struck_out_wait_no_more() -> None:
    row = promised(0)
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    assert numbers(ADVISER) == []


def test_drafts_are_one_line(cast: Cast) -> None:
    me = cast.adviser
    assert "/desk/reception/drafts/" not in cast.adviser.client.get("/desk/?only=mine").text
    for token in ("draft:0001", "draft:0002"):
        Draft.objects.create(
            token=token, owner=me.user.key, sealed=b"", updated_at=me.user.created_at
        )
    tasks = [task for task in part(at_work(me.actor, TODAY), TODAY).tasks if task.is_mine]
    assert [str(task.label)[-1] for task in tasks] == ["2"]
    assert tasks[0].url in me.client.get("/desk/").text
    assert tasks[0].url not in me.client.get("/desk/?only=overdue").text


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "member"])
def test_others_see_no_calls(cast: Cast, role: str) -> None:
    row = promised(0)
    assert row.number not in getattr(cast, role).client.get("/desk/").text


def make_calls(count: int, start: int = 0) -> None:
    """Open and closed calls of a crowd, promised and to check."""
    make_crowd(count, start=start)
    rows = Consultation.objects.filter(serial__gte=FIRST + start).order_by("pk")
    calls = []
    for n, row in enumerate(rows):
        is_check, is_open = n % 3 == 0, n % 2 == 0
        calls.append(
            Call(
                consultation=row,
                kind="check" if is_check else "promised",
                due_on=TODAY + timedelta(days=n % 90 - 80),
                person="" if is_check else row.author,
                not_by=row.author if is_check else "",
                closed_on=None if is_open else TODAY,
                reached="" if is_open else "unreached",
            )
        )
    Call.objects.bulk_create(calls, batch_size=500)


QUERIES = 26
"""Who sits here, in which room; lanes of cases, the room's among them, calls and checks; drafts;
other rooms."""
FULL_QUERIES = 16
"""Of a page that days fill: nobody is asked for work without one."""


def test_the_worklist_asks_no_more_often_for_hundreds_of_calls_than_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    promised(0, cast.adviser.actor)
    client = cast.adviser.client
    client.get("/desk/")
    with django_assert_num_queries(QUERIES):
        client.get("/desk/")
    make_calls(600)
    with django_assert_num_queries(FULL_QUERIES):
        text = client.get("/desk/").text
    assert text.count('<td class="ref"') == 50
    assert 'rel="next"' in text


def test_no_part_of_the_worklist_reads_all_calls() -> None:
    make_calls(20_000)
    analyse()
    for actor in (replace(ADVISER, places=frozenset({TARAZ})), COORDINATOR):
        for only in Only:
            with reading_by_index("reception_call", "reception_consultation"):
                numbers(actor, only)
                Call.objects.filter(pk=0).first()


@pytest.mark.once
def test_the_worklist_costs_as_much_among_ten_times_as_many() -> None:
    actors = (replace(ADVISER, places=frozenset({TARAZ})), COORDINATOR)
    asked = [(actor, only) for actor in actors for only in Only]

    def costs() -> list[int]:
        return [
            steps_of(lambda each=each: part(each[0], TODAY, each[1]))  # type: ignore[misc]  # a lambda's defaults have no types
            for each in asked
        ]

    make_calls(1_500)
    few = costs()
    make_calls(15_000, start=1_500)
    for each, before, after in zip(asked, few, costs(), strict=True):
        assert after <= 1.5 * before + 60, each
