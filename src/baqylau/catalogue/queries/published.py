"""What the public site shows: services by life situation, cards, law cards."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, NullIf, RowNumber

from baqylau.catalogue.models import (
    Card,
    CardText,
    CardVersion,
    Kind,
    Language,
    LifeSituation,
    PublicService,
    State,
)
from baqylau.catalogue.queries.readings import Reading, reading, texts_of

FIRST_OF_GROUP: Final = 4
"""Services shown under each life situation on the first page."""

PAGE: Final = 40
LAW_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class Situation:
    """A life situation on the first page: its services in number, and the first of them."""

    group: LifeSituation
    count: int
    first: tuple[PublicService, ...]


def titled(language: str, day: date) -> QuerySet[Any]:
    """Services of the day, each with `title` (its card's, else its name) and `has_card`.

    The title is in the language as far as it is written, else in Kazakh.
    """
    name = f"name_{Language(language).value}"
    published = CardVersion.objects.filter(card__service=OuterRef("pk"), state=State.PUBLISHED)
    titles = CardText.objects.filter(
        version__card__service=OuterRef("pk"),
        version__state=State.PUBLISHED,
        language=language,
    ).values("title")
    return PublicService.objects.valid(day).annotate(
        has_card=Exists(published),
        title=Coalesce(
            Subquery(titles[:1]), NullIf(F(name), Value("")), F("name_kk"), output_field=CharField()
        ),
    )


def situations(language: str, day: date) -> list[Situation]:
    """The life situations that have services, with the first few services of each; two queries."""
    counts = dict(
        PublicService.objects.valid(day).values_list("group").annotate(Count("pk")).order_by()
    )
    place = Window(
        RowNumber(), partition_by=F("group"), order_by=[F("has_card").desc(), F("code").asc()]
    )
    rows = titled(language, day).annotate(place=place).filter(place__lte=FIRST_OF_GROUP)
    first: dict[str, list[PublicService]] = {}
    for row in rows.order_by("place"):
        first.setdefault(row.group, []).append(row)
    return [
        Situation(group, counts[group.value], tuple(first.get(group.value, ())))
        for group in LifeSituation
        if group.value in counts
    ]


def group_page(group: str, language: str, day: date, page: str) -> Page[PublicService]:
    """A page of the life situation's services: those with a card first, then by the alphabet."""
    order = f"sort_{Language(language).value}"
    rows = titled(language, day).filter(group=group).order_by("-has_card", order, "code")
    return Paginator(rows, PAGE).get_page(page)


def service_at(slug: str) -> PublicService | None:
    """The service at the address, valid or not, with its successor."""
    return PublicService.objects.select_related("successor").filter(slug=slug).first()


def published(card: Card) -> CardVersion | None:
    """The version that the public reads now."""
    return CardVersion.objects.filter(card=card, state=State.PUBLISHED).first()


def service_card(service: PublicService) -> Card | None:
    """The service's card, published or not."""
    return Card.objects.filter(service=service).first()


def law_card(slug: str) -> Card | None:
    """The law card at the address, published or not."""
    return Card.objects.filter(kind=Kind.LAW, slug=slug).first()


def law_readings(language: str, limit: int = LAW_LIMIT) -> list[Reading]:
    """The published law cards in their order; references are left out. Two queries."""
    versions = list(
        CardVersion.objects.filter(card__kind=Kind.LAW, state=State.PUBLISHED)
        .select_related("card")
        .order_by("card__order", "card__code")[:limit]
    )
    texts = texts_of(versions)
    return [
        reading(version.card, _without_law(version), language, texts[version.pk])
        for version in versions
    ]


def _without_law(version: CardVersion) -> CardVersion:
    version.law = []
    return version


def name_of(service: PublicService, language: str) -> str:
    """The service's official name; in Kazakh where the language has none."""
    return str(getattr(service, f"name_{language}") or service.name_kk)


def name_language(service: PublicService, language: str) -> str:
    """The language in which `name_of` answers."""
    return language if getattr(service, f"name_{language}") else "kk"
