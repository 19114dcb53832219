"""One text in the three languages, and the languages themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The same text in Kazakh, Russian and English."""

    kk: str
    ru: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def fill(self, language: Language, **values: str | int) -> str:
        """Return the text in one language with its %(named)s places filled."""
        return self.in_language(language) % values

    def as_dict(self) -> dict[str, str]:
        """Return the three texts by language code."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}


def _nobody() -> str | None:
    return None


@dataclass(slots=True)
class Reader:
    """Whoever reads now. A web frame sets `source` to its own way of asking for the language."""

    source: Callable[[], str | None] = _nobody

    def language(self) -> Language:
        """Return the reader's language; Kazakh when it is not known or not one of ours."""
        asked = (self.source() or "")[:2]
        return next((language for language in LANGUAGES if language == asked), "kk")


reader = Reader()
"""The one reader of the process."""
