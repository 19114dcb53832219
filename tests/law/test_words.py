"""Dates, numbers and the tables of sentences in three languages."""

import re
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law import sentences
from baqylau.law.amounts import FORMS, Unit, amount_in_words, plural_index
from baqylau.law.console import HELP
from baqylau.law.dates import ISO_DATE, date_in_words, parse_date
from baqylau.law.errors import MESSAGES, LawError
from baqylau.law.words import LANGUAGES, Language, Reader, Wording, reader

pytestmark = pytest.mark.once
PLACES = re.compile(r"%\((\w+)\)s")
TABLES = {
    **MESSAGES,
    **HELP,
    **{name: each for name, each in vars(sentences).items() if isinstance(each, Wording)},
}


@pytest.mark.parametrize(
    ("on", "kk", "ru", "en"),
    [
        (
            date(2026, 3, 27),
            "2026 жылғы 27 наурыз, жұма",
            "27 марта 2026 года, пятница",
            "Friday, 27 March 2026",
        ),
        (
            date(2025, 5, 1),
            "2025 жылғы 1 мамыр, бейсенбі",
            "1 мая 2025 года, четверг",
            "Thursday, 1 May 2025",
        ),
        (
            date(2027, 12, 26),
            "2027 жылғы 26 желтоқсан, жексенбі",
            "26 декабря 2027 года, воскресенье",
            "Sunday, 26 December 2027",
        ),
    ],
)
def test_a_date_is_written_in_words(on: date, kk: str, ru: str, en: str) -> None:
    assert [date_in_words(on, language) for language in LANGUAGES] == [kk, ru, en]


@given(st.dates())
def test_dates_in_words_are_never_the_same_for_two_days(on: date) -> None:
    other = on.replace(day=on.day % 28 + 1)
    for language in LANGUAGES:
        assert date_in_words(on, language) != date_in_words(other, language)


@given(st.dates())
def test_a_date_is_read_back_as_it_was_written(on: date) -> None:
    assert parse_date(on.isoformat()) == on


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20260305",
        "2026-3-5",
        "05.03.2026",
        "2026-02-30",
        "2026-W10-4",
        " 2026-03-05",
        "٢٠٢٦-٠٣-٠٥",
    ],
)
def test_a_date_in_another_shape_is_refused(text: str) -> None:
    with pytest.raises(LawError) as refusal:
        parse_date(text)
    assert refusal.value.code == "bad_date"


@given(st.text(max_size=300).filter(lambda text: ISO_DATE.fullmatch(text) is None))
def test_any_other_text_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(LawError) as refusal:
        parse_date(text)
    assert len(refusal.value.sentence("ru")) < 150


@pytest.mark.parametrize(
    ("number", "form"),
    [
        *((0, 2), (1, 0), (2, 1), (4, 1), (5, 2), (11, 2), (12, 2), (14, 2)),
        *((15, 2), (21, 0), (22, 1), (25, 2), (101, 0), (111, 2), (112, 2), (122, 1)),
    ],
)
def test_russian_nouns_take_three_forms(number: int, form: int) -> None:
    assert plural_index(number, "ru") == form


@pytest.mark.parametrize(
    ("number", "unit", "kk", "ru", "en"),
    [
        (15, Unit.WORKING_DAY, "15 жұмыс күні", "15 рабочих дней", "15 working days"),
        (1, Unit.WORKING_DAY, "1 жұмыс күні", "1 рабочий день", "1 working day"),
        (-3, Unit.WORKING_DAY, "3 жұмыс күні", "3 рабочих дня", "3 working days"),
        (21, Unit.CALENDAR_DAY, "21 күнтізбелік күн", "21 календарный день", "21 calendar days"),
        (2, Unit.MONTH, "2 ай", "2 месяца", "2 months"),
        (1, Unit.MONTH, "1 ай", "1 месяц", "1 month"),
    ],
)
def test_amounts_are_written_with_their_noun(
    number: int, unit: Unit, kk: str, ru: str, en: str
) -> None:
    assert [amount_in_words(number, unit, language) for language in LANGUAGES] == [kk, ru, en]


@given(st.integers(0, 10_000), st.sampled_from(LANGUAGES))
def test_every_number_has_a_form(number: int, language: Language) -> None:
    for forms in FORMS[language].values():
        assert forms[plural_index(number, language)]


@pytest.mark.parametrize("name", TABLES)
def test_a_sentence_has_the_same_places_in_each_language(name: str) -> None:
    wording = TABLES[name]
    kk, ru, en = (sorted(PLACES.findall(text)) for text in wording.as_dict().values())
    assert kk == ru == en


@pytest.mark.parametrize("name", TABLES)
def test_no_case_ending_is_glued_to_a_place(name: str) -> None:
    for text in TABLES[name].as_dict().values():
        for place in PLACES.finditer(text):
            after = text[place.end() : place.end() + 1]
            assert not after.isalpha(), text
            assert after != "-" or text[place.end() :].startswith("-бап"), text


@pytest.mark.parametrize("name", TABLES)
def test_kazakh_and_russian_are_not_written_in_latin_look_alikes(name: str) -> None:
    for language in ("kk", "ru"):
        text = PLACES.sub("", TABLES[name].as_dict()[language])
        for word in re.findall(r"\w+", text):
            letters = {letter in string.ascii_letters for letter in word if letter.isalpha()}
            assert len(letters) < 2, word


@pytest.mark.parametrize(
    ("asked", "language"),
    [("kk", "kk"), ("ru", "ru"), ("en-gb", "en"), ("ru_RU", "ru"), ("de", "kk"), (None, "kk")],
)
def test_a_readers_language_is_one_of_ours(asked: str | None, language: str) -> None:
    assert Reader(lambda: asked).language() == language


def test_an_error_speaks_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    error = LawError("unknown_rule", rule="x.y")
    assert error.message == "Мұндай ереже жоқ: x.y."
    monkeypatch.setattr(reader, "source", lambda: "ru")
    assert str(error) == "Такого правила нет: x.y."
