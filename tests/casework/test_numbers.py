"""Numbers of cases, however they are typed; numbers of letters, which are no names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.casework.rules.numbers import (
    case_number,
    clean_reference,
    letter_of,
    read_number,
    reference,
)


@pytest.mark.parametrize(
    "typed",
    [
        "Ж-2026-000123",
        "ж2026-123",
        "  Ж – 2026 — 000123 ",
        "ZH-2026-000123",
        "zh 2026 123",
        "2026/123",
        "\u200eЖ\u20112026\u2011000123",
        "2026-000123",
    ],
)
def test_every_spelling_of_a_number_is_read(typed: str) -> None:
    assert read_number(typed) == (2026, 123)


@pytest.mark.parametrize(
    ("typed", "letter"),
    [
        ("Ж-2026-000123", "Ж"),
        ("ж2026-123", "Ж"),
        ("zh 2026 123", "Ж"),
        ("K-2026-000123", "К"),
        ("қ-123", "К"),
        ("№123", ""),
        ("2026-000123", ""),
        ("", ""),
    ],
)
def test_the_letter_before_a_number_is_read_in_any_script(typed: str, letter: str) -> None:
    assert letter_of(typed) == letter


@pytest.mark.parametrize("typed", ["123", "000123", "№123", "Ж-123"])
def test_a_number_without_its_year_is_read_as_such(typed: str) -> None:
    assert read_number(typed) == (None, 123)


@pytest.mark.parametrize("typed", ["", "Ж", "жер", "Ж-2026-", "87011234567", "2026-12345678"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@given(st.integers(2020, 2099), st.integers(1, 9_999_999))
def test_a_number_reads_back_and_has_no_latin_letter(year: int, serial: int) -> None:
    number = case_number(year, serial)
    assert read_number(number) == (year, serial)
    assert read_number(reference(number)) == (year, serial)
    assert not any(sign.isascii() and sign.isalpha() for sign in number)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(text: str) -> None:
    read = read_number(text)
    assert read is None or read[1] >= 0


@pytest.mark.parametrize("typed", ["ЖТ-2026-04512333", "№ 15/3-ЖТ-К-102", "3-1.7(12)", "12345"])
def test_a_letters_number_is_kept(typed: str) -> None:
    assert clean_reference(typed) == typed


@pytest.mark.parametrize("typed", ["", "Әлия Серікова", "Серікова 1", "-", "9" * 41, "<b>1</b>"])
def test_a_name_is_no_letters_number(typed: str) -> None:
    assert clean_reference(typed) is None
