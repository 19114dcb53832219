"""Final documents and letters: one, many, whom they reached, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Delivery, FinalDocument, Recommendation
from baqylau.councils.queries.recommendations import recommendations_of
from baqylau.councils.rules.clocks import Clock, Law, sending_clock
from baqylau.institutions.models import Institution
from baqylau.kernel.errors import DomainError

PAGE = 50


class UnknownDocumentError(DomainError):
    """There is no such document."""

    code = "unknown"
    status = 404


def document(code: str) -> FinalDocument:
    """The document with the code. Raises: UnknownDocumentError."""
    found = FinalDocument.objects.select_related("council").filter(code=code).first()
    if found is None:
        raise UnknownDocumentError(_("There is no such document."))
    return found


def deliveries_of(row: FinalDocument) -> list[Delivery]:
    """To whom it goes, by the name of the body."""
    rows = Delivery.objects.filter(document=row).select_related("institution")
    return list(rows.order_by("institution__sort_kk", "id"))


def newest(after: int | None = None) -> tuple[list[FinalDocument], int | None]:
    """A page of documents, those of the latest control first, and where the next page begins.

    `after` is how many were shown; documents are some hundreds a year.
    """
    first = after or 0
    rows = FinalDocument.objects.select_related("council").order_by("-completed_on", "-id")
    found = list(rows[first : first + PAGE + 1])
    return found[:PAGE], first + PAGE if len(found) > PAGE else None


def last_sent(deliveries: Sequence[Delivery]) -> date | None:
    """The day on which the last body was sent its own; None while one still waits."""
    days = [each.sent_on for each in deliveries]
    return max((day for day in days if day), default=None) if all(days) else None


def clock_of(row: FinalDocument, deliveries: Sequence[Delivery], law: Law) -> Clock | None:
    """The term for sending it. Raises: LawError."""
    return sending_clock(row.kind, row.completed_on, last_sent(deliveries), law)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the page of a document shows."""

    document: FinalDocument
    recommendations: Sequence[Recommendation]
    deliveries: Sequence[Delivery]
    clock: Clock | None


def page_of(row: FinalDocument, law: Law) -> DocumentPage:
    """The page of a document; three queries."""
    deliveries = deliveries_of(row)
    return DocumentPage(row, recommendations_of(row), deliveries, clock_of(row, deliveries, law))


def addressees(rows: Sequence[Recommendation]) -> list[Institution]:
    """The bodies of these recommendations, each once, in their order."""
    return list({row.institution_id: row.institution for row in rows}.values())
