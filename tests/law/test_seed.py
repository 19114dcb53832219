"""The shipped calendar of Kazakhstan."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from holidays.countries.kazakhstan import Kazakhstan

from baqylau.law.calendar import Day, DayKind
from baqylau.law.errors import LawError
from baqylau.law.seed import (
    FIRST_YEAR,
    LAST_YEAR,
    _named_day,
    seed_days,
    seed_years,
    seeded_calendar,
)

pytestmark = pytest.mark.once


def row(on: date) -> Day:
    found = seeded_calendar().special_day(on)
    assert found is not None
    return found


def test_every_day_is_worked_or_off_as_the_library_says() -> None:
    library = Kazakhstan(years=range(FIRST_YEAR, LAST_YEAR + 1))
    calendar = seeded_calendar()
    on = date(FIRST_YEAR, 1, 1)
    while on.year <= LAST_YEAR:
        assert calendar.is_working_day(on) == library.is_working_day(on), on
        on += timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 3, 21), DayKind.HOLIDAY),
        (date(2026, 3, 24), DayKind.HOLIDAY_SHIFTED),
        (date(2026, 1, 7), DayKind.RELIGIOUS_DAY_OFF),
        (date(2024, 5, 8), DayKind.DAY_OFF_TRANSFERRED),
        (date(2024, 5, 4), DayKind.WORKING_DAY_TRANSFERRED),
        (date(2025, 8, 30), DayKind.HOLIDAY),
        (date(2027, 3, 15), DayKind.HOLIDAY),
        (date(2022, 10, 25), DayKind.HOLIDAY),
        (date(2021, 12, 17), DayKind.HOLIDAY),
    ],
)
def test_days_carry_their_kind(on: date, kind: DayKind) -> None:
    assert row(on).kind is kind


@pytest.mark.parametrize(
    "on",
    [
        date(2026, 8, 31),  # 30 August, a Sunday, is a holiday no longer: nothing is shifted
        date(2026, 3, 16),  # 15 March becomes a holiday in 2027 only
        date(2021, 10, 25),  # 25 October came back in 2022
        date(2022, 12, 1),  # 1 December left in 2022
    ],
)
def test_holidays_begin_and_end_with_their_years(on: date) -> None:
    assert seeded_calendar().special_day(on) is None
    assert seeded_calendar().is_working_day(on)


def test_a_religious_day_off_on_a_weekend_is_not_shifted() -> None:
    assert row(date(2024, 6, 16)).kind is DayKind.RELIGIOUS_DAY_OFF
    assert seeded_calendar().is_working_day(date(2024, 6, 17))


def test_two_holidays_on_one_weekend_take_two_days() -> None:
    assert row(date(2022, 1, 3)).kind is DayKind.HOLIDAY_SHIFTED
    assert row(date(2022, 1, 4)).kind is DayKind.HOLIDAY_SHIFTED


def test_a_shift_passes_over_a_holiday_that_stands_there() -> None:
    shifted = row(date(2022, 5, 10))
    assert shifted.kind is DayKind.HOLIDAY_SHIFTED
    assert "Отан қорғаушы күні" in shifted.reason.kk


def test_a_day_in_lieu_that_was_moved_is_worked_and_says_why() -> None:
    moved = row(date(2020, 5, 11))
    assert moved.kind is DayKind.WORKING_DAY_TRANSFERRED
    assert "2020 жылғы 8 мамыр, жұма" in moved.reason.kk
    assert row(date(2020, 5, 8)).source == "adilet.zan.kz: P1900000820"


def test_the_expected_dates_of_kurban_ait_say_so() -> None:
    assert not row(date(2025, 6, 6)).is_estimated
    expected = row(date(2026, 5, 27))
    assert expected.is_estimated
    assert expected.reason.kk.endswith("(болжамды күн)")
    assert expected.reason.ru.endswith("(дата предварительная)")
    assert expected.reason.en.endswith("(expected date)")


def test_only_years_with_a_decree_are_confirmed() -> None:
    years = {each.year: each for each in seed_years()}
    assert list(years) == list(range(2016, 2031))
    assert [year for year, each in years.items() if each.is_confirmed] == list(range(2016, 2026))
    assert all(bool(each.source) == each.is_confirmed for each in years.values())


def test_every_day_has_a_reason_in_three_languages_and_a_source() -> None:
    for each in seed_days():
        assert all(each.reason.as_dict().values()), each.on
        assert each.source, each.on


def test_days_are_given_once_and_in_order() -> None:
    dates = [each.on for each in seed_days()]
    assert dates == sorted(set(dates))


def test_a_span_of_years_holds_only_its_own_days() -> None:
    assert {each.on.year for each in seed_days(2019, 2020)} == {2019, 2020}
    assert seed_days(2019, 2019) == [each for each in seed_days() if each.on.year == 2019]


def test_kurban_ait_on_a_holiday_leaves_the_holiday() -> None:
    days = {each.on: each for each in seed_days(2032, 2032)}
    assert days[date(2032, 3, 22)].kind is DayKind.HOLIDAY


def test_the_library_is_not_loaded_until_somebody_seeds() -> None:
    rooms = "baqylau.law.seed, baqylau.law.console, baqylau.law.rule_table"
    asked = f"import sys, {rooms}; print('holidays' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_a_name_that_nobody_translated_is_refused() -> None:
    with pytest.raises(LawError) as refusal:
        _named_day(date(2026, 1, 1), "Жаңа мереке", is_estimated=False)
    assert refusal.value.code == "unknown_occasion"
