"""Time: moments are told, days are counted in a named zone, spans are half-open."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel import clock
from baqylau.kernel.period import Period, day_before

days = st.dates(date(2016, 1, 1), date(2040, 12, 31))


def test_the_zone_changed_its_offset_in_2024() -> None:
    with clock.frozen(datetime(2023, 7, 1, 18, 30, tzinfo=UTC)):
        assert clock.today() == date(2023, 7, 2)
    with clock.frozen(datetime(2026, 7, 1, 18, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001 - the very thing that is asked
        pass


def test_the_clock_runs_again_after_the_block() -> None:
    with clock.frozen(datetime(2017, 1, 1, tzinfo=UTC)):
        assert clock.now().year == 2017
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@given(days, st.integers(1, 800))
def test_a_period_holds_its_first_day_and_not_its_last(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    assert len(list(period)) == len(period) == length
    assert first in period
    assert period.until not in period


@given(days)
def test_no_period_is_empty(day: date) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Period(day, day)


@given(st.integers(2016, 2040))
def test_months_and_quarters_fill_a_year_without_gap_or_overlap(year: int) -> None:
    months = [Period.month(year, month) for month in range(1, 13)]
    quarters = [Period.quarter(year, quarter) for quarter in range(1, 5)]
    for spans in (months, quarters):
        assert spans[0].first == date(year, 1, 1)
        assert spans[-1].until == date(year + 1, 1, 1)
        assert all(one.until == other.first for one, other in itertools.pairwise(spans))
        assert not any(one.overlaps(other) for one, other in itertools.pairwise(spans))


def test_periods_that_share_a_day_overlap() -> None:
    assert Period.month(2026, 3).overlaps(Period.quarter(2026, 1))
    assert not Period.month(2026, 4).overlaps(Period.quarter(2026, 1))


@given(st.dates())
def test_the_day_before_is_a_day_of_the_calendar(day: date) -> None:
    assert day_before(day) == (day - timedelta(days=1) if day > date.min else date.min)


def test_the_first_day_of_all_has_none_before_it() -> None:
    assert day_before(date.min) == date.min
