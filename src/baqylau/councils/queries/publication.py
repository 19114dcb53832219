"""A published document as everybody reads it: without the name under it, in light pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Delivery, FinalDocument, Recommendation
from baqylau.councils.queries.documents import UnknownDocumentError, clock_of, deliveries_of
from baqylau.councils.queries.recommendations import public
from baqylau.councils.queries.said import said
from baqylau.councils.rules.clocks import Clock, Law
from baqylau.councils.rules.spreading import around, page_at, pages

PARTS: Sequence[tuple[str, Promise]] = (
    ("tasks", _("Tasks")),
    ("subjects", _("Whom it was about")),
    ("facts", _("What was found")),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `heading` where a part begins, `lang` where it is not the page's language."""

    text: str
    lang: str
    heading: object = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the document: its paragraphs, its number from 1, how many there are."""

    paragraphs: tuple[Paragraph, ...]
    number: int
    count: int

    @property
    def others(self) -> list[int]:
        """The numbers of pages to choose from: the first, the last, those around."""
        return around(self.number, self.count)


@dataclass(frozen=True, slots=True)
class Publication:
    """What everybody reads of a document; the rows of what was sent, and to whom."""

    document: FinalDocument
    leaf: Leaf
    recommendations: Sequence[Recommendation]
    deliveries: Sequence[Delivery]
    clock: Clock | None


def published(number: str) -> FinalDocument:
    """The published document with the number. Raises: UnknownDocumentError."""
    rows = FinalDocument.objects.select_related("council").exclude(published_on=None)
    found = rows.filter(number=number).first() if number else None
    if found is None:
        raise UnknownDocumentError(_("There is no such document, or it is not published."))
    return found


def publication(row: FinalDocument, asked: str, law: Law) -> Publication:
    """A page of it; two queries."""
    deliveries = deliveries_of(row)
    wanted = public().filter(document=row).select_related("institution", "territory")
    return Publication(
        row,
        leaf(row, asked),
        list(wanted.order_by("order", "id")),
        deliveries,
        clock_of(row, deliveries, law),
    )


def leaf(row: FinalDocument, asked: str) -> Leaf:
    """The page that is asked for; as long as a light page may be."""
    found = list(_paragraphs(row))
    spread = pages([len(each.text) for each in found])
    if not spread:
        return Leaf((), 1, 1)
    number = page_at(asked, spread)
    shown = spread[number - 1]
    return Leaf(tuple(found[shown.start : shown.stop]), number, len(spread))


def _paragraphs(row: FinalDocument) -> Iterator[Paragraph]:
    for name, label in PARTS:
        told, heading = said(row, name), str(label)
        for text in told.paragraphs:
            yield Paragraph(text, told.lang, heading)
            heading = ""
