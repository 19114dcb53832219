"""Where people are served, for everybody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.institutions import frontdoor, queries
from baqylau.institutions.models import Kind
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.territories import queries as territories
from baqylau.web.conditional import conditional

PAGE = 50
"""Bodies on one page."""
QUERY = 200
"""Characters of a query that are read."""


def about_place(what: str, code: str) -> list[dict[str, object]]:
    """What the rooms put on the page of a place: templates with their contexts."""
    return [
        {"template": template, "context": context}
        for room in registry
        if room.about_place
        for template, context in room.about_place(what, code).items()
    ]


@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """The programme's reception rooms: where, when, whom to call."""
    return render(
        request, "institutions/receptions.html", {"rooms": queries.receptions(clock.today())}
    )


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The map of the oblast and its districts."""
    today = clock.today()
    values = frontdoor.tile_values(today)
    rooms: dict[str, int] = {}
    for room in queries.receptions(today):
        rooms[room.district_id] = rooms.get(room.district_id, 0) + 1
    rows = [
        (unit, rooms.get(unit.kato, 0), values[unit.kato].number if unit.kato in values else "0")
        for unit in territories.districts()
    ]
    caption = _("Institutions that we know, by district")
    context = {"values": values, "rows": rows, "caption": caption}
    return render(request, "institutions/districts.html", context)


@require_safe
def district(request: HttpRequest, kato: str) -> HttpResponse:
    """A district: reception rooms, branches, and its bodies by kind."""
    today = clock.today()
    unit = territories.district(kato)
    kind = request.GET.get("kind", "")
    query = request.GET.get("q", "").strip()[:QUERY]
    wanted = queries.Wanted(query=query, kind=kind if kind in Kind else "", district=kato)
    page = Paginator(queries.listing(wanted, today), PAGE).get_page(request.GET.get("page"))
    kinds = [(code, Kind(code).label, count) for code, count in queries.counts_by_kind(today, kato)]
    context = {
        "unit": unit,
        "rooms": queries.receptions(today, kato),
        "branches": queries.branches(today, kato),
        "kinds": kinds,
        "kind": wanted.kind,
        "query": query,
        "page": page,
        "parts": about_place("district", kato),
    }
    return render(request, "institutions/district.html", context)


def body_state(code: str) -> object:
    """Whatever the page of a body shows: its own facts, and what the rooms put beside them."""
    rooms = [(room.code, room.body_state(code)) for room in registry if room.body_state]
    return queries.facts_of(code, clock.today()), rooms


@require_safe
@conditional(of=body_state)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """A body: address, hours, who came before and after it, its points."""
    body = queries.institution(code)
    context = {
        "body": body,
        "points": queries.points_of(body, clock.today()),
        "predecessors": queries.predecessors(body),
        "parts": about_place("body", code),
    }
    return render(request, "institutions/institution.html", context)
