"""Texts, dates and marks in cells."""

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.documents.cells import (
    FIRST_YEAR,
    LAST_YEAR,
    clean,
    holds_html,
    lost_letters,
    normal_heading,
    protect,
    read_date,
    spell,
    unprotect,
)
from baqylau.documents.shapes import CellError

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "text", ["31.12.2026", "2026-12-31", "12/31/2026", "31/12/2026", "31-12-2026", " 31.12.2026 "]
)
def test_a_date_is_read_in_each_usual_form(text: str) -> None:
    assert read_date(text) == date(2026, 12, 31)


def test_a_date_that_a_workbook_stored_is_read() -> None:
    assert read_date("2026-12-31 00:00") == date(2026, 12, 31)


def test_equal_day_and_month_are_not_ambiguous() -> None:
    assert read_date("05/05/2026") == date(2026, 5, 5)


def test_an_ambiguous_date_names_both_readings() -> None:
    with pytest.raises(CellError) as caught:
        read_date("03/04/2026")
    assert caught.value.code == "date_ambiguous"
    assert caught.value.params == {"first": "2026-04-03", "second": "2026-03-04"}


@pytest.mark.parametrize(
    "text",
    ["", "31.02.2026", "2026.12.31", "31.12.26", "0001-01-01", "31/31/2026", "12-31.2026", "x"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CellError) as caught:
        read_date(text)
    assert caught.value.code == "date"


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_from_both_unambiguous_forms(day: date) -> None:
    assert read_date(day.isoformat()) == read_date(day.strftime("%d.%m.%Y")) == day


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_a_cell_error(text: str) -> None:
    with suppress(CellError):
        assert FIRST_YEAR <= read_date(text).year <= LAST_YEAR


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_invisible_marks_go_and_letters_are_composed() -> None:
    assert clean("Ме\u00adдеу\u200b\ufeff \u00a0 и\u0306\x07") == "Медеу й"


@given(st.text(max_size=60))
def test_protection_is_taken_off_again(text: str) -> None:
    assert unprotect(protect(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+7 701", "-x", "@SUM(A1)", "\tx", "＝1", "'=1"])
def test_what_a_spreadsheet_would_run_is_protected(text: str) -> None:
    assert protect(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-1,5", "5", "мектеп", "'сөз'", ""])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert protect(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "1"),
        (0.1 + 0.2, "0.3"),
        (87262451234.0, "87262451234"),
        (time(9, 5), "09:05"),
        (timedelta(hours=26, minutes=3), "26:03"),
        (date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_values_are_spelled_as_a_spreadsheet_shows_them(value: object, text: str) -> None:
    assert spell(value) == text


def test_headings_are_compared_without_case_spaces_and_marks() -> None:
    assert normal_heading("  Атауы_(қаз):* ") == normal_heading("АТАУЫ (ҚАЗ)")


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("<p>", True), ("</b >", True), ("&#160;", True), ("a<b", False), ("A & B; C", False)],
)
def test_html_is_told_from_signs(text: str, is_html: bool) -> None:
    assert holds_html(text) is is_html


def test_question_marks_inside_words_are_lost_letters() -> None:
    assert lost_letters("К?шпелі")
    assert not lost_letters("не? где?")
