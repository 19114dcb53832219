"""Rules of the quorum, of who may vote, and of what a vote comes to."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.rules.voting import (
    Count,
    Facts,
    No,
    count,
    is_carried,
    is_quorum,
    needed,
    why_not,
)

members = st.integers(1, 200)


@given(members, st.data())
def test_a_quorum_is_two_thirds_of_the_members_and_not_one_less(
    seated: int, data: st.DataObject
) -> None:
    present = data.draw(st.integers(0, seated))
    assert is_quorum(present, seated) == (Fraction(present, seated) >= Fraction(2, 3))
    assert is_quorum(needed(seated), seated)
    assert not is_quorum(needed(seated) - 1, seated)


def test_a_council_without_members_has_no_quorum() -> None:
    assert not is_quorum(0, 0)


@pytest.mark.parametrize(("seated", "number"), [(3, 2), (9, 6), (10, 7), (11, 8), (12, 8)])
def test_the_quorum_of_councils_of_usual_sizes(seated: int, number: int) -> None:
    assert needed(seated) == number


@given(st.lists(st.sampled_from(["for", "against", "abstain", "interest"]), max_size=40))
def test_every_vote_is_counted_once(choices: list[str]) -> None:
    found = count(choices)
    assert found.in_favour + found.against + found.abstained + found.interest == len(choices)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.data())
def test_no_decision_is_taken_against_the_majority_of_those_who_may_vote(
    in_favour: int, against: int, abstained: int, interest: int, data: st.DataObject
) -> None:
    votes = Count(in_favour, against, abstained, interest)
    silent = data.draw(st.integers(0, 10))
    present = in_favour + against + abstained + interest + silent
    chair = data.draw(st.sampled_from(["for", "against", "abstain", ""]))
    carried = is_carried(votes, present, chair)
    if carried:
        assert 2 * in_favour >= present - interest
        assert in_favour >= against
    if 2 * in_favour > present - interest:
        assert carried


def test_with_equal_votes_the_chair_decides() -> None:
    votes = Count(in_favour=4, against=4)
    assert is_carried(votes, 8, "for")
    assert not is_carried(votes, 8, "against")
    assert not is_carried(votes, 8, "")


def test_half_of_those_present_is_not_enough_when_the_others_abstain() -> None:
    assert not is_carried(Count(in_favour=4, against=1, abstained=3), 8, "for")


def test_whoever_has_an_interest_is_not_counted_among_the_voters() -> None:
    assert is_carried(Count(in_favour=4, against=3, interest=1), 8, "against")
    assert not is_carried(Count(interest=3), 3, "for")


def test_a_vote_counts_only_when_nothing_speaks_against_it() -> None:
    names = list(Facts.__dataclass_fields__)
    good = {
        "is_held": True,
        "is_frozen": False,
        "is_voted": True,
        "is_closed": False,
        "is_seated": True,
        "is_present": True,
        "has_quorum": True,
        "has_interest": False,
    }
    for values in product((True, False), repeat=len(names)):
        facts = dict(zip(names, values, strict=True))
        assert (why_not(Facts(**facts)) is None) == (facts == good)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_frozen": True}, No.FROZEN),
        ({"is_held": False}, No.NOT_HELD),
        ({"is_seated": False}, No.LEFT),
        ({"is_present": False}, No.NOT_THERE),
        ({"has_quorum": False}, No.QUORUM),
        ({"is_voted": False}, No.NOT_VOTED),
        ({"is_closed": True}, No.CLOSED),
        ({"has_interest": True}, No.INTEREST),
    ],
)
def test_each_obstacle_has_its_own_reason(change: dict[str, bool], why: No) -> None:
    good = Facts(
        is_held=True,
        is_frozen=False,
        is_voted=True,
        is_closed=False,
        is_seated=True,
        is_present=True,
        has_quorum=True,
        has_interest=False,
    )
    facts = {name: getattr(good, name) for name in Facts.__dataclass_fields__}
    assert why_not(Facts(**{**facts, **change})) is why
