"""What narrows the register besides its form, in words: the lists behind figures."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.councils.models import Council
from baqylau.councils.queries.register import NONE, Wanted
from baqylau.councils.queries.said import said
from baqylau.kernel.period import day_before

STAND_WORDS: Mapping[str, Promise] = {
    "ended": gettext_lazy("answered, or left without an answer in time"),
    "in_time": gettext_lazy("answered in time"),
    "answered": gettext_lazy("answered"),
    "accepted": gettext_lazy("accepted, whole or in part"),
    "executed": gettext_lazy("accepted and reported as executed"),
    "checked": gettext_lazy("checked on the spot"),
    "confirmed": gettext_lazy("execution confirmed by citizens"),
}


def narrowing(wanted: Wanted) -> str:
    """What the list is narrowed to that no field of the form says; "" for nothing."""
    said_so = "; ".join(_words(wanted))
    return f"{_('Only')}: {said_so}." if said_so else ""


def _words(wanted: Wanted) -> Iterator[str]:
    if wanted.first or wanted.until:
        last = day_before(wanted.until) if wanted.until else None
        yield f"{_day(wanted.first)} – {_day(last)}"
    if wanted.council:
        found = Council.objects.filter(code=wanted.council).first()
        nothing = _("without a council") if wanted.council == NONE else wanted.council
        yield said(found, "name").text if found else nothing
    if wanted.stand:
        yield str(STAND_WORDS[wanted.stand])


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "…"
