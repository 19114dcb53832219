"""The list of consultations: who sees what, in which order, page by page, and through an index."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.kernel.access import Actor
from baqylau.kernel.places import Place
from baqylau.reception.models import Consultation
from baqylau.reception.queries import listing
from baqylau.reception.queries.listing import Wanted, every, page
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.services import strike_consultation
from tests.cast import Cast
from tests.plans import analyse, reading_by_index, steps_of
from tests.reception.crowd import make_crowd
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, TARAZ, record

pytestmark = pytest.mark.usefixtures("desk")
TODAY = date(2026, 7, 1)
LIST = "/desk/reception/"


def seen(actor: Actor, **wanted: Any) -> list[str]:  # noqa: ANN401 - of many kinds
    """Numbers on the first page."""
    return [row.number for row in page(at_the_desk(actor, TODAY), Wanted(**wanted)).rows]


def test_the_newest_day_comes_first_whenever_it_was_written() -> None:
    today, sheet = record(), record(origin="sheet", held_on=date(2026, 5, 5))
    yesterday = record(held_on=TODAY - timedelta(days=1))
    assert seen(ADVISER) == [today.number, yesterday.number, sheet.number]


def test_an_adviser_sees_their_own_and_those_of_their_rooms() -> None:
    own, near = record(room=TARAZ), record(COLLEAGUE, room=TARAZ)
    far = record(COLLEAGUE, room=MERKE)
    assert seen(ADVISER) == [near.number, own.number]
    assert seen(COLLEAGUE) == [far.number, near.number, own.number]
    assert seen(COORDINATOR) == [far.number, near.number, own.number]
    assert seen(Actor("new", frozenset({"adviser"}))) == []


def test_what_one_wrote_elsewhere_stays_readable() -> None:
    old = record(room=MERKE, origin="sheet", held_on=TODAY - timedelta(days=200))
    record(room=TARAZ)
    assert old.number in seen(ADVISER)
    assert seen(ADVISER, room=MERKE) == [old.number]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"kind": "proposal"}, 1),
        ({"language": "ru"}, 1),
        ({"language": "ru", "kind": "proposal"}, 0),
        ({"channel": "phone"}, 1),
        ({"result": "solved"}, 1),
        ({"origin": "sheet"}, 1),
        ({"service": "s901"}, 1),
        ({"service": "-"}, 5),
        ({"service": "nothing"}, 0),
        ({"body": "0000000a"}, 1),
        ({"body": "-"}, 5),
        ({"district": "314800000"}, 1),
        ({"room": MERKE}, 0),
        ({"room": "nowhere"}, 0),
        ({"first": TODAY}, 5),
        ({"until": TODAY}, 1),
        ({"first": TODAY, "until": TODAY + timedelta(days=1), "kind": "proposal"}, 1),
        ({"author": ADVISER.key}, 5),
        ({"author": COLLEAGUE.key}, 1),
        ({"is_first": True}, 5),
        ({"is_struck": True}, 1),
    ],
)
def test_every_filter_leaves_what_it_says(wanted: dict[str, Any], count: int) -> None:
    first = record(kind="proposal", district="314800000")
    record(language="ru", channel="phone", result="solved")
    record(origin="sheet", held_on=TODAY - timedelta(days=3), service="s901")
    record(body="0000000a")
    record(COLLEAGUE, continues=first.number)
    record()
    strike_consultation(actor=ADVISER, number=record().number, reason="twice")
    assert len(seen(ADVISER, **wanted)) == count


def test_one_part_that_holds_all_makes_the_others_needless(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    record()
    actor = at_the_desk(ADVISER, TODAY)
    for wanted, queries in ((Wanted(), 3), (Wanted(room=TARAZ), 2), (Wanted(author=actor.key), 2)):
        with django_assert_num_queries(queries):
            page(actor, wanted)


@pytest.mark.parametrize("wanted", [{}, {"kind": "proposal"}, {"room": MERKE, "channel": "phone"}])
@pytest.mark.parametrize("actor", [ADVISER, COORDINATOR])
def test_following_the_pages_shows_every_row_once(
    actor: Actor, wanted: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WINDOW", 70)
    monkeypatch.setattr(listing, "CHUNK", 20)
    make_crowd(400)
    me = at_the_desk(actor, TODAY)
    allowed = Consultation.objects.all()
    if actor is ADVISER:
        allowed = allowed.filter(author=ADVISER.key) | allowed.filter(room__code__in=me.places)
    given = {"room__code" if name == "room" else name: value for name, value in wanted.items()}
    expected = allowed.filter(**given).order_by("-held_on", "-pk").values_list("number", flat=True)
    found = [row.number for row in every(me, Wanted(**wanted))]
    assert found == list(expected)
    assert len(found) > 10


def test_a_rare_thing_is_looked_for_among_the_newest_and_the_page_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WINDOW", 100)
    make_crowd(300)
    rare = Consultation.objects.order_by("held_on", "pk")[0]
    Consultation.objects.filter(pk=rare.pk).update(language="ru")
    text = cast.coordinator.client.get(LIST, {"language": "ru"}).text
    assert rare.number not in text
    for _page in range(3):
        assert '<p class="inset">' in text
        link = text.partition('rel="next" href="')[2].partition('"')[0]
        text = cast.coordinator.client.get(LIST + link.replace("&amp;", "&")).text
        if rare.number in text:
            return
    raise AssertionError("it was never found")


def test_the_rows_of_a_figure_are_the_rows_of_its_link() -> None:
    first = record(kind="misconduct")
    record(kind="misconduct", continues=first.number)
    strike_consultation(actor=ADVISER, number=record(kind="misconduct").number, reason="twice")
    record(kind="misconduct", origin="sheet", held_on=date(2026, 5, 31))
    june = {"first": date(2026, 6, 1), "until": date(2026, 8, 1), "kind": "misconduct"}
    assert len(seen(COORDINATOR, **june)) == 2
    assert seen(COORDINATOR, **june, is_first=True) == [first.number]


QUERIES = 10
"""Who sits here, in which rooms, the choices of the form, and one walk for each part."""


def test_the_page_asks_as_often_for_fifty_rows_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client: Client = cast.adviser.client
    record(cast.adviser.actor)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
    make_crowd(200)
    with django_assert_num_queries(QUERIES):
        text = client.get(LIST).text
    assert text.count('<td class="ref"') == 50
    assert 'rel="next"' in text


def test_the_day_typed_as_the_last_one_belongs_to_the_list(cast: Cast) -> None:
    days = [TODAY - timedelta(days=back) for back in range(3)]
    numbers = {day: record(cast.adviser.actor, held_on=day).number for day in days}
    said = {"from": days[1].isoformat(), "until": days[1].isoformat()}
    text = cast.adviser.client.get(LIST, said).text
    assert [day for day in days if numbers[day] in text] == [days[1]]
    text = cast.adviser.client.get(LIST, {"until": days[1].isoformat()}).text
    assert [day for day in days if numbers[day] in text] == days[1:]
    assert f'value="{days[1].isoformat()}"' in text
    assert "Соңғы күні" in text


def test_the_next_page_stays_within_the_last_day(cast: Cast) -> None:
    make_crowd(130)
    last = TODAY - timedelta(days=30)
    text = cast.coordinator.client.get(LIST, {"until": last.isoformat()}).text
    assert f"until={last.isoformat()}" in text.partition('rel="next" href="')[2].partition('"')[0]


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "member", "shopper"])
def test_others_see_no_list(cast: Cast, role: str) -> None:
    assert getattr(cast, role).client.get(LIST).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "from=31.02.2026&until=x&room=%D2%9B&kind=1&before=2026-02-31~1",
        "before=99999999999999999999&q=%D1%81%D3%A9%D0%B7",
        "q=" + "ә" * 300,
        "service=" + "s" * 500,
        "author=mine&first=2&struck=x",
        "from=0001-01-01&until=9999-12-31",
    ],
)
def test_the_page_opens_whatever_the_address_says(cast: Cast, query: str) -> None:
    assert cast.adviser.client.get(f"{LIST}?{query}").status_code == 200


def test_a_link_for_a_service_names_it_and_leads_back(cast: Cast) -> None:
    record(cast.adviser.actor, service="s901")
    text = cast.adviser.client.get(LIST, {"service": "s901", "first": "1"}).text
    assert "Жүргізуші куәлігін беру" in text
    assert '<input type="hidden" name="service" value="s901">' in text


WIDE_FILTERS: list[dict[str, Any]] = [
    {},
    {"first": date(2026, 3, 1), "until": date(2026, 4, 1)},
    {"kind": "proposal"},
    {"kind": "proposal", "room": TARAZ, "language": "en"},
    {"service": "s901", "result": "solved"},
    {"service": "-"},
    {"district": "311000000", "channel": "phone"},
    {"language": "en"},
    {"origin": "imported", "first": date(2026, 1, 1)},
    {"author": "adviser-3", "is_first": True},
    {"is_struck": True},
]


def test_no_filter_reads_the_whole_table() -> None:
    make_crowd(20_000)
    analyse()
    wide, near = COORDINATOR, at_the_desk(ADVISER, TODAY)
    for wanted in WIDE_FILTERS:
        for actor in (wide, near):
            with reading_by_index("reception_consultation"):
                first = page(actor, Wanted(**wanted))
                if first.next:
                    page(actor, Wanted(**wanted), first.next)


@pytest.mark.once
def test_a_page_costs_as_much_among_ten_times_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "WINDOW", 30)
    wide, near = COORDINATOR, replace(ADVISER, places=frozenset({TARAZ}))
    asked = [(actor, Wanted(**wanted)) for wanted in WIDE_FILTERS for actor in (wide, near)]
    deep = Place(date(2026, 2, 1), 2**62)
    deeper = {"first": date(2025, 8, 1), "until": TODAY, "kind": "waste", "room": TARAZ}
    asked += [(wide, Wanted(**deeper), deep), (near, Wanted(until=TODAY), deep)]  # type: ignore[list-item, arg-type]  # mypy does not follow names into a call

    def costs() -> list[int]:
        return [steps_of(lambda each=each: page(*each)) for each in asked]  # type: ignore[misc]  # a lambda's defaults have no types

    make_crowd(1_500)
    few = costs()
    make_crowd(15_000, start=1_500)
    for each, before, after in zip(asked, few, costs(), strict=True):
        assert after <= 1.5 * before + 60, each
