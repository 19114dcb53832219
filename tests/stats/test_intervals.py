"""Intervals against published results and exact sums."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.stats.intervals import EXACT, bounding_ranks, wilson

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_score_interval_is_newcombes(part: int, whole: int, low: float, high: float) -> None:
    # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**12), st.data())
def test_a_share_lies_in_its_interval_and_both_in_the_possible(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    assert low < high


@given(st.integers(1, 500), st.data())
def test_a_share_and_its_complement_mirror_each_other(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (6, 5), (0, -3)])
def test_a_share_of_nothing_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(part, whole)


@pytest.mark.parametrize("level", [0.0, 1.0, 2.0])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        wilson(1, 2, level)


@pytest.mark.parametrize(
    ("n", "ranks"), [(6, (1, 6)), (10, (2, 9)), (20, (6, 15)), (25, (8, 18)), (50, (18, 33))]
)
def test_the_ranks_about_a_median_are_those_of_the_tables(n: int, ranks: tuple[int, int]) -> None:
    # Conover, Practical Nonparametric Statistics: the sign test's interval at 95 %.
    assert bounding_ranks(n, 0.5) == ranks


@pytest.mark.parametrize("n", [0, 1, 5])
def test_five_observations_bound_no_median(n: int) -> None:
    assert bounding_ranks(n, 0.5) is None


def _coverage(n: int, quantile: Fraction, low: int, high: int) -> Fraction:
    """P(low <= number of observations below the quantile < high), summed exactly."""
    ways = (comb(n, k) * quantile**k * (1 - quantile) ** (n - k) for k in range(low, high))
    return sum(ways, Fraction(0))


@given(st.integers(1, 120), st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]))
def test_the_ranks_cover_what_they_promise(n: int, quantile: Fraction) -> None:
    ranks = bounding_ranks(n, float(quantile))
    if ranks is None:
        assert max(quantile**n, (1 - quantile) ** n) > Fraction(1, 40)
    else:
        assert _coverage(n, quantile, *ranks) >= Fraction(95, 100)


@given(st.integers(EXACT + 1, 10**9), st.sampled_from([0.25, 0.5, 0.75]))
def test_large_numbers_are_bounded_too_and_closely(n: int, quantile: float) -> None:
    ranks = bounding_ranks(n, quantile)
    assert ranks is not None
    low, high = ranks
    assert 1 <= low < n * quantile < high <= n
    assert high - low <= 4 * n**0.5


def test_the_curve_goes_on_where_the_sums_end() -> None:
    summed, curved = bounding_ranks(EXACT, 0.5), bounding_ranks(EXACT + 1, 0.5)
    assert summed
    assert curved
    assert abs(summed[0] - curved[0]) <= 2
    assert abs(summed[1] - curved[1]) <= 3


@pytest.mark.parametrize("quantile", [0.0, 1.0, -0.5])
def test_a_quantile_that_is_none_is_refused(quantile: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        bounding_ranks(10, quantile)
