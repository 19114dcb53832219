"""The versions of a card that were ever published: what changed, and when."""

from dataclasses import dataclass
from itertools import pairwise

from baqylau.catalogue.models import Card, CardText, CardVersion, State
from baqylau.catalogue.queries.readings import texts_of, wording_of
from baqylau.catalogue.rules.differences import PartDifference, changed_parts, part_differences
from baqylau.catalogue.rules.wording import LANGUAGES, Wording

HISTORY = 100
"""Versions that a page of history shows; the newest."""


@dataclass(frozen=True, slots=True)
class Step:
    """A published version, and the parts that it changed: (language, part) pairs."""

    version: CardVersion
    is_first: bool
    changed: tuple[tuple[str, str], ...]
    law_changed: bool


@dataclass(frozen=True, slots=True)
class LanguageDifference:
    """The changed parts of one language."""

    language: str
    parts: tuple[PartDifference, ...]


def versions(card: Card) -> list[CardVersion]:
    """The card's versions that were ever published, newest first."""
    rows = CardVersion.objects.filter(card=card).exclude(state=State.DRAFT)
    return list(rows.order_by("-number")[:HISTORY])


def history(card: Card) -> list[Step]:
    """The steps from the newest to the oldest; two queries."""
    rows = versions(card)
    texts = texts_of(rows)
    steps = [
        _step(card.kind, new, old, texts[new.pk], texts[old.pk]) for new, old in pairwise(rows)
    ]
    return [*steps, *(Step(row, True, (), False) for row in rows[-1:])]


def _step(
    kind: str,
    new: CardVersion,
    old: CardVersion,
    new_texts: dict[str, CardText],
    old_texts: dict[str, CardText],
) -> Step:
    changed = [
        (language, part)
        for language in LANGUAGES
        for part in changed_parts(
            _words(old_texts, language, kind), _words(new_texts, language, kind), kind
        )
    ]
    return Step(new, False, tuple(changed), new.law != old.law)


def compare(kind: str, old: CardVersion | None, new: CardVersion) -> list[LanguageDifference]:
    """What has changed from one version to another, by language; unchanged languages left out."""
    known = texts_of([version for version in (old, new) if version])
    before = known[old.pk] if old else {}
    found = [
        LanguageDifference(
            language,
            part_differences(
                _words(before, language, kind), _words(known[new.pk], language, kind), kind
            ),
        )
        for language in LANGUAGES
    ]
    return [one for one in found if one.parts]


def _words(texts: dict[str, CardText], language: str, kind: str) -> Wording:
    return wording_of(texts[language], kind) if language in texts else Wording()
