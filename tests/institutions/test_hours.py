"""Opening hours, read and printed in three languages."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.institutions import hours
from baqylau.kernel.errors import DomainError

pytestmark = pytest.mark.once
WEEK = [
    {"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "18:00", "break": ["13:00", "14:00"]},
    {"days": [6], "from": "09:00", "until": "13:00"},
]


@pytest.mark.parametrize(
    "text",
    [
        "Дс–Жм 9:00–18:00, үзіліс 13:00–14:00; Сб 9:00–13:00",
        "пн-пт: 09.00 - 18.00 (перерыв 13.00-14.00); сб 9.00-13.00",
        "Mon-Fri 9:00-18:00, break 13:00-14:00; Sat: 9:00-13:00;",
        "Дүйсенбі - Жұма 9:00-18:00, 13:00-14:00; сенбі 9:00-13:00",
        "9:00-18:00 13:00-14:00; sa 9:00-13:00",
    ],
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert hours.read(text) == WEEK


def test_round_the_clock_is_understood() -> None:
    assert hours.read("Тәулік бойы") == hours.read("24/7")
    assert hours.read("круглосуточно")[0]["days"] == [1, 2, 3, 4, 5, 6, 7]


def test_nothing_gives_no_hours() -> None:
    assert hours.read("") == hours.read(" ; ") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("кейде", "cannot be read"),
        ("пн-пт", "cannot be read"),
        ("фу 9:00-18:00", "cannot be read"),
        ("пт-пн 9:00-18:00", "cannot be read"),
        ("пн 18:00-9:00", "end before they begin"),
        ("пн 9:00-25:00", "cannot be read"),
        ("пн 9:00-18:00, 17:00-19:00", "break"),
        ("пн 9:00-18:00; пн-вт 9:00-13:00", "twice"),
    ],
)
def test_what_are_no_hours_is_refused_in_one_sentence(text: str, words: str) -> None:
    with translation.override("en"), pytest.raises(DomainError, match=words):
        hours.read(text)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "kk",
            [
                ("Дүйсенбі–жұма", "9:00–18:00, үзіліс 13:00–14:00"),
                ("Сенбі", "9:00–13:00"),
                ("Жексенбі", "демалыс"),
            ],
        ),
        (
            "ru",
            [
                ("Понедельник–пятница", "9:00–18:00, перерыв 13:00–14:00"),
                ("Суббота", "9:00–13:00"),
                ("Воскресенье", "выходной"),
            ],
        ),
        (
            "en",
            [
                ("Monday–Friday", "9:00–18:00, break 13:00–14:00"),
                ("Saturday", "9:00–13:00"),
                ("Sunday", "closed"),
            ],
        ),
    ],
)
def test_hours_are_printed_in_each_language(language: str, expected: list[tuple[str, str]]) -> None:
    with translation.override(language):
        assert hours.lines(WEEK) == expected


def test_single_days_are_listed_and_no_hours_print_nothing() -> None:
    with translation.override("en"):
        assert hours.lines(hours.read("tu,th 10:00-17:00"))[0][0] == "Tuesday, Thursday"
    assert hours.lines([]) == []
    assert hours.line([]) == ""


TIMES = st.integers(0, 24 * 4).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@st.composite
def weeks(draw: st.DrawFn) -> list[dict[str, Any]]:
    days = list(draw(st.permutations(range(1, 8))))
    spells: list[dict[str, Any]] = []
    while days:
        if not draw(st.booleans()):
            break
        number = draw(st.integers(1, len(days)))
        times = sorted(draw(st.lists(TIMES, min_size=4, max_size=4, unique=True)))
        spell: dict[str, Any] = {"days": sorted(days[:number])}
        spell |= {"from": times[0], "until": times[3]}
        if draw(st.booleans()):
            spell["break"] = times[1:3]
        spells.append(spell)
        days = days[number:]
    return sorted(spells, key=lambda spell: list(spell["days"]))


@given(weeks(), st.sampled_from(["kk", "ru", "en"]))
def test_a_printed_line_is_read_back_in_every_language(
    week: list[dict[str, Any]], language: str
) -> None:
    with translation.override(language):
        assert hours.read(hours.line(week)) == week
        assert len(hours.lines(week)) <= len(week) + 1


@given(st.text(max_size=80))
def test_any_text_gives_hours_or_a_refusal(text: str) -> None:
    try:
        spells = hours.read(text)
    except DomainError:
        return
    assert all(spell["days"] and spell["from"] < spell["until"] for spell in spells)
