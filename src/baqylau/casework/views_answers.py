"""The list behind the figures of answers: which terms ended, when, and how."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baqylau.casework import access
from baqylau.casework.dimensions import BODY, DISTRICT, KIND, SERVICE
from baqylau.casework.queries import answers as queries
from baqylau.casework.queries import work
from baqylau.casework.queries.listing import NONE
from baqylau.kernel.period import day_before
from baqylau.kernel.places import read_place
from baqylau.web.desk import DeskRequest, desk

WAYS = {
    queries.IN_TIME_CODE: gettext_lazy("answers within the term"),
    queries.SILENCE_CODE: gettext_lazy("terms that passed without an answer"),
}
PARTS = {each.code: each for each in (DISTRICT, BODY, SERVICE, KIND)}


@require_safe
@desk(access.SEE)
def answers(request: DeskRequest) -> HttpResponse:
    """Terms that ended, the last first; narrowed by the address alone."""
    wanted = _wanted(request.GET.dict())
    after = read_place(request.GET.get("after", "")[:40])
    page = queries.page(wanted, after)
    context = {
        "page": page,
        "rows": [{"step": step, "url": work.address(step.case)} for step in page.rows],
        "words": list(_words(wanted)),
        "is_first_page": after is None,
    }
    return render(request, "casework/answers.html", context)


def _wanted(data: Mapping[str, str]) -> queries.Wanted:
    """What the address asks for; what it says wrongly narrows nothing."""
    how = data.get("how", "")
    values = {name: data[name][:24] for name in PARTS if data.get(name)}
    return queries.Wanted(
        _day(data.get("from", "")),
        _day(data.get("until", "")),
        how if how in WAYS else "",
        tuple(sorted((name, value) for name, value in values.items() if _is_known(name, value))),
    )


def _is_known(name: str, value: str) -> bool:
    values = PARTS[name].values
    return value == NONE or values is None or value in values()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _words(wanted: queries.Wanted) -> Iterator[str]:
    """What the list is narrowed to."""
    if wanted.first or wanted.until:
        last = day_before(wanted.until) if wanted.until else None
        yield f"{_said(wanted.first)} – {_said(last)}"
    if wanted.how:
        yield str(WAYS[wanted.how])
    for code, value in wanted.values:
        part = PARTS[code]
        name = _("not stated") if value == NONE else part.names([value]).get(value, value)
        yield f"{part.label}: {name}"


def _said(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "…"
