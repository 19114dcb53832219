"""A consultation as its page shows it."""

from dataclasses import dataclass
from datetime import date

from baqylau.casework.queries.listing import names
from baqylau.contacts.models import Contact, Purpose
from baqylau.contacts.queries import in_force
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import visits_about
from baqylau.reception.queries.history import Event, events


@dataclass(frozen=True, slots=True)
class Visitor:
    """What is known of a visitor without opening who they are.

    `is_kept`: name and phone are still there; `has_consent`: and may be opened.
    """

    is_kept: bool
    has_consent: bool
    has_phone: bool
    keep_until: date | None


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """Everything that the page of a consultation shows; names of people are not among it."""

    row: Consultation
    author: str
    visits: tuple[Consultation, ...]
    visitor: Visitor | None
    events: tuple[Event, ...]


def visitor_of(row: Consultation) -> Visitor | None:
    """The visitor behind the consultation; None for one without a name."""
    if not row.contact:
        return None
    found = Contact.objects.filter(key=row.contact).first()
    if found is None:
        return Visitor(is_kept=False, has_consent=False, has_phone=False, keep_until=None)
    return Visitor(
        is_kept=True,
        has_consent=in_force(found, Purpose.CONTACT).exists(),
        has_phone=bool(found.phone_mark),
        keep_until=found.keep_until,
    )


def page_of(row: Consultation) -> ConsultationPage:
    """The page of a consultation; a fixed number of queries."""
    visits = visits_about(row)
    return ConsultationPage(
        row=row,
        author=names([row.author]).get(row.author, ""),
        visits=tuple(visits) if len(visits) > 1 else (),
        visitor=visitor_of(row),
        events=tuple(events(row)),
    )
