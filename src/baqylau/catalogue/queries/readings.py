"""A version of a card as somebody reads it: in a language, with its law and its check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from baqylau.catalogue.models import Act, Card, CardText, CardVersion, Language
from baqylau.catalogue.rules.notes import note_in
from baqylau.catalogue.rules.wording import PARTS, SOURCE_LANGUAGE, Wording, wording

FALLBACK: Final = ("kk", "ru", "en")
"""Which language is shown when the reader's is not written: the first that is."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to the law: the act's name in the reader's language, and its articles."""

    act: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page shows of a version.

    `language` is the language of `text`, which is another than the reader's when theirs is not
    written; `is_stale`: the translation is older than the Kazakh text.
    """

    card: Card
    version: CardVersion
    language: str
    text: Wording
    is_fallback: bool
    is_stale: bool
    references: tuple[Reference, ...]

    @property
    def is_checked(self) -> bool:
        """Whether a lawyer has checked this version."""
        return bool(self.version.checked_by)

    @property
    def source(self) -> str:
        """The note about where this comes from, in the reader's language if it says it."""
        return note_in(self.version.source, get_language() or "kk")[0]

    @property
    def source_language(self) -> str:
        """The language of that note where it is not the page's; "" if it is, or is not known."""
        here = get_language() or "kk"
        said = note_in(self.version.source, here)[1]
        return "" if said == here else said


def wording_of(text: CardText, kind: str) -> Wording:
    """The words of a stored text."""
    return wording({part: getattr(text, part) for part in PARTS[kind]}, kind)


def texts_of(versions: Iterable[CardVersion]) -> dict[int, dict[str, CardText]]:
    """The texts of each version by language, in one query; {} for a version without any."""
    found: dict[int, dict[str, CardText]] = {version.pk: {} for version in versions}
    for text in CardText.objects.filter(version__in=found):
        found[text.version_id][text.language] = text
    return found


def is_stale(texts: Mapping[str, CardText], language: str) -> bool:
    """Whether the language's text was made from another Kazakh text than the present one."""
    if language == SOURCE_LANGUAGE or language not in texts or SOURCE_LANGUAGE not in texts:
        return False
    return texts[language].based_on != texts[SOURCE_LANGUAGE].mark


def reading(
    card: Card, version: CardVersion, language: str, texts: Mapping[str, CardText] | None = None
) -> Reading:
    """The version as a reader of the language gets it; two queries, one when texts are given."""
    known = texts_of([version])[version.pk] if texts is None else texts
    shown = next((one for one in (language, *FALLBACK) if one in known), language)
    text = wording_of(known[shown], card.kind) if shown in known else Wording()
    return Reading(
        card=card,
        version=version,
        language=shown,
        text=text,
        is_fallback=shown != language,
        is_stale=is_stale(known, shown),
        references=references(version.law, language),
    )


def references(law: Iterable[Mapping[str, str]], language: str) -> tuple[Reference, ...]:
    """The acts' names in the language, each once; an act no longer known keeps its key."""
    articles: dict[str, list[str]] = {}
    for row in law:
        named = articles.setdefault(row["act"], [])
        if row["article"]:
            named.append(row["article"])
    column = f"name_{Language(language).value}"
    acts = Act.objects.filter(key__in=articles) if articles else Act.objects.none()
    names = dict(acts.values_list("key", column))
    return tuple(Reference(names.get(key, key), tuple(named)) for key, named in articles.items())
