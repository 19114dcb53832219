"""Quantiles of counts by size, against the same numbers written out."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.stats.histograms import Histogram
from baqylau.stats.rounding import ten_five, to_base

pytestmark = pytest.mark.once

COUNTS = st.dictionaries(st.integers(0, 400), st.integers(0, 30), max_size=40)


def _written(counts: dict[int, int]) -> list[int]:
    return sorted(size for size, count in counts.items() for _one in range(count))


@given(COUNTS)
def test_every_rank_is_where_the_sorted_list_has_it(counts: dict[int, int]) -> None:
    histogram, listed = Histogram(counts), _written(counts)
    assert [histogram.at(rank) for rank in range(1, histogram.n + 1)] == listed


@given(COUNTS)
def test_the_median_is_one_of_the_two_in_the_middle(counts: dict[int, int]) -> None:
    found, listed = Histogram(counts).quantile(0.5), _written(counts)
    assert (found is None) == (len(listed) < 6)
    if found:
        assert found.value == statistics.median_low(listed)
        assert found.low <= found.value <= found.high
        assert found.n == len(listed)


@given(COUNTS, st.sampled_from([0.25, 0.75]))
def test_a_quartile_leaves_its_share_below(counts: dict[int, int], share: float) -> None:
    found, listed = Histogram(counts).quantile(share), _written(counts)
    if found:
        assert sum(size <= found.value for size in listed) >= share * len(listed)
        assert sum(size < found.value for size in listed) < share * len(listed)


def test_twenty_known_times() -> None:
    times = [1, 2, 3, 5, 8, 8, 9, 10, 12, 15, 15, 16, 20, 21, 30, 31, 40, 55, 60, 90]
    found = Histogram({size: times.count(size) for size in times}).quantile(0.5)
    assert found
    # Ranks 10, 6 and 15 of twenty.
    assert (found.value, found.low, found.high) == (15, 8, 30)


def test_a_negative_count_and_a_wrong_rank_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Histogram({3: -1})
    for rank in (0, 3):
        with pytest.raises(IndexError):
            Histogram({3: 2}).at(rank)


def test_the_ten_five_rule() -> None:
    given_ = [0, 3, 9, 10, 12, 13, 18, 97, 1082]
    assert [ten_five(count) for count in given_] == [None, None, None, 10, 10, 15, 20, 95, 1080]


@given(st.integers(0, 10**15))
def test_rounding_moves_a_count_by_two_at_most(count: int) -> None:
    assert abs(to_base(count) - count) <= 2
    assert to_base(count) % 5 == 0


def test_no_count_is_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        ten_five(-1)
