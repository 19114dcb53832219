"""What a fact says of its plan, and which periods a plan may name."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.figures.rules.evaluating import share
from baqylau.figures.rules.plans import (
    Compared,
    Verdict,
    compare,
    is_inside,
    overlapping,
    planned_periods,
    so_far,
)
from baqylau.figures.rules.results import (
    Answer,
    Estimate,
    Exact,
    Range,
    Rounded,
    Why,
    Withheld,
)
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.kernel.period import Period

R, M, U, N = Verdict.REACHED, Verdict.MISSED, Verdict.UNSURE, Verdict.NONE
DAYS = Estimate(12, 9, 15, 40, quartiles=(8, 20))


def chosen(code: str) -> Chosen:
    found = choose(code)
    assert found
    return found


@pytest.mark.parametrize(
    ("plan", "answer", "verdict", "done"),
    [
        (40, Exact(30), M, "0.75"),
        (40, Exact(40), R, "1"),
        (0, Exact(3), R, None),
        (0, Exact(0), R, None),
        (40, Range(30, 50), U, None),
        (40, Range(40, 50), R, None),
        (40, Range(20, 39), M, None),
        (40, Rounded(40), U, "1"),
        (40, Rounded(45), R, "1.125"),
        (40, Rounded(35), M, "0.875"),
        (40, Withheld(Why.SMALL), N, None),
        (40, None, N, None),
        (None, Exact(3), N, None),
        (15, DAYS, R, None),
        (12, DAYS, U, None),
        (8, DAYS, M, None),
        (4, Decimal(3), M, "0.75"),
        (0, Decimal(3), R, None),
    ],
)
def test_a_fact_beside_its_plan(
    plan: int | None, answer: Answer | Decimal | None, verdict: Verdict, done: str | None
) -> None:
    expected = Compared(verdict, None if done is None else Decimal(done))
    assert compare(None if plan is None else Decimal(plan), answer) == expected


@given(st.integers(0, 100), st.integers(1, 3_000), st.integers(0, 100))
def test_a_share_is_held_against_its_interval(part: int, whole: int, plan: int) -> None:
    part = min(part, whole)
    answer = share(part, whole)
    assert isinstance(answer, Estimate)
    found = compare(Decimal(plan), answer)
    assert found.done is None
    if answer.low * 100 >= plan:
        assert found.verdict is R
    elif answer.high * 100 < plan:
        assert found.verdict is M
    else:
        assert found.verdict is U


@pytest.mark.parametrize(
    ("answer", "verdict", "done"),
    [
        (Exact(12), R, "1.2"),
        (Exact(9), N, "0.9"),
        (share(9, 10), N, None),
        (share(0, 90), N, None),
        (None, N, None),
    ],
)
def test_while_a_period_runs_nothing_is_missed_and_no_estimate_is_held_against_its_plan(
    answer: Answer | None, verdict: Verdict, done: str | None
) -> None:
    found = so_far(compare(Decimal(10), answer))
    assert found == Compared(verdict, None if done is None else Decimal(done))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_plan_of_zero_has_no_percentage(plan: int, fact: int) -> None:
    found = compare(Decimal(plan), Exact(fact))
    assert (found.done is None) == (plan == 0)
    assert (found.verdict is R) == (fact >= plan)


def test_periods_that_share_a_day_overlap_and_a_period_not_with_itself() -> None:
    planned = planned_periods(["2026-Q2", "2026-07", "nothing", "all"])
    assert [each.code for each in planned] == ["2026-Q2", "2026-07"]
    assert overlapping(chosen("2026-06"), planned) == chosen("2026-Q2")
    assert overlapping(chosen("2026"), planned) == chosen("2026-Q2")
    assert overlapping(chosen("2026-Q2"), planned) is None
    assert overlapping(chosen("2026-08"), planned) is None


def test_a_contract_has_the_months_in_which_it_begins_and_ends() -> None:
    days = Period(date(2026, 2, 10), date(2026, 12, 21))
    inside = {code for code in ("2026-02", "2026-12", "2026-Q2", "2026-Q4") if _in(code, days)}
    assert inside == {"2026-02", "2026-12", "2026-Q2", "2026-Q4"}
    assert not any(_in(code, days) for code in ("2026-01", "2026-Q1", "2026", "2027-01", "all"))


def _in(code: str, days: Period) -> bool:
    return is_inside(chosen(code), days)
