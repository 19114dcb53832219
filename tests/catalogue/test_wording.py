"""The words of a card: tidied, measured, told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.catalogue.rules.wording import (
    ITEM_LIMIT,
    ITEMS,
    LAW,
    LIST_PARTS,
    PARTS,
    SERVICE,
    TEXT_LIMIT,
    TITLE_LIMIT,
    Wording,
    fingerprint,
    missing,
    plain,
    too_long,
    values,
    wording,
)
from tests.catalogue.making import law_words, service_words

pytestmark = pytest.mark.once

typed = st.dictionaries(
    st.sampled_from([*PARTS[SERVICE], *PARTS[LAW], "unknown"]),
    st.one_of(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=5)),
)
kinds = st.sampled_from([SERVICE, LAW])


def test_items_come_one_a_line_and_empty_lines_are_left_out() -> None:
    words = wording({"documents": "Жеке куәлік\n\n  Өтініш  \r\n"}, SERVICE)
    assert words.documents == ("Жеке куәлік", "Өтініш")


def test_a_title_stays_on_one_line() -> None:
    assert wording({"title": " Екі \n жол "}, SERVICE).title == "Екі жол"


def test_parts_of_another_kind_are_left_out() -> None:
    assert wording({"fee": "Тегін", "steps": ["бір"]}, SERVICE) == Wording(fee="Тегін")
    assert wording({"fee": "Тегін", "steps": ["бір"]}, LAW) == Wording(steps=("бір",))


@given(typed, kinds)
def test_tidying_twice_changes_nothing(raw: dict[str, object], kind: str) -> None:
    once = wording(raw, kind)
    assert wording(values(once), kind) == once


@given(typed, kinds)
def test_what_a_form_shows_comes_back_the_same(raw: dict[str, object], kind: str) -> None:
    once = wording(raw, kind)
    shown = {
        part: "\n".join(getattr(once, part)) if part in LIST_PARTS else getattr(once, part)
        for part in PARTS[kind]
    }
    assert wording(shown, kind) == once


def test_no_words_have_no_fingerprint_and_any_change_gives_another() -> None:
    assert fingerprint(Wording()) == ""
    marks = {fingerprint(service_words(**{part: "Басқа сөз"})) for part in PARTS[SERVICE]} | {
        fingerprint(service_words())
    }
    assert len(marks) == len(PARTS[SERVICE]) + 1


def test_a_whole_card_lacks_nothing_and_says_what_it_lacks() -> None:
    assert missing(service_words(), SERVICE) == ()
    assert missing(service_words(fee="", where=" "), SERVICE) == ("fee", "where")
    assert missing(law_words(steps=[]), LAW) == ("steps",)
    assert missing(law_words(warning=""), LAW) == ()


@pytest.mark.parametrize(
    ("part", "value", "limit"),
    [
        ("title", "а" * (TITLE_LIMIT + 1), TITLE_LIMIT),
        ("answer", "а" * (TEXT_LIMIT + 1), TEXT_LIMIT),
        ("documents", ["а" * (ITEM_LIMIT + 1)], ITEM_LIMIT),
        ("documents", ["а"] * (ITEMS + 1), ITEMS),
    ],
)
def test_too_much_is_named_with_its_limit(part: str, value: object, limit: int) -> None:
    assert list(too_long(service_words(**{part: value}), SERVICE)) == [(part, limit)]
    assert list(too_long(service_words(), SERVICE)) == []


def test_the_searched_text_holds_no_title_and_no_way_of_appeal() -> None:
    words = service_words()
    assert words.answer in plain(words)
    assert "Жеке куәлік" in plain(words)
    assert words.title not in plain(words)
    assert words.refused not in plain(words)
