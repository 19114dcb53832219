"""What goes into the search and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

FieldName = Literal["name", "alias", "body"]

LANGUAGES: Final = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Alias:
    """An everyday word or phrase for a service, as residents say it."""

    code: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find: its names and bodies by language code, and its aliases."""

    code: str
    names: Mapping[str, str]
    aliases: tuple[Alias, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Why:
    """What in a document answered the query.

    `text` is the name or alias that answered best (empty for a body); `words` are the query's
    own words that were recognised, in their order.
    """

    field: FieldName
    language: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document; `score` from 0 to 1, where 1 means that all was recognised at once."""

    code: str
    score: float
    why: Why
