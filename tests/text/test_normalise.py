"""Pasted text becomes one clean line, and never more than its limit."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from baqylau.text import MAX_TEXT, normalise, tidy

anything = st.text(st.characters(exclude_categories=()), max_size=300)


def test_word_paste_loses_its_private_bullets_and_line_breaks() -> None:
    assert tidy("\uf0b7 Жеке\u00a0куәлік\x0bалу\x07") == "Жеке куәлік алу"


def test_invisible_marks_vanish_inside_a_word() -> None:
    assert tidy("ба\u200bла\u00adбақ\u200fша\u202e\ufeff") == "балабақша"


def test_typographic_signs_become_plain_ones() -> None:
    assert tidy("“А” — ‘б’…") == "\"А\" - 'б'..."


def test_letters_typed_as_letter_and_mark_are_put_together() -> None:
    assert tidy("май\u0306") == "май\u0306"
    assert tidy("маи\u0306") == "май"
    assert tidy("е\u0308лка") == "ёлка"


def test_capitals_do_not_count_in_any_script() -> None:
    assert normalise("ҚАЗАҚСТАН Ёлка ÄÖÜ") == "қазақстан ёлка äöü"


def test_a_pasted_page_is_cut_at_its_limit() -> None:
    assert len(tidy("сөз " * MAX_TEXT)) <= MAX_TEXT
    assert tidy("а" * 50, limit=10) == "а" * 10


def test_half_a_surrogate_pair_is_dropped() -> None:
    assert tidy("а\ud800б") == "аб"


@given(anything)
def test_tidying_is_idempotent_composed_and_bounded(text: str) -> None:
    once = tidy(text, 100)
    assert tidy(once, 100) == once
    assert unicodedata.is_normalized("NFC", once)
    assert len(once) <= 100
    assert once.encode("utf-8").decode("utf-8") == once


@given(anything)
def test_normalising_is_idempotent_and_bounded(text: str) -> None:
    once = normalise(text, 100)
    assert normalise(once, 100) == once
    assert len(once) <= 100
