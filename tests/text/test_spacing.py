"""Where lines may not break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.text import unbroken

N = "\u00a0"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("50 851 теңге", f"50{N}851{N}теңге"),
        ("1 250 000 тенге.", f"1{N}250{N}000{N}тенге."),
        ("1,25 АЕК", f"1,25{N}АЕК"),
        ("0,25 МРП, 1 063 ₸", f"0,25{N}МРП, 1{N}063{N}₸"),
        ("38 % жауап", f"38{N}% жауап"),
        ("№ 12 бұйрық", f"№{N}12 бұйрық"),
        ("15 жұмыс күні", "15 жұмыс күні"),
        ("2026 2027", "2026 2027"),
        ("3 куәлік 100 дана", "3 куәлік 100 дана"),
        ("5 метр", "5 метр"),
        ("", ""),
    ],
)
def test_a_number_stays_with_its_groups_and_its_unit(written: str, kept: str) -> None:
    assert unbroken(written) == kept


@given(st.text())
def test_only_spaces_change_and_a_second_time_changes_nothing(text: str) -> None:
    once = unbroken(text)
    assert once.replace(N, " ") == text.replace(N, " ")
    assert unbroken(once) == once
