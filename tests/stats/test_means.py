"""The change of a mean, checked against printed tables, a known example and the density itself."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.stats.means import sample, student, welch

SCORES = st.dictionaries(st.integers(0, 5), st.integers(0, 60), min_size=1).filter(
    lambda counts: sum(counts.values()) > 1
)
SLEEP = (
    [7, -16, -2, -12, -1, 34, 37, 8, 0, 20],
    [19, 8, 11, 1, -1, 44, 55, 16, 46, 34],
)
"""Tenths of an hour of sleep gained. Source: Student, Biometrika 6 (1908) 20."""
PRINTED = {1: 12.70620, 2: 4.302653, 5: 2.570582, 14: 2.144787, 30: 2.042272, 120: 1.979930}
"""The quantile at 0.975 by degrees of freedom, as the tables of textbooks print it."""


def between(t: float, freedom: float, steps: int = 4_000) -> float:
    """The probability from 0 to t, by Simpson's rule over the density."""
    log = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)
    front = math.exp(log) / math.sqrt(freedom * math.pi)
    width = t / steps
    heights = [
        front * (1 + (at * width) ** 2 / freedom) ** (-(freedom + 1) / 2) for at in range(steps + 1)
    ]
    inner = 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
    area: float = (heights[0] + inner + heights[-1]) * width / 3
    return area


@given(probability=st.floats(0.51, 0.999), freedom=st.floats(2, 3_000))
def test_below_the_quantile_lies_what_was_asked(probability: float, freedom: float) -> None:
    found = student(probability, freedom)
    assert 0.5 + between(found, freedom) == pytest.approx(probability, abs=1e-8)


@pytest.mark.parametrize(("freedom", "quantile"), PRINTED.items())
def test_the_quantile_is_that_of_the_printed_tables(freedom: int, quantile: float) -> None:
    assert student(0.975, freedom) == pytest.approx(quantile, rel=1e-6)


def test_the_change_in_students_own_data_is_known() -> None:
    found = welch(Counter(SLEEP[0]), Counter(SLEEP[1]))
    assert found is not None
    assert found.value == pytest.approx(15.8)
    assert found.freedom == pytest.approx(17.776, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((-2.054832, 33.654832), abs=1e-5)


@given(first=SCORES, second=SCORES)
def test_the_change_lies_in_its_interval_unless_there_is_none(
    first: dict[int, int], second: dict[int, int]
) -> None:
    found, one, two = welch(first, second), sample(first), sample(second)
    assert (found is None) == (not one.variance and not two.variance)
    if found:
        assert found.low < found.value < found.high
        assert min(one.n, two.n) - 1 <= found.freedom + 1e-9
        assert found.freedom <= one.n + two.n - 2 + 1e-9


@given(first=SCORES, second=SCORES)
def test_turned_round_the_change_is_turned_round(
    first: dict[int, int], second: dict[int, int]
) -> None:
    there, back = welch(first, second), welch(second, first)
    assert (there is None) == (back is None)
    if there and back:
        assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_a_wider_level_gives_a_wider_interval() -> None:
    narrow, wide = welch({1: 9, 3: 12}, {2: 8, 4: 9}, 0.8), welch({1: 9, 3: 12}, {2: 8, 4: 9}, 0.99)
    assert narrow
    assert wide
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(("first", "second"), [({3: 1}, {2: 5, 3: 5}), ({5: 20}, {4: 20})])
def test_no_interval_is_made_up(first: dict[int, int], second: dict[int, int]) -> None:
    assert welch(first, second) is None


@pytest.mark.parametrize("counts", [{}, {2: 0}, {1: -1, 2: 5}])
def test_no_sample_is_refused(counts: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="observations"):
        sample(counts)


@pytest.mark.parametrize(("probability", "freedom"), [(0.5, 3), (1, 3), (0.9, 0), (0.9, math.nan)])
def test_no_quantile_is_refused(probability: float, freedom: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        student(probability, freedom)
