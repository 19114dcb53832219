"""One consultation, and the chain of visits about one problem."""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError
from baqylau.reception.models import Consultation, ConsultationQuerySet
from baqylau.reception.rules.numbers import read_number


class UnknownConsultationError(DomainError):
    """There is no such consultation."""

    code = "unknown"
    status = 404


def whole() -> ConsultationQuerySet:
    """Consultations with everything that a page or the journal names."""
    return Consultation.objects.select_related(
        "room", "territory", "service", "body", "card", "continues", "case"
    )


def consultation(reference: str) -> Consultation:
    """By a number in any spelling that names the year. Raises: UnknownConsultationError."""
    year, serial = read_number(reference) or (None, 0)
    found = whole().filter(year=year, serial=serial).first() if year else None
    if found is None:
        raise UnknownConsultationError(_("There is no consultation with this number."))
    return found


def visits_about(row: Consultation) -> list[Consultation]:
    """Every visit about the same problem, in order, those struck out left aside."""
    first = row.continues_id or row.pk
    rows = whole().standing()
    return [
        *rows.filter(pk=first),
        *rows.filter(continues=first).order_by("held_on", "id"),
    ]
