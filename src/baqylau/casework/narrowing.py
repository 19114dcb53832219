"""What narrows a list besides the form: the addresses behind figures, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baqylau.casework.dimensions import BODY, OUTCOME, ROOM, SERVICE
from baqylau.casework.forms import CODES, DAYS
from baqylau.casework.queries.listing import NONE, Wanted
from baqylau.casework.taxonomy import SOLVING_CODE
from baqylau.kernel.period import day_before


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The words to show, and the values that the form carries on, by name."""

    words: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


def narrowing(wanted: Wanted) -> Narrowing:
    """What the list is narrowed to that no field of the form says."""
    given = [(name, getattr(wanted, name)) for name in (*CODES, *DAYS)]
    kept = tuple((name, str(value)) for name, value in given if value)
    return Narrowing((*_spans(wanted), *_codes(wanted)), kept)


def _spans(wanted: Wanted) -> Iterator[str]:
    for label, first, until in (
        (_("opened on"), wanted.opened_from, wanted.opened_until),
        (_("closed on"), wanted.closed_from, wanted.closed_until),
    ):
        if first or until:
            yield f"{label}: {_said(first)} – {_said(until and day_before(until))}"


def _said(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "…"


def _codes(wanted: Wanted) -> Iterator[str]:
    for dimension in (BODY, ROOM, SERVICE, OUTCOME):
        code = getattr(wanted, dimension.code)
        if code:
            known = dimension.values() if dimension.values else [code]
            name = dimension.names([code]).get(code, code) if code in known else code
            said = {NONE: _("not stated"), SOLVING_CODE: pgettext("cases", "solved")}.get(
                code, name
            )
            yield f"{dimension.label}: {said}"
