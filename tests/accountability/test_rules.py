"""What changed, what stands first, how a place compares: decided without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.accountability.rules.changes import Change, change
from baqylau.accountability.rules.comparing import centre_of, compare
from baqylau.accountability.rules.headlines import ENOUGH, SLOTS, headlines
from baqylau.figures.rules.evaluating import share
from baqylau.figures.rules.results import (
    Answer,
    Estimate,
    Exact,
    Range,
    Rounded,
    Why,
    Withheld,
)
from baqylau.stats.funnel import Place
from tests.accountability.making import of

SMALL = Withheld(Why.SMALL)


@pytest.mark.parametrize(
    ("now", "before", "kind"),
    [
        (Exact(12), Exact(10), Change.MORE),
        (Exact(9), Exact(10), Change.LESS),
        (Exact(10), Exact(10), Change.SAME),
        (Rounded(15), Rounded(10), Change.MORE),
        (Range(20, 30), Range(5, 10), Change.MORE),
        (Range(20, 30), Range(5, 25), Change.UNKNOWN),
        (of(90, 100), of(10, 100), Change.MORE),
        (of(10, 100), of(90, 100), Change.LESS),
        (of(50, 100), of(55, 100), Change.CHANCE),
        (of(50, 100), of(50, 100), Change.CHANCE),
        (Exact(10), SMALL, Change.UNKNOWN),
        (SMALL, Exact(10), Change.UNKNOWN),
        (Exact(10), Rounded(15), Change.UNKNOWN),
    ],
)
def test_more_and_less_are_said_only_where_it_is_sure(
    now: Answer, before: Answer, kind: Change
) -> None:
    assert change(now, before) is kind


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_difference_of_estimates_is_never_called_sure_while_intervals_overlap(
    one: int, other: int
) -> None:
    now, before = share(one, 200), share(other, 200)
    assert isinstance(now, Estimate)
    assert isinstance(before, Estimate)
    overlaps = now.low <= before.high and before.low <= now.high
    assert (change(now, before) is Change.CHANCE) == overlaps


def test_of_each_slot_the_first_published_number_stands_first() -> None:
    answers: dict[str, Answer] = {slot[-1]: Exact(12) for slot in SLOTS}
    assert headlines(answers) == [slot[-1] for slot in SLOTS]
    answers[SLOTS[0][0]] = Exact(5)
    assert headlines(answers)[0] == SLOTS[0][0]


def test_what_is_withheld_or_rests_on_a_handful_does_not_lead() -> None:
    code = SLOTS[1][0]
    assert headlines({code: SMALL}) == []
    assert headlines({code: of(5, ENOUGH - 1)}) == []
    assert headlines({code: of(5, ENOUGH)}) == [code]


def test_a_place_is_compared_with_the_share_in_all() -> None:
    found = compare(of(40, 60), 0.6)
    assert found
    assert found.place is Place.WITHIN
    assert found.low < 0.6 < found.high
    assert (found.centre, found.n) == (0.6, 60)
    above = compare(of(60, 60), 0.3)
    below = compare(of(0, 60), 0.6)
    assert above
    assert above.place is Place.ABOVE
    assert below
    assert below.place is Place.BELOW


def test_only_shares_are_compared() -> None:
    assert compare(Rounded(40), 0.5) is None
    assert compare(SMALL, 0.5) is None
    assert compare(of(20, 40), None) is None


def test_the_share_in_all_adds_up_the_periods() -> None:
    assert centre_of([of(10, 20), of(30, 60)]) == 0.5
    assert centre_of([of(10, 20), SMALL]) is None
    assert centre_of([Exact(5)]) is None
    assert centre_of([]) is None
