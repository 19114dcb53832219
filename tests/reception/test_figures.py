"""Figures of the reception: visits, problems and people, each by hand and by its list."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from baqylau.figures import verification
from baqylau.figures.queries import pages
from baqylau.figures.queries.definitions import figure
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.results import Answer, Estimate, Exact, Range
from baqylau.figures.rules.spans import choose
from baqylau.figures.services.folding import catch_up, counted, fold_next
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.figures import Slice
from baqylau.kernel.period import Period
from baqylau.reception.figures import (
    FIGURES,
    FOLDS,
    checks_list,
    problems_list,
    run_checks,
    visits_list,
)
from baqylau.reception.models import Call, Consultation
from baqylau.reception.queries.checks import PAGE
from baqylau.reception.services import correct_consultation, strike_consultation
from baqylau.reception.services.writing import cells_of, subject_of
from tests.cast import Cast
from tests.plans import forget_size, reading_by_index
from tests.reception.making import COORDINATOR, MERKE, TARAZ, record

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 1)
SPRING = date(2026, 6, 20)


def answer(code: str, period: str = "2026", by: str = "") -> Any:  # noqa: ANN401 - one or many
    """A figure's whole, or its parts by value where something was counted."""
    catch_up()
    chosen = choose(period)
    assert chosen
    asked = pages.Asked(Actor("l", frozenset({"adviser"})), chosen, clock.today())
    if not by:
        return pages.whole(figure(code), asked).answer
    rows = pages.table(figure(code), asked, by).rows
    return {row.value: row.answer for row in rows if row.answer not in (Exact(0), Range(0, 0))}


def test_each_visit_counts_on_its_own_day_and_in_its_own_room(desk: None) -> None:
    record(held_on=SPRING)
    record(room=MERKE)
    record(kind="corruption")
    assert answer("reception.visits") == Exact(3)
    assert answer("reception.visits", "2026-06") == Exact(1)
    assert answer("reception.visits", by="room") == {TARAZ: Exact(2), MERKE: Exact(1)}
    assert answer("reception.visits", by="district") == {
        "311000000": Exact(2),
        "314800000": Exact(1),
    }
    share = answer("reception.corruption")
    assert isinstance(share, Estimate)
    assert (share.part, share.n) == (1, 3)


def test_coming_again_is_another_visit_and_not_another_problem(desk: None) -> None:
    first = record(held_on=SPRING)
    record(continues=first.number)
    assert answer("reception.visits") == Exact(2)
    assert answer("reception.problems") == Exact(1)
    assert answer("reception.problems", "2026-07") == Exact(0)


def test_a_correction_moves_the_visit_and_a_strike_takes_it_back(desk: None) -> None:
    row = record()
    catch_up()
    correct_consultation(actor=COORDINATOR, number=row.number, room=MERKE, held_on=SPRING)
    assert answer("reception.visits", by="room") == {MERKE: Exact(1)}
    assert answer("reception.visits", "2026-07") == Exact(0)
    strike_consultation(actor=COORDINATOR, number=row.number, reason="twice")
    assert answer("reception.visits") == Exact(0)
    assert answer("reception.people") == Range(0, 0)


def test_nobody_must_give_a_name_so_people_are_a_range(desk: None) -> None:
    record(contact="person-1", held_on=SPRING)
    record(contact="person-1")
    record(contact="person-2")
    record()
    assert answer("reception.people", "2026-06") == Range(1, 1)
    assert answer("reception.people", "2026-07") == Range(2, 3)
    # Who came in June and in July came once in the year.
    assert answer("reception.people", "2026") == Range(2, 3)
    assert answer("reception.people", "all") == Range(2, 3)


def test_who_came_to_two_rooms_counts_in_both_and_once_in_the_whole(desk: None) -> None:
    record(contact="person-1")
    record(contact="person-1", room=MERKE)
    assert answer("reception.people") == Range(1, 1)
    assert answer("reception.people", by="room") == {TARAZ: Range(1, 1), MERKE: Range(1, 1)}


def test_a_visit_that_becomes_somebody_elses_moves_both_people(desk: None) -> None:
    row = record(contact="person-1")
    record(contact="person-2")
    assert answer("reception.people") == Range(2, 2)
    correct_consultation(actor=COORDINATOR, number=row.number, contact="person-2")
    assert answer("reception.people") == Range(1, 1)
    correct_consultation(actor=COORDINATOR, number=row.number, contact="")
    assert answer("reception.people") == Range(1, 2)


def test_people_have_no_number_for_other_days_than_whole_periods(desk: None) -> None:
    record()
    catch_up()
    period = Period(date(2026, 6, 15), date(2026, 7, 15))
    assert pages.over(figure("reception.visits"), period) == Exact(1)
    assert not isinstance(pages.over(figure("reception.people"), period), Range)


def _put_right(chance: random.Random, row: Consultation) -> None:
    """One change of a visit: whose, where, when, or that it never was."""
    changes: dict[str, Any] = {
        "contact": chance.choice(["", "p-1", "p-2", "p-3"]),
        "room": chance.choice([TARAZ, MERKE]),
        "held_on": TODAY - timedelta(days=chance.randrange(31)),
    }
    name = chance.choice(["strike", *sorted(changes)])
    if name == "strike":
        strike_consultation(actor=COORDINATOR, number=row.number, reason="twice")
    else:
        correct_consultation(actor=COORDINATOR, number=row.number, **{name: changes[name]})


def _busy(seed: int, visits: int = 14, changes: int = 24) -> None:
    """Visits of a few people, much of it put right afterwards."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    rows = [
        record(
            contact=chance.choice(["", "p-1", "p-2", "p-3"]),
            room=chance.choice([TARAZ, MERKE]),
            kind=chance.choice(["information", "misconduct"]),
            held_on=TODAY - timedelta(days=chance.randrange(31)),
        )
        for _visit in range(visits)
    ]
    for _change in range(changes):
        row = Consultation.objects.get(pk=chance.choice(rows).pk)
        if not row.is_struck:
            _put_right(chance, row)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_put_right_people_are_those_of_the_rows(desk: None, seed: int) -> None:
    _busy(seed)
    for period, month in (("2026-06", 6), ("2026-07", 7), ("2026", None)):
        rows = Consultation.objects.standing()
        if month:
            rows = rows.filter(held_on__month=month)
        keys = list(rows.values_list("contact", flat=True))
        known, unnamed = len(set(keys) - {""}), keys.count("")
        assert answer("reception.people", period) == Range(known, known + unnamed)
        assert answer("reception.visits", period) == Exact(len(keys))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("portion", [1, 3, 10])
def test_entries_in_any_portions_come_to_the_same(desk: None, seed: int, portion: int) -> None:
    _busy(seed)
    for fold in FOLDS:
        while fold_next(fold=fold, last=last_number(), most=portion):
            pass
        assert verification.kept(fold) == counted(fold, last_number())


def test_an_unknown_visitor_costs_no_look_into_the_journals_past(desk: None) -> None:
    for _visit in range(3):
        record()
    catch_up()
    assert list(verification.differences()) == []


def _check(row: Consultation, reached: str, happened: str, solved: str) -> None:
    """A check by call, as the journal tells of it."""
    said: dict[str, Any] = {
        "reached": reached,
        "happened": happened,
        "solved": solved,
        "attempts": 1,
    }
    append(
        action="reception.checked",
        actor=SYSTEM,
        subject=subject_of(row),
        payload={**cells_of(row), **said},
    )


def test_the_verified_share_is_of_those_who_answered(desk: None) -> None:
    for number in range(8):
        _check(record(), "answered", "yes" if number else "no", "yes" if number % 2 else "partly")
    _check(record(), "unreached", "", "")
    _check(record(), "refused", "", "")
    verified, solved = answer("reception.verified"), answer("reception.said_solved")
    assert isinstance(verified, Estimate)
    assert (verified.part, verified.n) == (7, 8)
    assert isinstance(solved, Estimate)
    assert (solved.part, solved.n) == (4, 8)
    assert list(run_checks([])) == []


def _listed(cast: Cast, address: str) -> int:
    found = cast.coordinator.client.get(address)
    assert found.status_code == 200
    return len(found.context["rows"])


def _number(of: Answer) -> int:
    assert isinstance(of, Exact | Estimate)
    return of.number if isinstance(of, Exact) else of.n


@pytest.mark.parametrize("code", ["reception.visits", "reception.problems", "reception.corruption"])
def test_every_number_is_the_length_of_the_list_that_it_opens(
    desk: None, cast: Cast, code: str
) -> None:
    _busy(5, changes=6)
    record(service="s901", language="ru", channel="phone")
    record(kind="corruption", result="safe_channel")
    record(continues=Consultation.objects.standing().filter(continues=None)[0].number)
    catch_up()
    chosen = choose("2026")
    assert chosen
    asked = pages.Asked(cast.coordinator.actor, chosen, clock.today())
    for by in figure(code).dimensions:
        known = figure(code)
        rows = [pages.whole(known, asked), *pages.table(known, asked, by.code).rows]
        for row in rows:
            if row.url:
                assert _listed(cast, row.url) == _number(row.answer), row.url


def test_a_period_s_list_ends_on_its_last_day(desk: None, cast: Cast) -> None:
    inside = record(held_on=date(2026, 6, 30)).number
    outside = record(held_on=date(2026, 7, 1)).number
    address = visits_list(COORDINATOR, Slice(Period(date(2026, 6, 1), date(2026, 7, 1))))
    assert address is not None
    assert "until=2026-06-30" in address
    text = cast.coordinator.client.get(address).text
    assert inside in text
    assert outside not in text


def test_who_reads_some_rooms_only_is_not_sent_to_a_shorter_list() -> None:
    near = Actor("a", frozenset({"adviser"}))
    assert visits_list(near, Slice()) is None
    assert problems_list(near, Slice()) is None


def test_who_reads_some_rooms_only_opens_those_rooms_from_their_rows() -> None:
    near = Actor("a", frozenset({"adviser"}), places=frozenset({"room-one"}))
    assert visits_list(near, Slice(dimension="room", value="room-one")) is not None
    assert visits_list(near, Slice(dimension="room", value="room-two")) is None
    assert visits_list(near, Slice(dimension="district", value="room-one")) is None


def test_a_page_says_why_its_number_is_no_link_for_this_person(desk: None, cast: Cast) -> None:
    _busy(1)
    said = "сілтеме емес"
    for code in ("reception.visits", "reception.corruption"):
        address = f"/desk/figures/{code}/?period=2026"
        assert said in cast.adviser.client.get(address).text
        assert said not in cast.coordinator.client.get(address).text


def test_what_a_share_counts_opens_too(desk: None, cast: Cast) -> None:
    _busy(3)
    for _each in range(2):
        record(kind="corruption", result="safe_channel")
    catch_up()
    known, chosen = figure("reception.corruption"), choose("2026")
    assert chosen
    asked = pages.Asked(cast.coordinator.actor, chosen, clock.today())
    compared = 0
    for by in known.dimensions:
        for row in [pages.whole(known, asked), *pages.table(known, asked, by.code).rows]:
            if isinstance(row.answer, Estimate):
                assert _listed(cast, row.counted) == row.answer.part
                compared += 1
    assert compared > len(known.dimensions)
    page = cast.coordinator.client.get("/desk/figures/reception.corruption/?period=2026")
    assert "&amp;kind=corruption" in page.text


def _called(solved: str, happened: str, by: str = "colleague-9") -> Call:
    """A check that was answered, in the rows and in the journal."""
    visit = record()
    row = Consultation.objects.get(number=visit.number)
    call = Call.objects.create(
        consultation=row,
        kind="check",
        due_on=clock.today(),
        not_by=row.author,
        called_by=by,
        closed_on=clock.today(),
        reached="answered",
        solved=solved,
        happened=happened,
    )
    _check(visit, "answered", happened, solved)
    return call


@pytest.mark.parametrize("code", ["reception.verified", "reception.said_solved"])
def test_checks_open_their_list_and_those_that_said_yes(desk: None, cast: Cast, code: str) -> None:
    for number in range(7):
        _called("yes" if number % 3 else "no", "yes" if number % 2 else "unsure")
    catch_up()
    chosen, boss = choose("2026"), cast.coordinator.actor
    assert chosen
    asked = pages.Asked(boss, chosen, clock.today())
    whole = pages.whole(figure(code), asked)
    assert isinstance(whole.answer, Estimate)
    assert _listed(cast, whole.url) == whole.answer.n == 7
    assert _listed(cast, whole.counted) == whole.answer.part
    parts = pages.table(figure(code), asked, "room").rows
    assert [row.url + row.counted for row in parts] == [""]


def test_a_check_of_ones_own_talk_is_shown_to_nobody_and_then_nothing_links_to_the_list(
    desk: None, cast: Cast
) -> None:
    call = _called("yes", "yes")
    boss = cast.coordinator.actor
    assert checks_list(boss, Slice()) is not None
    Call.objects.filter(pk=call.pk).update(not_by=boss.key)
    assert checks_list(boss, Slice()) is None
    assert _listed(cast, "/desk/reception/checks/") == 0
    assert cast.adviser.client.get("/desk/reception/checks/").status_code == 403


def test_pages_of_checks_follow_each_other_and_wrong_words_ask_for_nothing(
    desk: None, cast: Cast
) -> None:
    numbers = [_called("yes", "yes").pk for _each in range(PAGE + 3)]
    client, address = cast.coordinator.client, "/desk/reception/checks/?from=x&until=y&solved=z"
    first = client.get(address)
    rows = [row.pk for row in first.context["rows"]]
    rest = client.get(f"{address}&before={first.context['next']}")
    assert rows + [row.pk for row in rest.context["rows"]] == sorted(numbers, reverse=True)
    forget_size("reception_call")
    with reading_by_index("reception_call"):
        client.get("/desk/reception/checks/?from=2026-01-01")


def test_the_commissioners_official_sees_no_way_to_a_visit(desk: None, cast: Cast) -> None:
    _busy(1)
    for known in FIGURES:
        text = cast.official.client.get(f"/desk/figures/{known.code}/?period=2026-Q2").text
        assert "/desk/reception/" not in text
        assert "p-1" not in text
