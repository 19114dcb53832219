"""A visitor who agrees to be known: what was typed, before anything of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who has just agreed.

    `text_language` is the language in which the text of consent was read; `answers` are what the
    person told about themselves, question by question: they are counted, never kept with a name.
    """

    name: str
    phone: str
    text_language: str
    answers: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "Newcomer()"
