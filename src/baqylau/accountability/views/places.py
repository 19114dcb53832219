"""Published numbers by place: the districts on the map, and the list of offices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.accountability.queries import overview
from baqylau.accountability.queries.districts import districts as by_district
from baqylau.accountability.queries.offices import LIMIT, Wanted
from baqylau.accountability.queries.offices import offices as with_numbers
from baqylau.accountability.states import closed as closings
from baqylau.web.conditional import conditional

LEAF = 50
"""Offices on one page."""


@require_safe
@conditional(closings)
def districts(request: HttpRequest) -> HttpResponse:
    """The last closed quarter by district: the map, a table, and the way to all others."""
    closed = overview.newest()
    found = by_district(closed) if closed else None
    return render(request, "accountability/districts.html", {"closed": closed, "found": found})


@require_safe
@conditional(closings)
def offices(request: HttpRequest) -> HttpResponse:
    """The offices that have numbers of their own, by alphabet, never by merit."""
    closed = overview.newest()
    wanted = Wanted(
        request.GET.get("q", "").strip()[:LIMIT],
        request.GET.get("kind", ""),
        request.GET.get("district", ""),
    )
    found = with_numbers(closed, wanted) if closed else None
    page = Paginator(found.rows, LEAF).get_page(request.GET.get("page")) if found else None
    context = {"closed": closed, "wanted": wanted, "found": found, "page": page}
    return render(request, "accountability/offices.html", context)
