"""Funnels hold published values, and accuse nobody whom chance explains."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.stats.funnel import Place, binomial_limits, poisson_limits, share_place

ORANGE_JUICE = (
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
)
"""Spoilt cans in 30 samples of 50. Source: Montgomery, Statistical Quality Control, example 7.1."""


@pytest.mark.parametrize(
    ("expected", "low", "high"),
    [(15, 0.5596924, 1.649348), (20, 0.6108260, 1.544419), (30, 0.6746958, 1.427562)],
)
def test_the_poisson_funnel_has_the_published_limits(
    expected: float, low: float, high: float
) -> None:
    assert poisson_limits(expected, 0.95) == pytest.approx((low, high), abs=5e-7)


@given(st.floats(0.01, 5_000), st.floats(0.5, 0.9999))
def test_the_poisson_funnel_narrows_with_what_is_expected(expected: float, level: float) -> None:
    low, high = poisson_limits(expected, level)
    assert 0 <= low < 1 < high
    wider = poisson_limits(expected / 2, level)
    assert wider[0] <= low + 1e-9
    assert wider[1] >= high - 1e-9


def exact_low(whole: int, thousandths: int) -> int:
    """The first part at which the sum of all chances, in whole numbers, is above one in a thousand.

    One in a thousand is the tail of the limits' own level, 0.998.
    """
    others, total = 1_000 - thousandths, 0
    for part in range(whole + 1):
        total += math.comb(whole, part) * thousandths**part * others ** (whole - part)
        if total * 1_000 > 1_000**whole:
            return part
    return whole


@given(st.integers(150, 400), st.integers(1, 999))
@settings(max_examples=40)
def test_the_limits_are_those_of_the_whole_sum(whole: int, thousandths: int) -> None:
    low, high = binomial_limits(whole, thousandths / 1_000)
    assert low == exact_low(whole, thousandths)
    assert high == whole - exact_low(whole, 1_000 - thousandths)


def test_the_limits_of_a_million_cost_as_much_as_their_root() -> None:
    low, high = binomial_limits(1_000_000, 0.4)
    # A normal curve is near enough there: 3.0902 deviations on each side.
    assert (low, high) == pytest.approx((400_000 - 1_514, 400_000 + 1_514), abs=3)


def test_the_samples_outside_are_those_of_the_published_chart() -> None:
    centre = sum(ORANGE_JUICE) / (50 * len(ORANGE_JUICE))
    assert centre == pytest.approx(0.2313333, abs=5e-8)
    low, high = binomial_limits(50, centre, 0.9973)
    assert [at for at, part in enumerate(ORANGE_JUICE, 1) if not low <= part <= high] == [15, 23]


def test_limits_of_a_small_binomial_are_counted_by_hand() -> None:
    # Ten throws of a coin: 0 and 10 have 1/1024 each, 1 and 9 have 10/1024.
    assert binomial_limits(10, 0.5, 1 - 2 * 0.99 / 1024) == (0, 10)
    assert binomial_limits(10, 0.5, 1 - 2 * 1.01 / 1024) == (1, 9)
    assert binomial_limits(10, 0.5, 1 - 2 * 11.01 / 1024) == (2, 8)


@given(st.integers(1, 400), st.floats(0, 1))
def test_a_unit_that_is_as_expected_is_within(whole: int, centre: float) -> None:
    low, high = binomial_limits(whole, centre)
    assert 0 <= low <= high <= whole
    assert low <= round(whole * centre) <= high
    assert share_place(round(whole * centre), whole, centre, slack=2) is Place.WITHIN


def test_everybody_and_nobody_leave_no_room_for_chance() -> None:
    assert binomial_limits(20, 0.0) == (0, 0)
    assert binomial_limits(20, 1.0) == (20, 20)


def test_a_unit_far_from_the_rest_is_outside() -> None:
    assert share_place(60, 60, 0.6) is Place.ABOVE
    assert share_place(10, 60, 0.6) is Place.BELOW


def test_rounding_alone_never_puts_a_unit_outside() -> None:
    low, high = binomial_limits(60, 0.6)
    assert share_place(high + 1, 60, 0.6) is Place.ABOVE
    assert share_place(high + 1, 60, 0.6, slack=2) is Place.WITHIN
    assert share_place(low - 1, 60, 0.6) is Place.BELOW
    assert share_place(low - 1, 60, 0.6, slack=2) is Place.WITHIN


def test_identical_units_are_hardly_ever_outside() -> None:
    chance = random.Random(7)  # noqa: S311 - a simulation, no secret
    outside = 0
    for _unit in range(3_000):
        part = sum(chance.random() < 0.3 for _visit in range(12))
        outside += share_place(part, 12, 0.3) is not Place.WITHIN
    assert outside <= 12


@pytest.mark.parametrize("level", [0.0, 1.0, -1.0])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        poisson_limits(10, level)
    with pytest.raises(ValueError, match="level"):
        binomial_limits(10, 0.5, level)


@pytest.mark.parametrize("expected", [0, -1, float("nan"), float("inf")])
def test_nothing_expected_has_no_funnel(expected: float) -> None:
    with pytest.raises(ValueError, match="expected"):
        poisson_limits(expected)


@pytest.mark.parametrize(("whole", "centre"), [(0, 0.5), (10, 1.1), (10, -0.1), (10, float("nan"))])
def test_no_share_has_no_funnel(whole: int, centre: float) -> None:
    with pytest.raises(ValueError, match="share"):
        binomial_limits(whole, centre)
