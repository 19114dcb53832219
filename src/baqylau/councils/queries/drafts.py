"""Drafts and their points, as they are read at the desk and by everybody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from baqylau.councils.models import Draft, DraftKind, Point
from baqylau.councils.queries.said import Said, said
from baqylau.councils.rules.points import Words, as_text
from baqylau.councils.rules.spreading import around, page_at, pages
from baqylau.councils.rules.term import DAY, Phase, phase
from baqylau.kernel.errors import DomainError
from baqylau.law.deadline import Deadline
from baqylau.law.errors import LawError
from baqylau.law.explain import account, caveats
from baqylau.law.words import reader
from baqylau.lawbook.queries.book import deadline
from baqylau.territories.labels import language

RULE = "svc.draft_discussion"
CHOICE = 40
"""Drafts that are offered for an agenda."""


class UnknownDraftError(DomainError):
    """There is no such draft, point or comment."""

    code = "unknown"
    status = 404


def title(draft: Draft) -> Said:
    """A draft's title for the reader."""
    return said(draft, "title")


def _whole() -> QuerySet[Draft]:
    return Draft.objects.select_related("institution", "council", "file")


def published() -> QuerySet[Draft]:
    """What everybody may read, the one that closes last first."""
    return _whole().exclude(published_at=None).order_by("-closes_on", "-pk")


def open_on(day: date, most: int) -> list[Draft]:
    """Published drafts that are open on the day, the one that closes first first."""
    return list(
        published().filter(opens_on__lte=day, closes_on__gt=day).order_by("closes_on")[:most]
    )


def to_choose(also: Draft | None = None) -> list[Draft]:
    """The published drafts that closed last, for choosing; `also` is among them."""
    rows = list(published()[:CHOICE])
    return rows if also is None or also in rows else [also, *rows]


def all_drafts() -> QuerySet[Draft]:
    """Those still written first, then the ones that close last."""
    return _whole().order_by(F("published_at").asc(nulls_first=True), "-closes_on", "-pk")


def public_draft(code: str) -> Draft:
    """A published draft. Raises: UnknownDraftError."""
    found = published().filter(code=code).first()
    if found is None:
        raise UnknownDraftError(_("There is no such draft, or it is not published yet."))
    return found


def draft(code: str) -> Draft:
    """Any draft. Raises: UnknownDraftError."""
    found = _whole().filter(code=code).first()
    if found is None:
        raise UnknownDraftError(_("There is no such draft."))
    return found


def phase_of(row: Draft, today: date) -> Phase:
    """Where it stands on the day."""
    return phase(row.opens_on, row.closes_on, today, is_published=bool(row.published_at))


def last_day(row: Draft) -> date:
    """The last day on which something can be said."""
    return row.closes_on - DAY


def points(row: Draft) -> QuerySet[Point]:
    """Its points in their order."""
    return Point.objects.filter(draft=row).order_by("order")


def point(row: Draft, order: int) -> Point:
    """One point. Raises: UnknownDraftError."""
    found = Point.objects.filter(draft=row, order=order).first()
    if found is None:
        raise UnknownDraftError(_("This draft has no such point."))
    found.draft = row
    return found


def name_of(found: Point) -> str:
    """What people call a point: by the text's own number, else by its place."""
    if not found.label:
        return f"№ {found.order}"
    if found.label.replace(".", "").isdigit():
        return _("point %(number)s") % {"number": found.label}
    return found.label


def texts(row: Draft) -> tuple[str, str]:
    """What was typed, in Kazakh and in Russian."""
    rows = list(points(row))
    return (
        as_text(Words(each.label, each.text_kk) for each in rows),
        as_text(Words(each.label, each.text_ru) for each in rows),
    )


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a long draft: its points, its number from 1, how many there are."""

    points: tuple[Point, ...]
    number: int
    count: int

    @property
    def others(self) -> list[int]:
        """The numbers of pages to choose from: the first, the last, those around."""
        return around(self.number, self.count)


def leaf(row: Draft, asked: str) -> Leaf:
    """The page that is asked for; as long as a light page may be."""
    field = "text_ru" if language() == "ru" else "text_kk"
    lengths = list(points(row).annotate(signs=Length(field)).values_list("signs", flat=True))
    spread = pages(lengths)
    if not spread:
        return Leaf((), 1, 1)
    number = page_at(asked, spread)
    shown = spread[number - 1]
    return Leaf(tuple(points(row)[shown.start : shown.stop]), number, len(spread))


def page_of_point(row: Draft, order: int) -> int:
    """On which page of the draft a point stands."""
    field = "text_ru" if language() == "ru" else "text_kk"
    rows = list(points(row).annotate(signs=Length(field)).values_list("order", "signs"))
    spread = pages([signs for _order, signs in rows])
    place = next((at for at, (known, _signs) in enumerate(rows) if known == order), 0)
    return next((at for at, span in enumerate(spread, 1) if place in span), 1)


def least(kind: str, opens_on: date) -> Deadline | None:
    """Until when the law wants it open, if it says so for this kind of draft."""
    if kind != DraftKind.SERVICE:
        return None
    try:
        return deadline(RULE, opens_on)
    except LawError:
        return None


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """The least term by law in words: its last day, how it was counted, what may be wrong."""

    name: str
    last_on: date
    is_verified: bool
    account: tuple[str, ...]
    caveats: tuple[str, ...]


def shown_term(row: Draft) -> ShownTerm | None:
    """The least term of a draft in the reader's language."""
    found = least(row.kind, row.opens_on)
    if found is None:
        return None
    now = reader.language()
    return ShownTerm(
        found.rule.name.in_language(now),
        found.due_on,
        found.is_verified,
        tuple(account(found, now)),
        tuple(caveats(found, now)),
    )
