"""The list of addressees: which body receives what, on which day, by which source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from baqylau.casework.queries.cases import present_heir
from baqylau.institutions.models import Institution
from baqylau.reception.models import Addressee, Consultation


@dataclass(frozen=True, slots=True)
class Receiver:
    """A body that a letter can go to; `instead_of` is the one that it took over from."""

    row: Addressee
    body: Institution
    instead_of: Institution | None


def _holding(day: date) -> Q:
    return Q(Q(first_on=None) | Q(first_on__lte=day), Q(until_on=None) | Q(until_on__gt=day))


def rows() -> QuerySet[Addressee]:
    """Rows with everything that the list names."""
    return Addressee.objects.select_related(
        "service", "territory", "body", "body__successor", "body__district"
    )


def everything(day: date, *, ended: bool = False) -> QuerySet[Addressee]:
    """The rows that hold on the day or will; with `ended` those that do not hold any more."""
    over = Q(until_on__isnull=False, until_on__lte=day)
    found = rows().filter(over) if ended else rows().exclude(over)
    return found.order_by("procedure", F("service").asc(nulls_first=True), "id")


def receivers(procedures: Iterable[str], about: Consultation, day: date) -> list[Receiver]:
    """Who receives such a letter about this service in this district today.

    The closest rows come first: those for the service, then those for the district. A body that
    is gone gives way to whoever took over; without an heir it is left out.
    """
    found = (
        rows()
        .filter(_holding(day), procedure__in=list(procedures))
        .filter(Q(service=None) | Q(service=about.service_id))
        .filter(Q(territory=None) | Q(territory=about.territory_id))
        .order_by(F("service").asc(nulls_last=True), F("territory").asc(nulls_last=True), "id")
    )
    chosen: dict[str, Receiver] = {}
    for row in found:
        is_gone = bool(row.body.until_on and row.body.until_on <= day)
        body = present_heir(row.body) if is_gone else row.body
        if body and not (body.until_on and body.until_on <= day):
            instead_of = row.body if is_gone else None
            chosen.setdefault(body.code, Receiver(row, body, instead_of))
    return list(chosen.values())
