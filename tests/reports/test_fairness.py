"""How what is scarce is shared: budgets and turns, as arithmetic."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.reports.rules.fairness import Rounds, Turn
from baqylau.web.budgets import KNOWN, Budget, Budgets


def taken(turn: Turn | None) -> Turn:
    assert turn is not None
    return turn


def test_a_budget_gives_what_is_there_and_fills_again() -> None:
    budget = Budget(1.0, 3.0, 3.0, 100.0)
    assert [budget.demand(100.0) for _ in range(4)] == [True, True, True, False]
    # The refused demand counts as well: one second brings it back to nothing, two to one.
    assert not budget.demand(101.0)
    assert budget.demand(103.0)


def test_whoever_asks_faster_than_the_rate_gets_nothing_until_they_pause() -> None:
    budget = Budget(1.0, 3.0, 3.0, 0.0)
    answers = [budget.demand(second / 2) for second in range(200)]
    assert not any(answers[20:])
    assert budget.demand(100.0 + 2 * 3.0)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200))
def test_a_budget_never_gives_more_than_its_rate_whatever_the_clock_does(
    moments: list[float],
) -> None:
    budget = Budget(0.5, 5.0, 5.0, moments[0])
    given_out = sum(budget.demand(moment) for moment in moments)
    forward = sum(max(0.0, after - before) for before, after in pairwise(moments))
    assert given_out <= 5 + 0.5 * forward + 1e-6


def test_one_network_s_budget_is_not_another_s() -> None:
    budgets = Budgets(0.1, 2.0)
    assert [budgets.demand("a", 0.0) for _ in range(3)] == [True, True, False]
    assert budgets.demand("b", 0.0)


def test_only_so_many_networks_are_remembered() -> None:
    budgets = Budgets(0.1, 2.0)
    for number in range(KNOWN + 10):
        budgets.demand(str(number), 0.0)
    assert len(budgets._known) == KNOWN


def test_the_first_turn_is_at_once_when_nobody_waits() -> None:
    rounds = Rounds(10.0, 1.0, 60.0)
    for moment in (5.0, 9.0, 50.0):
        turn = taken(rounds.reserve(f"at {moment}", moment))
        assert rounds.due(turn, moment) == moment


def test_somebody_new_does_not_wait_for_another_s_hundred_turns() -> None:
    rounds = Rounds(10.0, 10.0, 60.0)
    for _ in range(100):
        rounds.reserve("flood", 0.0)
    turn = taken(rounds.reserve("honest", 0.0))
    assert rounds.due(turn, 0.0) <= 0.3


def test_a_network_that_has_reserved_enough_is_asked_to_come_later() -> None:
    rounds = Rounds(10.0, 1.0, 60.0)
    answers = [rounds.reserve("flood", 0.0) for _ in range(100)]
    assert answers.count(None) == 100 - 61
    assert rounds.reserve("flood", 30.0) is not None


def test_a_larger_share_has_more_turns_of_each_round() -> None:
    rounds = Rounds(10.0, 10.0, 60.0)
    rounds.reserve("first", 0.0)
    turns = [taken(rounds.reserve("tor", 0.0, share=4)) for _ in range(8)]
    assert [turn.round - turns[0].round for turn in turns] == [0] * 4 + [1] * 4


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(1, 8))
def test_somebody_new_waits_for_two_rounds_at_most(networks: int, each: int) -> None:
    rounds = Rounds(10.0, 100.0, 60.0)
    for _ in range(each):
        for number in range(networks):
            rounds.reserve(str(number), 0.0)
    turn = taken(rounds.reserve("honest", 0.0))
    assert rounds.due(turn, 0.0) <= 2 * (networks + 1) / 10.0


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 3)), min_size=1, max_size=120))
def test_turns_come_no_faster_than_the_rate(steps: list[tuple[int, float]]) -> None:
    rounds, now, dues = Rounds(5.0, 5.0, 600.0), 0.0, []
    for network, pause in steps:
        now += pause
        turn = taken(rounds.reserve(str(network), now))
        dues.append(rounds.due(turn, now))
        assert dues[-1] >= now
    dues.sort()
    # In any two seconds: ten turns, and one for each network whose own time has just come.
    for first in dues:
        assert sum(first <= due < first + 2.0 for due in dues) <= 2 * 5 + 6 + 6
