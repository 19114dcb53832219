"""Cases in the worklist: whose, until when, page by page, and through an index."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from baqylau.casework.models import Case
from baqylau.casework.queries import work
from baqylau.casework.services import assign
from baqylau.institutions.models import Institution, PointKind, ServicePoint
from baqylau.kernel.access import Actor
from baqylau.kernel.work import Asked, Only, Place, Tasks, gathered
from baqylau.territories.models import Territory
from tests.casework.making import AKIMAT, FILED, TARAZ, filed, happen, open_one
from tests.cast import Cast
from tests.plans import analyse, reading_by_index, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
TODAY = date(2026, 7, 1)
SOURCES = [Tasks("casework.due", work.due), Tasks("casework.in_hand", work.in_hand)]
ME = Actor("adviser-7", frozenset({"adviser"}))
COORDINATOR = Actor("boss", frozenset({"coordinator"}))


def numbers(only: Only = Only.ALL, actor: Actor = ME) -> list[str]:
    """The cases on the first page."""
    return [task.reference for task in gathered(SOURCES, Asked(actor, TODAY, only))[0]]


def make_many(count: int, start: int = 0) -> None:
    """Cases in every stage that the worklist knows, over a year, most of them with colleagues."""
    model = filed()
    stages = ["filed", "open", "answered", "reviewed", "refused", "complained"]
    rows = []
    for n in range(start, start + count):
        row = Case(**{field.attname: getattr(model, field.attname) for field in Case._meta.fields})
        row.pk, row.serial, row.number = None, n + 100, f"Ж-2026-{n + 100:06}"
        row.idempotency_key, row.stage = f"many:{n:08}", stages[n % 6]
        row.person = f"adviser-{n % 40}" if n % 8 else ""
        row.next_due_on = TODAY + timedelta(days=n % 365 - 60) if n % 3 else None
        rows.append(row)
    Case.objects.bulk_create(rows, batch_size=500)


def test_the_filters_part_the_work() -> None:
    overdue, fresh = filed(), filed(date(2026, 6, 29))
    hand = open_one()
    Case.objects.filter(pk=fresh.pk).update(next_due_on=TODAY + timedelta(days=3))
    assert numbers() == [overdue.number, fresh.number, hand.number]
    assert numbers(Only.OVERDUE) == [overdue.number]
    assert numbers(Only.WEEK) == [fresh.number]
    assert numbers(Only.MINE) == numbers(Only.CALL) == numbers(Only.ROOM) == []


def make_room(code: str) -> ServicePoint:
    """A reception room."""
    return ServicePoint.objects.create(
        code=code,
        kind=PointKind.RECEPTION,
        name_kk="Қабылдау бөлмесі",
        institution=Institution.objects.get(code=AKIMAT),
        district=Territory.objects.get(kato=TARAZ),
    )


def test_a_colleagues_case_of_my_room_is_in_all_and_in_overdue_but_not_in_mine() -> None:
    here = replace(ME, places=frozenset({"room0001"}))
    overdue, fresh, hand = filed(), filed(), open_one()
    mine, elsewhere = filed(), filed()
    rows = Case.objects.filter(pk__in=[overdue.pk, fresh.pk, hand.pk, mine.pk])
    rows.update(room=make_room("room0001"), person="colleague")
    Case.objects.filter(pk=mine.pk).update(person=ME.key)
    Case.objects.filter(pk=fresh.pk).update(next_due_on=TODAY + timedelta(days=3))
    other = make_room("room0002")
    Case.objects.filter(pk=elsewhere.pk).update(room=other, person="colleague")
    assert numbers(actor=here) == [overdue.number, mine.number, fresh.number, hand.number]
    assert numbers(Only.ROOM, here) == numbers(actor=here)
    assert numbers(Only.OVERDUE, here) == [overdue.number, mine.number]
    assert numbers(Only.WEEK, here) == [fresh.number]
    assert numbers(Only.MINE, here) == [mine.number]
    assert numbers() == [mine.number]


def test_pages_of_my_rooms_cases_follow_each_other_in_order() -> None:
    make_many(300)
    room = make_room("room0001")
    Case.objects.filter(serial__gte=100).update(room=room)
    here = replace(ME, places=frozenset({"room0001"}))
    whole = [task.reference for task in gathered(SOURCES, Asked(here, TODAY, limit=1_000))[0]]
    seen: list[str] = []
    place: Place | None = None
    while not seen or place:
        tasks, place = gathered(SOURCES, Asked(here, TODAY, limit=20), place)
        seen += [task.reference for task in tasks]
    assert seen == whole
    assert len(set(seen)) == len(seen) > 150


def test_a_case_that_was_taken_over_is_mine_and_nobody_elses(cast: Cast) -> None:
    case, me = filed(), cast.adviser.actor
    assign(actor=me, number=case.number, person=me.key, seen=2)
    assert numbers(Only.MINE, me) == [case.number]
    assert numbers(actor=ME) == []
    assert numbers(Only.OVERDUE, COORDINATOR) == [case.number]


def test_an_answer_to_review_has_no_date_until_its_term_is_near() -> None:
    case = happen(filed(), "answered", FILED + timedelta(days=30))
    task = gathered(SOURCES, Asked(ME, TODAY))[0][0]
    assert (task.reference, task.due_on) == (case.number, None)
    Case.objects.filter(pk=case.pk).update(next_due_on=TODAY + timedelta(days=6))
    assert gathered(SOURCES, Asked(ME, TODAY))[0][0].due_on == TODAY + timedelta(days=6)


@pytest.mark.parametrize("only", ["", "mine", "overdue", "week"])
def test_following_the_pages_shows_every_case_once(cast: Cast, only: str) -> None:
    make_many(600)
    Case.objects.filter(person="adviser-7").update(person=cast.adviser.user.key)
    Case.objects.filter(person="adviser-9").update(person=cast.adviser.user.key)
    seen: list[str] = []
    address: str | None = f"/desk/?only={only}"
    while address:
        text = cast.adviser.client.get(address).text
        seen += [part.partition(">")[2].split("<")[0] for part in text.split('<td class="ref"')[1:]]
        found = text.partition('rel="next" href="')[2].partition('"')[0]
        address = f"/desk/{found}".replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen))
    overdue = Case.objects.filter(person=cast.adviser.user.key, next_due_on__lt=TODAY)
    assert only == "week" or set(overdue.values_list("number", flat=True)) <= set(seen)
    assert len(seen) > 0


def test_the_worklist_asks_as_often_for_a_thousand_cases_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = cast.adviser.client
    filed()
    client.get("/desk/")
    with django_assert_num_queries(QUERIES):
        client.get("/desk/")
    make_many(1_200)
    with django_assert_num_queries(QUERIES):
        assert client.get("/desk/").text.count('<td class="ref"') == 50


QUERIES = 16
"""Who sits here, in which rooms; two lanes of terms, six of cases in hand; what other rooms ask."""


def test_no_part_of_the_worklist_reads_all_cases() -> None:
    make_many(20_000)
    analyse()
    Case.objects.filter(serial__gte=100, serial__lt=300).update(room=make_room("room0001"))
    room = replace(ME, places=frozenset({"room0001"}))
    for actor in (ME, COORDINATOR, room):
        for only in set(Only) - {Only.CALL}:
            with reading_by_index("casework_case"):
                assert numbers(only, actor) or only in {Only.MINE, Only.ROOM}
                Case.objects.filter(pk=0).first()


@pytest.mark.once
def test_the_worklist_costs_as_much_among_ten_times_as_many() -> None:
    asked = [(actor, only) for actor in (ME, COORDINATOR) for only in Only]

    def costs() -> list[int]:
        return [steps_of(lambda each=each: numbers(each[1], each[0])) for each in asked]  # type: ignore[misc]  # a lambda's defaults have no types

    make_many(2_000)
    few = costs()
    make_many(18_000, start=2_000)
    for each, before, after in zip(asked, few, costs(), strict=True):
        assert after <= 1.5 * before + 60, each
