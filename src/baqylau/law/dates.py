"""Dates in words, and dates out of words."""

import re
from datetime import date

from baqylau.law.errors import LawError
from baqylau.law.words import Language

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHOWN_OF_BAD_VALUE = 40

# Russian months stand in the genitive, as they do after a day of the month.
MONTHS: dict[Language, tuple[str, ...]] = {
    "kk": (
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
        "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

PATTERNS: dict[Language, str] = {
    "kk": "%(year)s жылғы %(day)s %(month)s, %(weekday)s",
    "ru": "%(day)s %(month)s %(year)s года, %(weekday)s",
    "en": "%(weekday)s, %(day)s %(month)s %(year)s",
}


def date_in_words(on: date, language: Language) -> str:
    """Write a date with its weekday, in the nominative: «2026 жылғы 27 наурыз, жұма»."""
    return PATTERNS[language] % {
        "year": on.year,
        "day": on.day,
        "month": MONTHS[language][on.month - 1],
        "weekday": WEEKDAYS[language][on.weekday()],
    }


def parse_date(text: str) -> date:
    """Read a date written as year-month-day with dashes, and in no other way.

    Raises: LawError `bad_date`.
    """
    if ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise LawError("bad_date", value=text[:SHOWN_OF_BAD_VALUE])
