"""Coverage: of all in the register, who was reached, and the pages that say so."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.institutions import services
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.outreach.models import Goal
from baqylau.outreach.queries.coverage import Over, coverage, never_reached, plan
from baqylau.outreach.rules.coverage import Coverage, Tally, heirs
from baqylau.outreach.services.goals import set_goals
from baqylau.territories import services as territories
from tests.cast import Cast
from tests.outreach.reached import KORDAY, TARAZ, hold, make_body, make_campaign

TODAY = date(2026, 7, 1)
BOSS = Actor("boss", frozenset({"coordinator"}))
TALLY = st.integers(0, 400).flatmap(lambda n: st.builds(Tally, st.integers(0, n), st.just(n)))
CELL = st.tuples(st.sampled_from("ab"), st.sampled_from("cd"), st.sampled_from("ef"))


@given(cells=st.dictionaries(CELL, TALLY))
def test_each_way_of_taking_it_apart_comes_to_the_whole(
    cells: dict[tuple[str, ...], Tally],
) -> None:
    found = Coverage(cells)  # type: ignore[arg-type]  # three texts, as hypothesis gives them
    for parts in (found.by_district(), found.by_kind(), found.by_ownership()):
        assert sum(part.reached for part in parts.values()) == found.whole.reached
        assert sum(part.all for part in parts.values()) == found.whole.all
    assert found.of() == found.whole
    assert found.inside("a").whole == found.of(district="a")


@given(tally=TALLY)
def test_no_rounding_makes_all_or_none_of_some(tally: Tally) -> None:
    assert (tally.percent == 100) == (0 < tally.all == tally.reached)
    assert (tally.percent == 0) == (tally.all > 0 == tally.reached)
    assert (tally.level == 0) == (tally.reached == 0)
    assert tally.level <= 4


@given(
    links=st.dictionaries(st.integers(0, 8), st.integers(0, 8)),
    reached=st.sets(st.integers(0, 8)),
)
def test_every_chain_of_successors_has_an_end(links: dict[int, int], reached: set[int]) -> None:
    found = heirs(reached, links)
    assert len(found) <= len(reached)
    assert all(body in reached or body in links.values() for body in found)


def test_more_reached_than_there_are_cannot_be_said() -> None:
    with pytest.raises(ValueError, match="part of all"):
        Tally(3, 2)


@pytest.fixture
def school(db: None) -> Institution:
    territories.seed()
    return make_body("№ 901 мектеп")


def test_reached_is_counted_against_all_of_the_register(school: Institution) -> None:
    make_body("Балауса бақшасы", TARAZ, kind="kindergarten", ownership="private")
    make_body("Мөлдір су ЖШС", kind="firm", ownership="private")
    hold(school)
    hold(school, on=date(2026, 6, 1))
    found = coverage(Over(), TODAY)
    assert found.whole == Tally(1, 3)
    assert found.by_district() == {KORDAY: Tally(1, 2), TARAZ: Tally(0, 1)}
    assert found.by_ownership() == {"state": Tally(1, 1), "private": Tally(0, 2)}
    assert found.of(KORDAY, "firm") == Tally(0, 1)


def test_a_year_and_a_campaign_narrow_it(school: Institution) -> None:
    other = make_body("№ 902 мектеп")
    spring = make_campaign()
    hold(school, on=date(2025, 12, 30), campaign=spring)
    hold(other, on=date(2026, 2, 1))
    assert coverage(Over(2025), TODAY).whole == Tally(1, 2)
    assert coverage(Over(2026, spring), TODAY).whole == Tally(0, 2)
    assert coverage(Over(0, spring), TODAY).whole == Tally(1, 2)
    assert [row.pk for row in never_reached(Over(2026), TODAY)] == [school.pk]


def test_a_year_that_is_over_has_the_register_of_its_last_day(school: Institution) -> None:
    make_body("№ 903 мектеп", first_on=date(2026, 3, 1))
    hold(school, on=date(2025, 5, 1))
    assert coverage(Over(2025), TODAY).whole == Tally(1, 1)
    assert coverage(Over(2026), TODAY).whole == Tally(0, 2)


def test_a_visit_to_a_closed_institution_counts_for_its_successor(school: Institution) -> None:
    heir = make_body("№ 904 мектеп")
    hold(school)
    services.close(actor=SYSTEM, code=school.code, until_on=date(2026, 6, 1), successor=heir.code)
    assert coverage(Over(), TODAY).whole == Tally(1, 1)
    assert not never_reached(Over(), TODAY).exists()


def test_a_visit_to_one_that_closed_without_a_successor_counts_for_nobody(
    school: Institution,
) -> None:
    make_body("№ 905 мектеп")
    hold(school)
    services.close(actor=SYSTEM, code=school.code, until_on=date(2026, 6, 1))
    assert coverage(Over(), TODAY).whole == Tally(0, 1)


def test_those_never_reached_are_listed_by_district_kind_and_name(school: Institution) -> None:
    clinic = make_body("№ 3 емхана", kind="polyclinic")
    assert [row.pk for row in never_reached(Over(), TODAY, Wanted(kind="polyclinic"))] == [
        clinic.pk
    ]
    assert not never_reached(Over(), TODAY, Wanted(district=TARAZ)).exists()
    assert never_reached(Over(), TODAY, Wanted(query="емхана")).get() == clinic


def test_goals_stand_beside_what_was_done(school: Institution) -> None:
    hold(school)
    hold(make_body("№ 906 мектеп"), stage="planned", on=date(2026, 9, 1))
    set_goals(actor=BOSS, year=2026, kind="school", campaign=None, numbers={KORDAY: 2, TARAZ: None})
    (row,) = plan(2026, TODAY)
    assert (row.goal.institutions, row.fact, row.all, row.upcoming) == (2, 1, 2, 1)
    assert row.percent == 50


def test_goals_are_changed_and_taken_away(school: Institution) -> None:
    for number, left in ((5, 1), (5, 1), (7, 1), (None, 0)):
        set_goals(actor=BOSS, year=2026, kind="", campaign=None, numbers={KORDAY: number})
        assert Goal.objects.count() == left


@pytest.mark.parametrize("number", [-1, 20_001])
def test_a_goal_that_cannot_be_is_refused(school: Institution, number: int) -> None:
    with pytest.raises(DomainError):
        set_goals(actor=BOSS, year=2026, kind="", campaign=None, numbers={KORDAY: number})


def test_who_does_not_plan_sets_no_goals(school: Institution) -> None:
    with pytest.raises(NotAllowedError):
        set_goals(
            actor=Actor("a", frozenset({"adviser"})),
            year=2026,
            kind="",
            campaign=None,
            numbers={KORDAY: 3},
        )


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_everybody_sees_the_numbers_and_their_denominators(
    client: Client, school: Institution, prefix: str
) -> None:
    make_body("№ 907 мектеп")
    hold(school, campaign=make_campaign())
    with clock.frozen(datetime(2026, 7, 1, 9, tzinfo=UTC)):
        page = client.get(f"{prefix}/reached/?year=2026&campaign=spring")
    assert page.status_code == 200
    assert "50\u00a0%" in page.text or "50 %" in page.text
    assert "<script" not in page.text
    assert "Set-Cookie" not in page.headers


def test_a_district_lists_those_not_reached_and_not_the_others(
    client: Client, school: Institution
) -> None:
    other = make_body("№ 908 мектеп")
    hold(school)
    page = client.get(f"/reached/districts/{KORDAY}/?kind=school").text
    assert other.name_kk in page
    assert f"/institutions/{school.code}/" not in page
    assert client.get("/reached/districts/999999999/").status_code == 404


@pytest.mark.parametrize("query", ["year=abc", "year=0", "campaign=../x", "year=9999&kind=x"])
def test_a_question_that_makes_no_sense_is_no_question(
    client: Client, school: Institution, query: str
) -> None:
    assert client.get(f"/reached/?{query}").status_code == 200
    assert client.get(f"/reached/districts/{KORDAY}/?{query}").status_code == 200
    assert client.get(f"/reached/events/?{query}&after=20269999-1").status_code == 200


def test_an_empty_register_says_so(client: Client, db: None) -> None:
    territories.seed()
    assert "empty" in client.get("/reached/").text


def test_the_desk_lists_the_plans_next_page(cast: Cast, school: Institution) -> None:
    hold(school)
    other = make_body("№ 909 мектеп")
    page = cast.coordinator.client.get("/desk/coverage/?kind=school&ownership=state").text
    assert other.name_kk in page
    assert cast.outsider.client.get("/desk/coverage/").status_code == 403


def test_the_desks_list_asks_as_much_for_many_as_for_few(
    cast: Cast, school: Institution, django_assert_max_num_queries: object
) -> None:
    client = cast.coordinator.client
    client.get("/desk/coverage/")
    for number in range(60):
        make_body(f"№ {number + 1} колледж", kind="college")
    with django_assert_max_num_queries(25):  # type: ignore[operator]  # a fixture of pytest-django
        page = client.get("/desk/coverage/")
    assert page.text.count('<tr><th scope="row"><a href="/desk/institutions/') == 50


def test_goals_are_set_at_the_desk(cast: Cast, school: Institution) -> None:
    client = cast.coordinator.client
    address = "/desk/coverage/goals/?year=2026&kind=school"
    assert client.post(address, {f"d{KORDAY}": "12"}).status_code == 302
    assert Goal.objects.get().institutions == 12
    assert 'value="12"' in client.get(address).text
    assert client.post(address, {f"d{KORDAY}": "көп"}).status_code == 400
    assert "12" in client.get("/desk/coverage/plan/?year=2026").text
    assert cast.adviser.client.post(address, {f"d{KORDAY}": "1"}).status_code == 403
