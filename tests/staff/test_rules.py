"""What is decided without asking anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.staff import rules

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("pin", ["2017", "90210", "11112222", "1357"])
def test_four_to_eight_mixed_digits_are_a_pin(pin: str) -> None:
    assert rules.is_pin(pin)


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "1234", "4321", "0000", "7890", "12a4", "１２３５", " 2017"]
)
def test_plain_runs_repeated_digits_and_other_signs_are_none(pin: str) -> None:
    assert not rules.is_pin(pin)


@given(st.text(max_size=12))
def test_whatever_passes_as_a_pin_is_four_to_eight_ascii_digits(text: str) -> None:
    if rules.is_pin(text):
        assert text.isascii()
        assert text.isdigit()
        assert 4 <= len(text) <= 8
        assert len(set(text)) > 1


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_waits_begin_after_the_free_misses_grow_and_end_at_a_quarter_of_an_hour(
    misses: int, free: int
) -> None:
    wait = rules.wait_after(misses, free)
    assert (wait == 0) == (misses < free)
    assert wait <= rules.LONGEST_WAIT == 900
    assert rules.wait_after(misses + 1, free) >= wait


def test_a_desk_is_idle_only_after_its_limit() -> None:
    assert not rules.is_idle(NOW - timedelta(seconds=300), NOW, 300)
    assert rules.is_idle(NOW - timedelta(seconds=301), NOW, 300)
    assert not rules.is_idle(NOW + timedelta(days=1), NOW, 300)


def test_a_shift_ends_at_its_last_second() -> None:
    assert not rules.is_over(NOW - timedelta(hours=11, minutes=59), NOW, 43_200)
    assert rules.is_over(NOW - timedelta(hours=12), NOW, 43_200)
