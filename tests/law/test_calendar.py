"""The calendar: what is worked, what is off and why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.calendar import WEEKEND_REASON, Calendar, CalendarYear, Day, DayKind
from baqylau.law.errors import LawError
from baqylau.law.seed import seeded_calendar
from baqylau.law.words import Wording

pytestmark = pytest.mark.once
REST = Wording("мереке", "праздник", "holiday")
YEAR = [CalendarYear(2031, is_confirmed=False)]
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


def day(on: date, kind: DayKind = DayKind.HOLIDAY) -> Day:
    return Day(on, kind, REST)


def test_a_plain_weekday_is_worked_and_a_plain_weekend_is_not() -> None:
    calendar = Calendar.from_days([], YEAR)
    monday = date(2031, 1, 6)
    worked = [calendar.is_working_day(monday + timedelta(days=n)) for n in range(7)]
    assert worked == [True] * 5 + [False] * 2


def test_the_reason_of_a_plain_weekend_is_said() -> None:
    calendar = Calendar.from_days([], YEAR)
    found = calendar.reason_for_day_off(date(2031, 1, 5))
    assert found == Day(date(2031, 1, 5), DayKind.WEEKEND, WEEKEND_REASON)


def test_the_reason_of_a_holiday_is_the_row_of_the_table() -> None:
    holiday = day(date(2031, 1, 1))
    calendar = Calendar.from_days([holiday], YEAR)
    assert calendar.reason_for_day_off(date(2031, 1, 1)) is holiday


def test_a_working_saturday_has_no_reason_to_be_off() -> None:
    saturday = day(date(2031, 1, 4), DayKind.WORKING_DAY_TRANSFERRED)
    calendar = Calendar.from_days([saturday], YEAR)
    assert calendar.is_working_day(saturday.on)
    assert calendar.special_day(saturday.on) is saturday


@pytest.mark.parametrize(
    "rows",
    [
        [day(date(2031, 1, 1)), day(date(2031, 1, 1))],
        [day(date(2030, 1, 1))],
        [day(date(2031, 1, 4), DayKind.WEEKEND)],
    ],
    ids=["twice", "year not held", "plain weekend"],
)
def test_a_table_with_a_wrong_row_is_refused(rows: list[Day]) -> None:
    with pytest.raises(LawError) as refusal:
        Calendar.from_days(rows, YEAR)
    assert refusal.value.code == "bad_calendar"
    assert rows[-1].on.isoformat() in refusal.value.sentence("kk")


def test_a_day_of_a_year_that_the_calendar_lacks_is_not_guessed() -> None:
    with pytest.raises(LawError) as refusal:
        seeded_calendar().is_working_day(date(2031, 1, 6))
    assert refusal.value.code == "outside_calendar"
    assert refusal.value.params == {"year": 2031, "first": 2016, "last": 2030}


def test_a_run_of_days_off_is_found_forwards_and_backwards() -> None:
    calendar = seeded_calendar()
    forwards = calendar.days_off_until_working(date(2026, 3, 21))
    backwards = calendar.days_off_until_working(date(2026, 3, 25), backwards=True)
    assert [each.on.day for each in forwards] == [21, 22, 23, 24, 25]
    assert forwards == backwards[::-1]


def test_working_days_between_leaves_out_the_first_and_takes_in_the_last() -> None:
    calendar = seeded_calendar()
    assert calendar.working_days_between(date(2026, 3, 19), date(2026, 3, 26)) == 2
    assert calendar.working_days_between(date(2026, 3, 26), date(2026, 3, 26)) == 0
    assert calendar.working_days_between(date(2026, 3, 26), date(2026, 3, 19)) == 0


@given(first=DAYS, length=st.integers(0, 90), cut=st.integers(0, 90))
def test_working_days_of_two_neighbouring_spans_add_up(first: date, length: int, cut: int) -> None:
    calendar = seeded_calendar()
    last = min(first + timedelta(days=length), date(2030, 12, 31))
    middle = min(first + timedelta(days=cut), last)
    whole = calendar.working_days_between(first, last)
    parts = (
        calendar.working_days_between(first, middle),
        calendar.working_days_between(middle, last),
    )
    assert whole == sum(parts)


def test_years_without_a_known_decree_are_unconfirmed() -> None:
    calendar = seeded_calendar()
    assert calendar.unconfirmed_years(date(2025, 1, 1), date(2025, 12, 31)) == ()
    assert calendar.unconfirmed_years(date(2025, 12, 31), date(2027, 1, 1)) == (2026, 2027)


def test_the_rows_of_a_calendar_build_the_same_calendar() -> None:
    calendar = seeded_calendar()
    again = Calendar.from_days(calendar.days.values(), calendar.years.values())
    assert again == calendar
