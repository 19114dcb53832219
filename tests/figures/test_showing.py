"""Answers in words: rounded, never cut off, with n and interval, in three languages."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.figures import showing
from baqylau.figures.rules.evaluating import days, share
from baqylau.figures.rules.results import (
    Answer,
    Estimate,
    Exact,
    Range,
    Rounded,
    Why,
    Withheld,
)
from baqylau.figures.rules.spans import choose
from baqylau.kernel.figures import Between, Count, Days, Figure, Live, Share

pytestmark = pytest.mark.once
TODAY = date(2026, 11, 22)


def _figure(kind: Count | Share | Days | Between | Live) -> Figure:
    return Figure("f", "F", "S", "Cases closed", "U", kind, action="x.see")


def _nothing(_day: date, _by: str) -> dict[str, int]:
    return {}


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(10, 24, "42 %"), (2, 3, "67 %"), (22, 24, "91.7 %"), (1, 3000, "0.0 %"), (5, 5, "100.0 %")],
)
def test_a_share_is_rounded_and_not_cut_off(part: int, whole: int, said: str) -> None:
    with translation.override("en"):
        assert showing.short(share(part, whole)) == said


@given(st.integers(1, 10**6), st.data())
def test_a_share_in_words_is_within_half_a_unit_of_what_it_is(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    with translation.override("en"):
        said = float(showing.percent(part / whole, sign=False))
    assert abs(said - 100 * part / whole) <= 0.500001


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sentence_says_part_whole_share_and_both_ends(language: str) -> None:
    chosen = choose("2026-Q3")
    assert chosen
    with translation.override(language):
        said = showing.sentence(_figure(Share("p", "w")), share(198, 317), chosen, TODAY)
    for number in ("198", "317", "62\u00a0%", "57", "68", "2026", "3"):
        assert number in said, number


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "барлығы 317, соның ішінде шешілгені – 198, яғни 62 %"),
        ("ru", "всего 317, из них шешілгені – 198, то есть 62 %"),
        ("en", "317 in all, шешілгені 198, that is 62"),
    ],
)
def test_the_sentence_names_what_the_share_counts(language: str, words: str) -> None:
    chosen = choose("2026-Q3")
    assert chosen
    with translation.override(language):
        kind = Share("p", "w", "шешілгені")
        said = showing.sentence(_figure(kind), share(198, 317), chosen, TODAY)
    assert words in said.replace(" %", " %")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sentence_of_a_median_says_n_interval_and_quartiles(language: str) -> None:
    chosen = choose("2026")
    assert chosen
    answer = days({3: 20, 8: 20, 31: 20})
    assert isinstance(answer, Estimate)
    with translation.override(language):
        said = showing.sentence(_figure(Days("w")), answer, chosen, TODAY)
    assert "n = 60" in said
    assert said.count("8") >= 2
    assert "31" in said


@pytest.mark.parametrize("code", ["2026", "2026-Q2", "2026-07", "all"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_answer_and_period_has_words(language: str, code: str) -> None:
    chosen = choose(code)
    assert chosen
    answers: tuple[Answer, ...] = (
        Exact(1234),
        Rounded(25),
        Range(3, 9),
        Range(4, 4),
        *(Withheld(why) for why in Why),
    )
    with translation.override(language):
        for answer in answers:
            said = showing.sentence(_figure(Count("c")), answer, chosen, TODAY)
            assert said.endswith(".")
            assert ".." not in said
            assert not showing.interval(answer)
            assert not showing.count_behind(answer)
        live = showing.sentence(_figure(Live(_nothing)), Exact(7), chosen, TODAY)
        assert "22" in live
        assert showing.label_of(chosen)


def test_a_range_of_one_is_one_number() -> None:
    with translation.override("en"):
        assert showing.short(Range(4, 4)) == "4"
        assert showing.short(Range(4, 1234)) == "4–1,234"
