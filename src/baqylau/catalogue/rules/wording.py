"""The words of a card in one language: which parts a kind of card has, limits, fingerprints."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Final

SOURCE_LANGUAGE: Final = "kk"
"""The language that a card is written in first; the others are translations of it."""

LANGUAGES: Final = ("kk", "ru", "en")
SERVICE: Final = "service"
LAW: Final = "law"

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    SERVICE: ("title", "answer", "documents", "fee", "term", "where", "refused"),
    LAW: ("title", "answer", "steps", "details", "warning"),
}
"""The parts of each kind of card, in the order in which they are read."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    SERVICE: ("title", "answer", "fee", "term", "where", "refused"),
    LAW: ("title", "answer", "steps"),
}
"""Parts without which a language of a card is not published."""

LIST_PARTS: Final = frozenset({"documents", "steps", "details"})
TITLE_LIMIT: Final = 120
TEXT_LIMIT: Final = 1_500
ITEM_LIMIT: Final = 500
ITEMS: Final = 40
"""Characters of a title, of another part and of an item; items of a list."""


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a card says in one language; a part that its kind does not have is empty."""

    title: str = ""
    answer: str = ""
    documents: tuple[str, ...] = ()
    fee: str = ""
    term: str = ""
    where: str = ""
    refused: str = ""
    steps: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    warning: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def wording(values: Mapping[str, object], kind: str) -> Wording:
    """A wording from values by part: spaces put right, empty items and foreign parts left out."""
    found: dict[str, str | tuple[str, ...]] = {}
    for part in PARTS[kind]:
        value = values.get(part) or ""
        if part in LIST_PARTS:
            items = value.splitlines() if isinstance(value, str) else _items(value)
            found[part] = tuple(line for item in items if (line := _line(item)))
        elif part == "title":
            found[part] = _line(str(value))
        else:
            found[part] = "\n".join(filter(None, map(_line, str(value).splitlines())))
    return replace(Wording(), **found)  # type: ignore[arg-type]  # parts and their kinds are looked up together


def _items(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _line(text: str) -> str:
    return " ".join(text.split())


def values(text: Wording) -> dict[str, object]:
    """The parts as values that a database or JSON holds: tuples become lists."""
    return {
        part: list(value) if isinstance(value, tuple) else value
        for part, value in asdict(text).items()
    }


def fingerprint(text: Wording) -> str:
    """16 hex digits that change when a word of the text changes; "" for no words at all."""
    if not text:
        return ""
    whole = json.dumps(values(text), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def missing(text: Wording, kind: str) -> tuple[str, ...]:
    """The parts that have to be written before the language can be published."""
    return tuple(part for part in NEEDED[kind] if not getattr(text, part))


def too_long(text: Wording, kind: str) -> Iterator[tuple[str, int]]:
    """Parts over their limit, with the limit: characters, or items where a list has too many."""
    for part in PARTS[kind]:
        value = getattr(text, part)
        if part not in LIST_PARTS:
            limit = TITLE_LIMIT if part == "title" else TEXT_LIMIT
            if len(value) > limit:
                yield part, limit
        elif len(value) > ITEMS:
            yield part, ITEMS
        elif any(len(item) > ITEM_LIMIT for item in value):
            yield part, ITEM_LIMIT


def plain(text: Wording) -> str:
    """What the text says of its own subject, for searching: no title, no boilerplate of appeals."""
    parts = (text.answer, *text.documents, *text.steps, *text.details, text.warning)
    return "\n".join(filter(None, parts))
