"""The local clock: closing time, and the year in which the clock itself moved."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.errors import LawError
from baqylau.law.receipt import ZONE, Receipt, receive

pytestmark = pytest.mark.once


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(ZONE))  # type: ignore[misc, arg-type]  # parts of a date, of any number


@pytest.mark.parametrize(
    ("hour", "minute", "second", "is_late"),
    [(9, 0, 0, False), (18, 0, 0, False), (18, 0, 1, True), (23, 59, 59, True), (0, 0, 0, False)],
)
def test_after_six_in_the_evening_is_after_hours(
    hour: int, minute: int, second: int, is_late: bool
) -> None:
    moment = local(2026, 3, 5, hour, minute, second)
    assert receive(moment) == Receipt(date(2026, 3, 5), is_late)


def test_the_same_hour_in_utc_was_after_hours_before_the_clock_moved_and_is_not_since() -> None:
    half_past_twelve = time(12, 30)
    before = datetime.combine(date(2024, 2, 28), half_past_twelve, UTC)
    since = datetime.combine(date(2024, 3, 4), half_past_twelve, UTC)
    assert receive(before) == Receipt(date(2024, 2, 28), is_after_hours=True)
    assert receive(since) == Receipt(date(2024, 3, 4), is_after_hours=False)


def test_midnight_by_the_local_clock_starts_the_day_an_hour_later_since_2024() -> None:
    before = datetime(2024, 2, 27, 18, 30, tzinfo=UTC)
    since = datetime(2024, 3, 4, 18, 30, tzinfo=UTC)
    assert receive(before).on == date(2024, 2, 28)
    assert receive(since).on == date(2024, 3, 4)


def test_the_hour_that_came_twice_belongs_to_the_day_before() -> None:
    first = datetime(2024, 2, 29, 17, 30, tzinfo=UTC)
    again = first + timedelta(hours=1)
    assert receive(first).on == receive(again).on == date(2024, 2, 29)
    assert receive(again + timedelta(minutes=30)).on == date(2024, 3, 1)


def test_another_office_may_close_at_another_hour() -> None:
    moment = local(2026, 3, 5, 18, 15)
    assert not receive(moment, closes_at=time(18, 30)).is_after_hours


@given(
    st.datetimes(datetime(2016, 1, 1), datetime(2030, 12, 31)),  # noqa: DTZ001 - made aware below
    st.sampled_from(["Etc/GMT+7", "Asia/Tokyo", "America/New_York"]),
)
def test_the_zone_in_which_a_moment_is_written_changes_nothing(naive: datetime, zone: str) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert receive(moment.astimezone(ZoneInfo(zone))) == receive(moment)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 5, 12)  # noqa: DTZ001 - the very thing that is refused
    with pytest.raises(LawError) as refusal:
        receive(naive)
    assert refusal.value.code == "moment_without_zone"


@pytest.mark.parametrize("zone", ["Asia/Taraz", "", "../etc/passwd"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(LawError) as refusal:
        receive(datetime(2026, 3, 5, 12, tzinfo=UTC), zone=zone)
    assert refusal.value.code == "unknown_zone"
