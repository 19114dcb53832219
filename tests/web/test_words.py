"""Django's own words, as Kazakh and Russian readers meet them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django import forms
from django.template.defaultfilters import date as show
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.timesince import timesince

from baqylau.web import foreign
from baqylau.web.templatetags.web import number

FRIDAY = date(2026, 11, 27)
KAZAKH_MONTHS = [
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
]
KAZAKH_DAYS = ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"]


@pytest.mark.parametrize(
    ("language", "long", "month", "weekday", "short"),
    [
        ("kk", "2026 жылғы 27 қараша", "2026 жылғы қараша", "жұма", "Жм"),
        ("ru", "27 ноября 2026 года", "ноябрь 2026 года", "пятница", "Пт"),
        ("en", "27 November 2026", "November 2026", "Friday", "Fri"),
    ],
)
def test_a_date_reads_as_people_write_it(
    language: str, long: str, month: str, weekday: str, short: str
) -> None:
    with translation.override(language):
        assert show(FRIDAY, "DATE_FORMAT") == long
        assert show(FRIDAY, "YEAR_MONTH_FORMAT") == month
        assert show(FRIDAY, "l") == weekday
        assert show(FRIDAY, "D") == short
        assert show(FRIDAY, "SHORT_DATE_FORMAT") == "27.11.2026"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "DATE_FORMAT",
        "SHORT_DATE_FORMAT",
        "DATETIME_FORMAT",
        "YEAR_MONTH_FORMAT",
        "MONTH_DAY_FORMAT",
    ],
)
def test_no_date_ends_with_a_full_stop_that_a_sentence_would_double(
    language: str, name: str
) -> None:
    with translation.override(language):
        assert not show(datetime(2026, 11, 27, 9, 30, tzinfo=UTC), name).endswith(".")


def test_every_kazakh_month_and_weekday_is_spelt_right() -> None:
    with translation.override("kk"):
        months = [date(2026, each, 1) for each in range(1, 13)]
        assert [show(day, "F") for day in months] == KAZAKH_MONTHS
        assert [show(day, "E") for day in months] == KAZAKH_MONTHS
        assert [show(day, "b") for day in months] == [name[:3] for name in KAZAKH_MONTHS]
        week = [date(2026, 11, 23) + timedelta(days=each) for each in range(7)]
        assert [show(day, "l") for day in week] == KAZAKH_DAYS
        assert len({show(day, "D") for day in week}) == 7


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ["1 күн", "3 күн", "5 күн"]),
        ("ru", ["1 день", "3 дня", "5 дней"]),
        ("en", ["1 day", "3 days", "5 days"]),
    ],
)
def test_spans_are_counted_in_the_reader_s_grammar(language: str, words: list[str]) -> None:
    now = datetime(2026, 11, 27, 12, 0)  # noqa: DTZ001 - only the difference matters
    with translation.override(language):
        spans = [timesince(now - timedelta(days=days), now) for days in (1, 3, 5)]
    assert [span.replace("\xa0", " ") for span in spans] == words


def test_numbers_and_sizes_follow_the_language() -> None:
    with translation.override("kk"):
        assert number(1234567) == "1\xa0234\xa0567"
        assert number(12.5) == "12,5"
        assert filesizeformat(2_500_000) == "2,4\xa0МБ"
    with translation.override("en"):
        assert number(1234567) == "1,234,567"


def test_a_kazakh_form_error_says_what_to_do() -> None:
    with translation.override("kk"):
        with pytest.raises(forms.ValidationError, match=r"27\.11\.2026"):
            forms.DateField().clean("x")
        with pytest.raises(forms.ValidationError, match="Осы жерін толтырыңыз"):
            forms.CharField().clean("")
        with pytest.raises(forms.ValidationError, match=r"3 таңбадан аспауы керек, қазір 5"):
            forms.CharField(max_length=3).clean("абвгд")


def test_every_word_that_we_translate_for_django_is_still_django_s() -> None:
    path = Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        theirs = read_po(file, locale="en")
    known = {(message.context, message.id) for message in theirs}
    single = {id_ for _, id_ in known if isinstance(id_, str)}
    for words in (foreign.WEEKDAYS, foreign.MONTHS, foreign.FORMS, foreign.PAGES, foreign.SPANS):
        for word in words:
            if isinstance(word, str):
                assert word in single, word
    with translation.override(None):
        for english, word in zip(foreign.MONTHS[:12], foreign.MONTHS_IN_DATES, strict=True):
            assert ("alt. month", english) in known
            assert str(word) == english
