"""Slips that were printed in advance, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.institutions.models import ServicePoint
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reception import keyring
from baqylau.reception.models import Consultation, PrintedSlip
from baqylau.reception.queries.numbers import ISSUE
from baqylau.reception.queries.rights import WIDE
from baqylau.reception.queries.slips import grouped
from baqylau.reception.rules.numbers import consultation_number

PAGE = 50


class UnknownBatchError(DomainError):
    """No such batch was printed."""

    code = "unknown"
    status = 404


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch in the list: for which room, when, from which number to which, how many are used."""

    key: str
    room: ServicePoint
    printed_on: date
    first: str
    last: str
    count: int
    used: int

    @property
    def unused(self) -> int:
        """Slips whose visit nobody has written down."""
        return self.count - self.used


@dataclass(frozen=True, slots=True)
class Printed:
    """A slip of a batch: its number, and its code until a consultation takes it, then ""."""

    number: str
    code: str
    consultation: Consultation | None


def slips_of(batch: str) -> list[PrintedSlip]:
    """The slips of a batch in their order, each with its room; [] for an unknown one."""
    rows = PrintedSlip.objects.filter(batch=batch).exclude(batch="")
    return list(rows.select_related("room").order_by("year", "serial"))


def openable(actor: Actor) -> QuerySet[PrintedSlip]:
    """Slips of batches that the actor printed, that lie in their rooms, or all for who oversees.

    `actor` as `rights.at_the_desk` gives it.
    """
    rows = PrintedSlip.objects.exclude(batch="")
    if actor.roles & WIDE:
        return rows
    return rows.filter(Q(printed_by=actor.key) | Q(room__code__in=actor.places))


def batches(page: str | None, actor: Actor) -> Page[Batch]:
    """What was printed that the actor may open, the newest first; three queries a page."""
    taken = Consultation.objects.filter(year=OuterRef("year"), serial=OuterRef("serial"))
    rows: Any = (
        openable(actor)
        .annotate(is_used=Exists(taken))
        .order_by()
        .values("batch", "room", "printed_on", "year")
        .annotate(
            first=Min("serial"),
            last=Max("serial"),
            count=Count("id"),
            used=Count("id", filter=Q(is_used=True)),
        )
        .order_by("-year", "-first")
    )
    found: Page[Any] = Paginator(rows, PAGE).get_page(page)
    rooms = ServicePoint.objects.in_bulk({row["room"] for row in found.object_list})
    found.object_list = [
        Batch(
            key=row["batch"],
            room=rooms[row["room"]],
            printed_on=row["printed_on"],
            first=consultation_number(row["year"], row["first"]),
            last=consultation_number(row["year"], row["last"]),
            count=row["count"],
            used=row["used"],
        )
        for row in found.object_list
    ]
    return found


def printed(batch: str, actor: Actor) -> list[Printed]:
    """The slips of a batch, with the codes of those that are unused.

    Raises: UnknownBatchError, also for a batch that the actor may not open; KeyFileError.
    """
    slips = slips_of(batch)
    if not slips or not openable(actor).filter(batch=batch).exists():
        raise UnknownBatchError(_("No such slips were printed."))
    taken = _taken(slips)
    return [_as_printed(slip, taken.get((slip.year, slip.serial))) for slip in slips]


def _as_printed(slip: PrintedSlip, taken: Consultation | None) -> Printed:
    number = str(slip)
    return Printed(number, "" if taken else grouped(keyring.code_of(number, ISSUE)), taken)


def _taken(slips: Iterable[PrintedSlip]) -> dict[tuple[int, int], Consultation]:
    serials = {slip.serial for slip in slips}
    years = {slip.year for slip in slips}
    rows = Consultation.objects.filter(year__in=years, serial__in=serials).order_by()
    return {(row.year, row.serial): row for row in rows}
