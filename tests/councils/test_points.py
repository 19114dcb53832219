"""Texts as points and back, long texts on light pages, comments that want a second look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.rules.points import (
    LONGEST,
    Words,
    as_text,
    from_paragraphs,
    paired,
    words_of,
)
from baqylau.councils.rules.saying import is_key, key_of, links, mark_of
from baqylau.councils.rules.spreading import ROWS, SIGNS, around, page_at, pages
from baqylau.councils.rules.stances import Shown, shown
from baqylau.documents.cells import clean
from baqylau.documents.wording import Paragraph

LABELS = st.sampled_from(("", "1", "2", "3.1", "12.4.1", "4)", "а)", "5-бап", "Статья 7"))
SAID = st.text(st.sampled_from("абвқәі .,\n|"), min_size=1, max_size=60).map(
    lambda text: "\n".join(line for line in clean(text).split("\n") if line)
)
WORDS = st.builds(Words, LABELS, SAID.filter(bool))


@pytest.mark.parametrize(
    ("typed", "label", "text"),
    [
        ("3. Қоршау", "3", "Қоршау"),
        ("3.2. Есік", "3.2", "Есік"),
        ("3.2 Есік", "3.2", "Есік"),
        ("4) құм", "4)", "құм"),
        ("а) құм", "а)", "құм"),
        ("5-бап. Жалпы ережелер", "5-бап", "Жалпы ережелер"),
        ("Статья 5. Общие положения", "Статья 5", "Общие положения"),
        ("2026 жылғы бюджет", "", "2026 жылғы бюджет"),
        ("100 орын берілсін", "", "100 орын берілсін"),
        ("23:00-ге дейін", "", "23:00-ге дейін"),
        ("3.", "", "3."),
    ],
)
def test_a_number_is_what_the_acts_of_the_country_have_for_one(
    typed: str, label: str, text: str
) -> None:
    assert words_of(typed) == [Words(label, text)]


def test_points_stand_apart_by_an_empty_line() -> None:
    assert words_of("1. бір\nжалғасы\n \n\n\n2. екі\r\n\r\nсоңы") == [
        Words("1", "бір\nжалғасы"),
        Words("2", "екі"),
        Words("", "соңы"),
    ]


@given(st.lists(WORDS, max_size=12))
def test_what_is_typed_is_what_comes_back(points: list[Words]) -> None:
    once = words_of(as_text(points))
    assert words_of(as_text(once)) == once
    assert len(once) == len(points)
    assert [each.text for each in once] == [each.text for each in points]


@given(st.text(max_size=400))
def test_no_word_of_any_text_is_lost(typed: str) -> None:
    found = words_of(typed)
    assert words_of(as_text(found)) == found
    said = "".join(each.label + each.text for each in found)
    assert [sign for sign in said if sign.isalpha()] == [s for s in clean(typed) if s.isalpha()]


# ── From a file ─────────────────────────────────────────────────────────────────────────────────


def test_what_has_no_number_belongs_to_the_point_before() -> None:
    text = from_paragraphs(
        [
            Paragraph("Кіріспе"),
            Paragraph("бір", "1"),
            Paragraph("жалғасы"),
            Paragraph("а | б", is_row=True),
            Paragraph("2. екі"),
            Paragraph("2-тарау", is_heading=True),
        ]
    )
    assert words_of(text) == [
        Words("", "Кіріспе"),
        Words("1", "бір\nжалғасы\nа | б"),
        Words("2", "екі"),
        Words("", "2-тарау"),
    ]


def test_where_nothing_is_numbered_every_paragraph_is_a_point() -> None:
    text = from_paragraphs([Paragraph("бір"), Paragraph("екі"), Paragraph("а | б", is_row=True)])
    assert [each.text for each in words_of(text)] == ["бір", "екі\nа | б"]


@given(
    st.lists(
        st.builds(Paragraph, SAID.filter(bool), LABELS, st.booleans(), st.booleans()), max_size=8
    ),
    st.integers(1, 2_500),
)
def test_no_point_of_a_file_is_too_long_and_no_letter_is_lost(
    paragraphs: list[Paragraph], times: int
) -> None:
    long = [Paragraph(each.text * (times % 80), each.label) for each in paragraphs]
    given_in = [*paragraphs, *(each for each in long if each.text)]
    text = from_paragraphs(given_in)
    found = words_of(text)
    assert all(len(each.text) <= LONGEST for each in found)
    letters = [sign for each in given_in for sign in each.label[:16] + each.text if sign.isalpha()]
    assert [sign for sign in text if sign.isalpha()] == letters


# ── Two languages ───────────────────────────────────────────────────────────────────────────────


def test_as_many_points_in_both_stand_beside_each_other_in_their_order() -> None:
    found = paired([Words("1", "бір"), Words("2", "екі")], [Words("1", "один"), Words("", "два")])
    assert [(each.label, each.kk, each.ru) for each in found] == [
        ("1", "бір", "один"),
        ("2", "екі", "два"),
    ]


def test_a_point_without_a_counterpart_stands_alone() -> None:
    kk = [Words("1", "бір"), Words("2", "екі"), Words("3", "үш")]
    found = paired(kk, [Words("1", "один"), Words("3", "три")])
    assert [(each.kk, each.ru) for each in found] == [("бір", "один"), ("екі", ""), ("үш", "три")]


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_each_text_of_either_language_stands_once_and_in_order(
    kk: list[Words], ru: list[Words]
) -> None:
    found = paired(kk, ru)
    assert [each.kk for each in found if each.kk] == [each.text for each in kk]
    assert [each.ru for each in found if each.ru] == [each.text for each in ru]
    assert all(each.kk or each.ru for each in found)


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 8_000), max_size=80))
def test_every_row_stands_on_one_page_and_no_page_is_heavy(lengths: list[int]) -> None:
    found = pages(lengths)
    assert [place for span in found for place in span] == list(range(len(lengths)))
    assert all(len(span) <= ROWS for span in found)
    assert all(sum(lengths[place] for place in span) <= SIGNS or len(span) == 1 for span in found)


@pytest.mark.parametrize(
    ("asked", "page"), [("2", 2), ("0", 1), ("9", 3), ("", 1), ("-1", 1), ("²", 1), ("9" * 9, 1)]
)
def test_the_nearest_page_is_shown(asked: str, page: int) -> None:
    assert page_at(asked, [range(1), range(1, 2), range(2, 3)]) == page


def test_a_long_list_of_pages_names_the_ends_and_those_around() -> None:
    assert around(50, 100) == [1, 48, 49, 50, 51, 52, 100]
    assert around(1, 1) == [1]


# ── Comments and opinions ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Жарық керек. Алаң қараңғы.", 0),
        ("https://example.kz/a?b=1 қараңыз", 1),
        ("www.example.com, t.me/example және example.kz", 3),
        ("айдана@example.kz", 0),
    ],
)
def test_links_are_counted(text: str, count: int) -> None:
    assert links(text) == count


def test_many_links_and_personal_data_are_marked() -> None:
    assert mark_of("a.kz b.kz") == ""
    assert mark_of("a.kz b.kz c.kz") == "links"
    assert mark_of("a.kz b.kz c.kz +7 701 123 45 67") == "personal"
    assert mark_of("ЖСН 900101300123") == "personal"


def test_a_key_is_what_a_form_is_drawn_with() -> None:
    assert is_key("0123456789abcdef" * 2)
    assert not any(map(is_key, ("", "0" * 31, "0" * 33, "X" * 32, "٠" * 32)))


def test_the_same_sent_again_has_the_same_key_and_nothing_else_has() -> None:
    parts = [("k", 1), ("k", 2), ("k", 1, "а"), ("k", 1, "б"), ("j", 1)]
    assert len({key_of(*map(str, part)) for part in parts}) == len(parts)
    assert key_of("k", 1) == key_of("k", "1")


@given(st.fixed_dictionaries({code: st.integers(0, 60) for code in ("agree", "disagree", "pass")}))
def test_an_opinion_below_ten_is_never_shown_and_none_is_known_exactly(
    counts: dict[str, int],
) -> None:
    found = shown(counts)
    assert found.is_enough == (sum(counts.values()) >= 10)
    said = {"agree": found.agree, "disagree": found.disagree, "pass": found.passed}
    for code, number in said.items():
        count = counts[code]
        if number is None:
            assert count < 10 or not found.is_enough
        else:
            assert number >= 10
            assert number % 5 == 0
            assert abs(number - count) <= 2


def test_where_nobody_said_anything_nothing_is_shown() -> None:
    assert shown({}) == Shown()
