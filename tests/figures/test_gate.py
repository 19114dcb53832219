"""The disclosure gate, against an attacker who tries every sum."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.figures.rules.gate import WIDTH, bounds, gate
from tests.figures.attacker import feasible, narrowest, possible

pytestmark = pytest.mark.once

COUNTS = st.integers(0, 14) | st.integers(0, 60)
TABLES = st.dictionaries(st.sampled_from("abcdefghij"), COUNTS, min_size=1, max_size=10)


@given(TABLES)
@settings(max_examples=400)
def test_no_hidden_count_is_known_better_than_a_shown_one(cells: dict[str, int]) -> None:
    gated = gate(cells)
    if gated.shown:
        assert narrowest(cells, gated.shown, gated.together) >= WIDTH


@given(TABLES)
def test_counts_below_ten_and_zeros_are_never_shown_and_the_rest_is_rounded(
    cells: dict[str, int],
) -> None:
    gated = gate(cells)
    assert all(cells[value] >= 10 for value in gated.shown)
    assert all(count % 5 == 0 and abs(count - cells[v]) <= 2 for v, count in gated.shown.items())
    assert gated.hidden | gated.shown.keys() == cells.keys()
    assert not gated.hidden & gated.shown.keys()


@given(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(10, 500), min_size=1))
def test_a_table_of_large_groups_is_shown_whole(cells: dict[str, int]) -> None:
    assert gate(cells).shown.keys() == cells.keys()


def test_a_small_group_that_would_follow_from_the_rest_takes_another_with_it() -> None:
    # 996 less at least 803 and at least 193 leaves nothing: the zero would be known.
    gated = gate({"kk": 803, "ru": 193, "en": 0})
    assert gated.shown == {"kk": 805}
    assert gated.hidden == {"ru", "en"}
    assert gated.together == 195


def test_rounding_alone_may_hide_enough() -> None:
    gated = gate({"kk": 800, "ru": 190, "en": 4})
    assert gated.shown == {"kk": 800, "ru": 190}
    assert gated.together is None


def test_two_groups_of_nine_would_be_exact_and_are_not_shown_so() -> None:
    # Together 18: nobody needs a computer.
    gated = gate({"a": 100, "b": 40, "c": 9, "d": 9})
    assert gated.shown == {"a": 100}


def test_a_table_in_which_everything_would_show_is_refused() -> None:
    for cells in ({"a": 3}, {"a": 100, "b": 0}, {"a": 11, "b": 2}, {"a": 0}):
        gated = gate(cells)
        assert not gated.shown
        assert gated.together is None


def test_a_zero_discloses_too() -> None:
    assert "b" in gate({"a": 60, "b": 0, "c": 30, "d": 30, "e": 40}).hidden


@given(
    st.lists(st.integers(10, 40), min_size=1, max_size=4),
    st.lists(st.integers(0, 9), min_size=1, max_size=3),
)
def test_the_gates_own_bounds_are_never_wider_than_the_attackers(
    large: list[int], small: list[int]
) -> None:
    gated = gate({str(n): count for n, count in enumerate([*large, *small])})
    shown = sorted(gated.shown.values())
    hidden = sorted([*large, *small])[: len(large) + len(small) - len(shown)]
    if not shown:
        return
    low, high = bounds(shown, hidden, sum(large) + sum(small))
    merged = sum(count >= 10 for count in hidden)
    found = (
        feasible(sum(large) + sum(small), shown, len(hidden) - merged, merged, gated.together)
        if len(hidden) > merged
        else frozenset({low, high})
    )
    assert low <= min(found)
    assert max(found) <= high


def test_a_gate_that_only_hides_would_be_broken_by_this_attacker() -> None:
    # What the second step is for: without it the hidden count follows from the whole.
    assert narrowest({"a": 803, "b": 193, "c": 0}, {"a": 805, "b": 195}, None) == 0


def test_the_attacker_rounds_as_the_gate_does() -> None:
    assert possible(10) == {10, 11, 12}
    assert possible(15) == {13, 14, 15, 16, 17}
