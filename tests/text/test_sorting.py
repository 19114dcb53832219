"""Sorting by the Kazakh alphabet."""

import locale

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.text import sort_key
from baqylau.text.letters import KAZAKH_ALPHABET

RUSSIAN_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def test_the_alphabet_has_its_42_letters() -> None:
    assert len(KAZAKH_ALPHABET) == len(set(KAZAKH_ALPHABET)) == 42


@pytest.mark.parametrize("alphabet", [KAZAKH_ALPHABET, RUSSIAN_ALPHABET])
def test_letters_sort_in_the_order_of_both_alphabets(alphabet: str) -> None:
    keys = [sort_key(letter) for letter in alphabet]
    assert keys == sorted(set(keys))
    assert [sort_key(letter.upper()) for letter in alphabet] == keys


def test_districts_sort_as_a_resident_expects() -> None:
    names = ["Шу", "Сарысу", "Қордай", "Байзақ", "Жуалы", "Жамбыл", "Тараз", "Талас", "Мерке"]
    assert sorted(names, key=sort_key) == [
        "Байзақ", "Жамбыл", "Жуалы", "Қордай", "Мерке", "Сарысу", "Талас", "Тараз", "Шу",
    ]  # fmt: skip


def test_numbers_sort_by_value() -> None:
    schools = ["№ 12 мектеп", "№ 5 мектеп", "№ 100 мектеп", "№ 05а мектеп"]
    assert sorted(schools, key=sort_key) == [
        "№ 5 мектеп", "№ 05а мектеп", "№ 12 мектеп", "№ 100 мектеп",
    ]  # fmt: skip


def test_a_word_comes_before_its_longer_neighbour_and_latin_before_cyrillic() -> None:
    assert sort_key("ай") < sort_key("ай нұр") < sort_key("айнұр")
    assert sort_key("zebra") < sort_key("абай")
    assert sort_key("яблоко") < sort_key("中")


def test_quotes_and_capitals_do_not_count() -> None:
    assert sort_key("«Отбасы» банк") == sort_key("отбасы банк")


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_a_key_is_digits_alone_and_bounded(text: str) -> None:
    key = sort_key(text)
    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) <= 900


@given(st.lists(st.text(KAZAKH_ALPHABET + " 0123456789", max_size=12), max_size=12))
def test_a_database_with_a_locale_sorts_keys_as_python_does(texts: list[str]) -> None:
    keys = [sort_key(text) for text in texts]
    assert sorted(keys, key=locale.strxfrm) == sorted(keys)
