"""Words of a search, and the forms in which the register has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.institutions.rules import search_words, searchable


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("мектеп", "№ 12 «Самал» мектебі"),
        ("Мектеп самал", "№ 12 «Самал» мектебі"),
        ("халыққа қызмет көрсету орталық", "Халыққа қызмет көрсету орталығы"),
        ("ауруханасы", "Облыстық ауруханасы"),
        ("mektep", "№ 12 мектебі"),
    ],
)
def test_a_word_is_found_in_the_form_that_a_name_has(typed: str, written: str) -> None:
    kept = searchable([written])
    assert all(f" {word}" in kept for word in search_words(typed))


def test_short_words_are_looked_for_whole() -> None:
    assert search_words("парк сот") == ["park", "sot"]


@given(st.text(max_size=300))
def test_every_name_is_found_by_its_own_words(name: str) -> None:
    kept = searchable([name])
    assert all(f" {word}" in kept for word in search_words(name))
