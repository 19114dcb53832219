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
    problems_list,
    run_checks,
    visits_list,
)
from baqylau.reception.models import Consultation
from baqylau.reception.services import correct_consultation, strike_consultation
from baqylau.reception.services.writing import cells_of, subject_of
from tests.cast import Cast
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


def test_the_commissioners_official_sees_no_way_to_a_visit(desk: None, cast: Cast) -> None:
    _busy(1)
    for known in FIGURES:
        text = cast.official.client.get(f"/desk/figures/{known.code}/?period=2026-Q2").text
        assert "/desk/reception/" not in text
        assert "p-1" not in text
