"""Consultations as rows of a table: all that the list shows, nothing that leads to a person."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Case
from baqylau.documents.tables import Value
from baqylau.institutions.labels import name as place_name
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation
from baqylau.reception.queries.listing import Wanted, every
from baqylau.reception.queries.wording import with_words
from baqylau.territories.labels import full_name

CHUNK: Final = 500
MORE: Final = (
    ("service_code", _("Code of the service")),
    ("body_code", _("Code of the body")),
    ("origin", _("How it was written")),
    ("first", _("First visit about the problem")),
    ("case", _("Number of the case")),
    ("corrections", _("Corrections")),
)
"""Columns that an export has besides those that an old journal may have."""


def wanted_rows(actor: Actor, wanted: Wanted, words: str) -> Iterator[Consultation]:
    """Every consultation that fits and may be read, newest first, without holding them at once.

    `actor` as `rights.at_the_desk` gives it; `words` are words of the answer.
    """
    if not words:
        yield from every(actor, wanted)
        return
    before: int | None = None
    while True:
        found = with_words(actor, words, wanted, before)
        yield from found.rows
        if found.next is None:
            return
        before = found.next


def as_cells(rows: Iterable[Consultation]) -> Iterator[dict[str, Value]]:
    """The cells of each row by column, in the active language."""
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        begun = Consultation.objects.filter(pk__in={row.continues_id for row in chunk})
        opened = Case.objects.filter(pk__in={row.case_id for row in chunk})
        firsts: dict[int | None, str] = dict(begun.values_list("pk", "number"))
        cases: dict[int | None, str] = dict(opened.values_list("pk", "number"))
        for row in chunk:
            yield _cells(row, firsts.get(row.continues_id), cases.get(row.case_id))


def _cells(row: Consultation, first: str | None, case: str | None) -> dict[str, Value]:
    return {
        "held_on": row.held_on,
        "room": str(place_name(row.room)),
        "service": row.service.name_kk if row.service else "",
        "kind": row.get_kind_display(),
        "language": row.get_language_display(),
        "channel": row.get_channel_display(),
        "district": full_name(row.territory),
        "body": str(place_name(row.body)) if row.body else "",
        "part": row.get_part_display(),
        "answer": row.answer,
        "result": row.get_result_display(),
        "number": row.number,
        "service_code": row.service.code if row.service else "",
        "body_code": row.body.code if row.body else "",
        "origin": row.get_origin_display(),
        "first": first or "",
        "case": case or "",
        "corrections": row.edition - 1,
    }
