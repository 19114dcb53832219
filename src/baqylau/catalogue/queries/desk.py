"""What the desk shows: cards and services by what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baqylau.catalogue.models import (
    Card,
    CardText,
    CardVersion,
    Kind,
    PublicService,
    State,
)
from baqylau.catalogue.rules.wording import SOURCE_LANGUAGE
from baqylau.text import skeleton

PAGE: Final = 50
LIVE: Final = (State.DRAFT, State.PUBLISHED)
"""The states in which a version is worked on or read."""


class Lack(StrEnum):
    """What the list can be narrowed to."""

    ALL = ""
    DRAFT = "draft"
    STALE = "stale"
    UNCHECKED = "unchecked"
    WITHDRAWN = "withdrawn"
    NO_CARD = "no_card"


LACKING: Final = {
    Lack.DRAFT: Q(is_draft=True),
    Lack.STALE: Q(is_stale=True),
    Lack.UNCHECKED: Q(is_published=True, checked_by=""),
    Lack.WITHDRAWN: Q(is_published=False, is_draft=False),
}
"""What a described card lacks."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the desk's list shows: `kind` is "", "service" or "law"; `words` begin names."""

    lack: Lack = Lack.ALL
    kind: str = ""
    words: str = ""


def cards(narrowed: Filter, page: str) -> Page[Card]:
    """A page of cards, each with `title`, `is_draft`, `is_published`, `is_stale`, `checked_by`."""
    rows = _described().order_by("kind", "order", "code")
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    if narrowed.lack in LACKING:
        rows = rows.filter(LACKING[narrowed.lack])
    if narrowed.words:
        named = PublicService.objects.filter(by_beginnings(narrowed.words)).values("pk")
        titled = Q(title__icontains=narrowed.words) | Q(code__iexact=narrowed.words)
        rows = rows.filter(Q(service__in=named) | titled)
    return Paginator(rows, PAGE).get_page(page)


def _described() -> QuerySet[Card]:
    mine = CardVersion.objects.filter(card=OuterRef("pk"))
    published = mine.filter(state=State.PUBLISHED)
    titles = CardText.objects.filter(
        version__card=OuterRef("pk"), language=SOURCE_LANGUAGE
    ).order_by("-version__number")
    return Card.objects.select_related("service").annotate(
        is_draft=Exists(mine.filter(state=State.DRAFT)),
        is_published=Exists(published),
        is_stale=Exists(_stale_texts().filter(version__card=OuterRef("pk"))),
        checked_by=Subquery(published.values("checked_by")[:1]),
        as_of=Subquery(mine.order_by("-number").values("as_of")[:1]),
        title=Coalesce(Subquery(titles.values("title")[:1]), F("code")),
    )


def _stale_texts() -> QuerySet[CardText]:
    """Translations in a live version that were made from another Kazakh text."""
    source = CardText.objects.filter(version=OuterRef("version"), language=SOURCE_LANGUAGE)
    return (
        CardText.objects.filter(version__state__in=LIVE)
        .exclude(language=SOURCE_LANGUAGE)
        .annotate(source_mark=Subquery(source.values("mark")[:1]))
        .exclude(based_on=F("source_mark"))
    )


def services(words: str, page: str, *, only_without_card: bool = False) -> Page[PublicService]:
    """A page of services, each with `has_card`: whether any version of a card was begun."""
    known = Card.objects.filter(service=OuterRef("pk"))
    rows = PublicService.objects.annotate(has_card=Exists(known)).order_by("group", "code")
    if only_without_card:
        rows = rows.filter(has_card=False)
    if words:
        rows = rows.filter(by_beginnings(words) | Q(code__iexact=words))
    return Paginator(rows, PAGE).get_page(page)


def counts() -> dict[str, int]:
    """How many cards or services lack what; one query each."""
    found: dict[str, int] = {
        lack: _described().filter(condition).count() for lack, condition in LACKING.items()
    }
    without = PublicService.objects.exclude(
        pk__in=Card.objects.filter(kind=Kind.SERVICE).values("service")
    )
    return {**found, Lack.NO_CARD: without.count()}


def card(code: str) -> Card | None:
    """The card under the code, with its service."""
    return Card.objects.select_related("service").filter(code=code).first()


def draft(card: Card) -> CardVersion | None:
    """The version that is being written."""
    return CardVersion.objects.filter(card=card, state=State.DRAFT).first()


def newest(card: Card) -> CardVersion | None:
    """The draft if there is one, else the newest version of all."""
    return CardVersion.objects.filter(card=card).order_by("-number").first()


def drafts_of(author: str, limit: int = 20) -> Sequence[CardVersion]:
    """The drafts that somebody has begun, oldest first."""
    rows = CardVersion.objects.filter(state=State.DRAFT, author=author)
    return list(rows.select_related("card").order_by("created_at")[:limit])


def is_valid(service: PublicService, day: date) -> bool:
    """Whether the service exists on the day."""
    begun = service.valid_from is None or service.valid_from <= day
    return begun and (service.valid_until is None or service.valid_until > day)


def by_beginnings(words: str) -> Q:
    """Services that have, for each word, a name's word that begins like it, in any script."""
    condition = Q()
    for word in skeleton(words).split()[:8]:
        condition &= Q(skeleton__contains=f" {word}")
    return condition
