"""Differences lead from the old text to the new one, and nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.catalogue.rules.differences import (
    WORD_LIMIT,
    Piece,
    changed_parts,
    differences,
    part_differences,
)
from baqylau.catalogue.rules.wording import SERVICE, Wording
from tests.catalogue.making import service_words

pytestmark = pytest.mark.once

words = st.lists(st.sampled_from(["жеке", "куәлік", "тегін", " ", "\n", ",", "15", "күн"])).map(
    "".join
)


@given(st.one_of(words, st.text(max_size=60)), st.one_of(words, st.text(max_size=60)))
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "new") == old
    assert "".join(piece.text for piece in pieces if piece.change != "gone") == new


@given(words)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert all(piece.change == "same" for piece in differences(text, text))


def test_a_changed_word_is_shown_alone() -> None:
    assert differences("15 жұмыс күні", "10 жұмыс күні") == (
        Piece("gone", "15"),
        Piece("new", "10"),
        Piece("same", " жұмыс күні"),
    )


def test_a_very_long_text_is_shown_as_replaced_whole() -> None:
    long = "сөз " * WORD_LIMIT
    assert [piece.change for piece in differences(long, long + "тағы")] == ["gone", "new"]


def test_changed_parts_come_in_the_order_of_reading() -> None:
    old, new = service_words(), service_words(where="eGov.kz", title="Туу туралы куәлік")
    assert changed_parts(old, new, SERVICE) == ("title", "where")
    assert [one.part for one in part_differences(old, new, SERVICE)] == ["title", "where"]


def test_an_added_item_of_a_list_is_shown_as_a_new_line() -> None:
    old, new = service_words(documents=["Өтініш"]), service_words(documents=["Өтініш", "Сурет"])
    (one,) = part_differences(old, new, SERVICE)
    assert [(piece.change, piece.text) for piece in one.pieces] == [
        ("same", "Өтініш"),
        ("new", "\nСурет"),
    ]


def test_all_of_a_first_version_is_new() -> None:
    found = part_differences(Wording(), service_words(), SERVICE)
    assert len(found) == 7
    assert {piece.change for one in found for piece in one.pieces} == {"new"}
