"""Comparing the consultations with the journal."""

import json
from collections.abc import Iterator, Mapping

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from baqylau.journal.models import Entry
from baqylau.journal.rules import canonical
from baqylau.reception.models import Consultation, PrintedSlip
from baqylau.reception.queries.consultations import whole
from baqylau.reception.rules.cells import CELLS
from baqylau.reception.services.writing import cells_of, subject_of

CHUNK = 500
ACTIONS = ("reception.recorded", "reception.corrected", "reception.struck", "reception.linked")


def _chunks() -> Iterator[list[Consultation]]:
    last = 0
    while chunk := list(whole().filter(pk__gt=last).order_by("id")[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def _told(chunk: list[Consultation]) -> dict[str, tuple[str, bool]]:
    """What the journal says last of each: its cells as canonical JSON, and whether it is struck."""
    rows = Entry.objects.filter(
        action__in=ACTIONS, subject__in=[subject_of(row) for row in chunk]
    ).order_by("number")
    found: dict[str, tuple[str, bool]] = {}
    for subject, action, payload in rows.values_list("subject", "action", "payload"):
        said: Mapping[str, object] = json.loads(payload)
        cells = {name: value for name, value in said.items() if name in CELLS}
        found[subject] = (canonical(cells), action == "reception.struck")  # type: ignore[arg-type]  # what JSON gave is what JSON takes
    return found


def differences() -> Iterator[str]:
    """One sentence for each consultation that is not the journal's, and for each gap in numbers."""
    for chunk in _chunks():
        told = _told(chunk)
        for row in chunk:
            if told.get(subject_of(row)) != (canonical(cells_of(row)), row.is_struck):
                yield _("%(number)s: the consultation is not the one of the journal") % {
                    "number": row.number
                }
    yield from _gaps()


def _gaps() -> Iterator[str]:
    """Every number up to the year's last is a consultation's or an unused printed slip's."""
    given = {
        row["year"]: (row["most"], row["many"])
        for row in Consultation.objects.order_by()
        .values("year")
        .annotate(most=Max("serial"), many=Count("id"))
    }
    for year, (most, many) in sorted(given.items()):
        slips = PrintedSlip.objects.filter(year=year, serial__lt=most).exclude(
            serial__in=Consultation.objects.filter(year=year).values("serial")
        )
        if missing := most - many - slips.count():
            yield _("%(year)s: numbers of consultations are missing: %(count)s") % {
                "year": year,
                "count": missing,
            }


def rebuild() -> int:
    """Nothing can be rebuilt: the journal holds codes only, what was answered is told once."""
    return 0
