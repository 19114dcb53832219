"""What the editor reads about the search: aliases, and queries that found nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, Sum

from baqylau.catalogue.models import MissedQuery, PublicService, ServiceAlias

PAGE: Final = 100
SPAN: Final = timedelta(days=90)
"""How far back the list of missed queries looks."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that found nothing: how often within the span, and on which day last."""

    text: str
    count: int
    last_on: date


def missed(today: date, limit: int = PAGE) -> Sequence[Missed]:
    """The commonest missed queries of the last 90 days."""
    rows = (
        MissedQuery.objects.filter(day__gt=today - SPAN)
        .values("text")
        .annotate(total=Sum("count"), last=Max("day"))
        .order_by("-total", "text")[:limit]
    )
    return [Missed(row["text"], row["total"], row["last"]) for row in rows]


def aliases(page: str, service: PublicService | None = None, words: str = "") -> Page[ServiceAlias]:
    """A page of the aliases in use, of all services or of one, or those that hold the words."""
    rows = ServiceAlias.objects.filter(is_active=True).select_related("service")
    if service:
        rows = rows.filter(service=service)
    if words:
        rows = rows.filter(Q(text__icontains=words) | Q(service__code__iexact=words))
    return Paginator(rows.order_by("service__code", "language", "text"), PAGE).get_page(page)
