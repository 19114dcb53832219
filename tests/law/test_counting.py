"""What must hold for every count, whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.amounts import Unit
from baqylau.law.counting import add_months, count
from baqylau.law.seed import seeded_calendar

pytestmark = pytest.mark.once
# Far enough from the ends of the calendar for every amount below.
DAYS = st.dates(date(2018, 1, 1), date(2028, 12, 31))
UNITS = st.sampled_from(Unit)
AMOUNTS = st.integers(-20, 20)


@given(start=DAYS, unit=UNITS, amount=AMOUNTS)
def test_a_term_never_ends_on_a_day_off(start: date, unit: Unit, amount: int) -> None:
    calendar = seeded_calendar()
    assert calendar.is_working_day(count(start, amount, unit, calendar).due_on)


@given(start=DAYS, gap=st.integers(0, 40), unit=UNITS, amount=AMOUNTS)
def test_a_later_event_is_never_due_earlier(start: date, gap: int, unit: Unit, amount: int) -> None:
    calendar = seeded_calendar()
    later = start + timedelta(days=gap)
    first = count(start, amount, unit, calendar)
    assert first.due_on <= count(later, amount, unit, calendar).due_on


@given(start=DAYS, unit=UNITS, amount=st.integers(1, 20))
def test_a_longer_term_is_never_due_earlier(start: date, unit: Unit, amount: int) -> None:
    calendar = seeded_calendar()
    shorter = count(start, amount - 1, unit, calendar)
    assert shorter.due_on <= count(start, amount, unit, calendar).due_on


@given(start=DAYS, amount=st.integers(1, 20))
def test_working_days_counted_back_return_to_a_working_start(start: date, amount: int) -> None:
    calendar = seeded_calendar()
    worked = count(start, 0, Unit.WORKING_DAY, calendar).due_on
    there = count(worked, amount, Unit.WORKING_DAY, calendar).due_on
    assert count(there, -amount, Unit.WORKING_DAY, calendar).due_on == worked


@given(start=DAYS, amount=AMOUNTS.filter(bool))
def test_counted_and_skipped_days_fill_the_way_without_a_gap(start: date, amount: int) -> None:
    term = count(start, amount, Unit.WORKING_DAY, seeded_calendar())
    met = sorted([*term.counted, *(day.on for day in term.skipped)])
    first, last = sorted((start, term.due_on))
    way = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert met == [on for on in way if on != start]
    assert len(term.counted) == abs(amount)


@given(start=DAYS, unit=st.sampled_from([Unit.CALENDAR_DAY, Unit.MONTH]), amount=AMOUNTS)
def test_days_rolled_over_lie_between_the_plain_end_and_the_due_date(
    start: date, unit: Unit, amount: int
) -> None:
    term = count(start, amount, unit, seeded_calendar())
    gap = abs((term.due_on - term.nominal_on).days)
    assert len(term.rolled) == gap
    assert term.skipped == ()


@given(start=DAYS, unit=UNITS)
def test_nought_is_the_same_day_or_the_next_one_worked(start: date, unit: Unit) -> None:
    calendar = seeded_calendar()
    term = count(start, 0, unit, calendar)
    assert term.counted == ()
    assert term.first_on is None
    assert (term.due_on == start) == calendar.is_working_day(start)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 6, 30), 12, date(2027, 6, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


def test_a_month_without_the_day_says_that_it_was_cut() -> None:
    calendar = seeded_calendar()
    assert count(date(2025, 11, 30), 3, Unit.MONTH, calendar).is_month_cut
    assert not count(date(2025, 11, 28), 3, Unit.MONTH, calendar).is_month_cut


def test_days_worked_by_transfer_are_named() -> None:
    term = count(date(2024, 5, 3), 3, Unit.WORKING_DAY, seeded_calendar())
    assert [day.on for day in term.worked] == [date(2024, 5, 4)]


def test_calendar_days_counted_back_move_to_the_working_day_before() -> None:
    term = count(date(2026, 3, 30), -6, Unit.CALENDAR_DAY, seeded_calendar())
    assert term.nominal_on == date(2026, 3, 24)
    assert term.due_on == date(2026, 3, 20)
