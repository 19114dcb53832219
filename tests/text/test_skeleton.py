"""One skeleton for a word, whatever keyboard it came from."""

import pytest
from benchmarks.scripts import SCRIPTS
from benchmarks.search_quality import read_queries
from hypothesis import given
from hypothesis import strategies as st

from baqylau.text import readings, skeleton
from baqylau.text.letters import KAZAKH_ALPHABET

anything = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    "spellings",
    [
        ("жеңілдік", "женилдик", "jeñıldık", "zhenildik", "jenildik", "ЖЕҢІЛДІК", "zheñildik"),
        ("жол", "zhol", "jol", "žol"),
        ("куәлік", "kuәlik", "kualik", "kuәlіk", "куалик", "kuälık", "kýálik", "kua'lik"),
        ("несие", "nesie", "nesiye"),
        ("шағым", "шагым", "şağym", "shagym", "shaghym", "sháǵym", "šaǵym"),
        ("баланың", "баланын", "balanyñ", "balanyng", "balanyn'", "balanyń"),
        ("қаңғыру", "кангыру", "qañğyru", "qangghyru"),
        ("ауыл", "auyl", "awyl", "aýyl", "auıl"),
        ("үй", "уй", "üi", "uy", "ui"),
        ("уақытша", "уакытша", "uaqytşa", "uaqytsha"),
        ("хат", "hat", "khat", "xat", "һат"),
        ("юлия", "yuliya", "iulia", "yulia", "ıuliia"),
        ("щётка", "щетка", "shchetka", "schetka", "shetka"),
        ("чек", "chek", "tşek", "çek", "c'ek"),
        ("запись", "zapis'", "zapis", "zapisʼ"),
        ("объект", "obekt", "obyekt", "ob'ekt"),
        ("лицензия", "licenziya", "litsenziia", "litsenziya"),
        ("джамбул", "zhambul", "jambul", "dzhambul"),
        ("комиссия", "комисия", "komissiya"),
    ],
)
def test_all_spellings_of_a_word_meet(spellings: tuple[str, ...]) -> None:
    assert {skeleton(spelling) for spelling in spellings} == {skeleton(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("жол", "шол"), ("шаш", "сас"), ("бала", "дала"), ("күн", "жүн")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_latin_letters_hidden_in_a_cyrillic_word_are_put_right() -> None:
    assert skeleton("cпpaвкa") == skeleton("справка")
    assert skeleton("HОМЕР") == skeleton("номер")
    assert skeleton("pass") != skeleton("разс")


def test_punctuation_only_parts_words() -> None:
    assert skeleton("  «Жеке-куәлік», №5! ") == "jeke kualik 5"
    assert skeleton("?!… —") == ""


def test_signs_with_two_habits_are_read_both_ways() -> None:
    assert skeleton("ашу") in {skeleton(reading) for reading in readings("awu")}
    assert skeleton("ауыл") in {skeleton(reading) for reading in readings("awyl")}
    assert skeleton("такси") in {skeleton(reading) for reading in readings("taxi")}
    assert skeleton("хат") in {skeleton(reading) for reading in readings("xat")}
    assert skeleton("шағым") in {skeleton(reading) for reading in readings("s'ag'ym")}
    assert readings("балабақша") == ("балабақша",)


def test_foreign_transliterators_agree_with_the_skeleton_on_every_kazakh_query() -> None:
    for query in read_queries():
        if query.language == "kk":
            for name, write in SCRIPTS.items():
                found = {skeleton(reading) for reading in readings(write(query.text))}
                assert skeleton(query.text) in found, (query.text, name)


@given(st.text(KAZAKH_ALPHABET, min_size=1, max_size=20))
def test_a_russian_keyboard_changes_nothing(word: str) -> None:
    assert skeleton(SCRIPTS["no Kazakh letters"](word)) == skeleton(word)


@given(anything)
def test_the_skeleton_is_idempotent_and_bounded(text: str) -> None:
    once = skeleton(text, 60)
    assert skeleton(once, 60) == once
    assert len(once) <= 60


@given(anything)
def test_readings_are_few_and_begin_with_the_text_itself(text: str) -> None:
    found = readings(text)
    assert 1 <= len(found) <= 4
    assert skeleton(found[0]) == skeleton(text, 200)
