"""News, replies and complaints as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from baqylau.accountability.models import Complaint, Picture, Post, Reply, Result
from baqylau.kernel.errors import DomainError
from baqylau.territories.labels import language

NEWS_PAGE = 10
FEED = 30
"""Posts in the feed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the language that is active, else in another, which `lang` then names."""

    text: str
    lang: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """The text between its empty lines."""
        rows = self.text.replace("\r\n", "\n").split("\n\n")
        return [row.strip() for row in rows if row.strip()]


def said(row: object, field: str) -> Said:
    """A field in the active language; Kazakh, then Russian stand in for a missing one."""
    now = language()
    for code in dict.fromkeys((now, "kk", "ru", "en")):
        if text := str(getattr(row, f"{field}_{code}", "") or ""):
            return Said(text, "" if code == now else code)
    return Said("")


class UnknownPostError(DomainError):
    """There is no such news."""

    code = "unknown"
    status = 404


def news() -> QuerySet[Post]:
    """What is published, the newest first."""
    return Post.objects.exclude(published_at=None).order_by("-published_at", "-pk")


def pictures_of(posts: Sequence[Post]) -> dict[int, list[Picture]]:
    """The pictures of posts, by post, in their order: one question."""
    found: dict[int, list[Picture]] = {}
    for picture in Picture.objects.filter(post__in=[post.pk for post in posts]).order_by("order"):
        found.setdefault(picture.post_id, []).append(picture)
    return found


def replies(code: str) -> list[Reply]:
    """What a body has replied, the newest first."""
    rows = Reply.objects.filter(institution__code=code, withdrawn_at=None)
    return list(rows.order_by("-replied_on", "-pk"))


def complaints() -> QuerySet[Complaint]:
    """All complaints, the newest first."""
    return Complaint.objects.order_by("-received_on", "-pk")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many complaints came, are answered, and were well founded at least in part."""

    received: int
    answered: int
    founded: int


def tally(first: date | None = None, until: date | None = None) -> Tally:
    """Complaints that came in [first, until): exact and live, for they are public themselves."""
    rows = Complaint.objects.all()
    if first:
        rows = rows.filter(received_on__gte=first)
    if until:
        rows = rows.filter(received_on__lt=until)
    found = rows.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=~Q(answered_on=None)),
        founded=Count("pk", filter=Q(result__in=(Result.UPHELD, Result.PARTLY))),
    )
    return Tally(**found)
