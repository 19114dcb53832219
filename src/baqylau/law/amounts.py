"""Units of a term, and numbers of them in words."""

from enum import StrEnum

from baqylau.law.words import Language


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"


# Kazakh nouns keep the singular after a number; Russian has three forms (1, 2, 5), English two.
FORMS: dict[Language, dict[Unit, tuple[str, ...]]] = {
    "kk": {
        Unit.WORKING_DAY: ("жұмыс күні",),
        Unit.CALENDAR_DAY: ("күнтізбелік күн",),
        Unit.MONTH: ("ай",),
    },
    "ru": {
        Unit.WORKING_DAY: ("рабочий день", "рабочих дня", "рабочих дней"),
        Unit.CALENDAR_DAY: ("календарный день", "календарных дня", "календарных дней"),
        Unit.MONTH: ("месяц", "месяца", "месяцев"),
    },
    "en": {
        Unit.WORKING_DAY: ("working day", "working days"),
        Unit.CALENDAR_DAY: ("calendar day", "calendar days"),
        Unit.MONTH: ("month", "months"),
    },
}


def plural_index(number: int, language: Language) -> int:
    """Return which form a noun takes after a number that is not negative."""
    if language == "kk":
        return 0
    if language == "en":
        return 0 if number == 1 else 1
    if number % 10 == 1 and number % 100 != 11:
        return 0
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return 1
    return 2


def amount_in_words(number: int, unit: Unit, language: Language) -> str:
    """Write a number of units, its sign left out: «15 жұмыс күні», «2 месяца»."""
    size = abs(number)
    return f"{size} {FORMS[language][unit][plural_index(size, language)]}"
