"""How we check ourselves: verified share, corrections, complaints, the signed journal."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.accountability.queries import voices
from baqylau.figures.queries import published
from baqylau.figures.queries.definitions import figures
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.sheets import part_name
from baqylau.figures.showing import interval, name_of, short
from baqylau.institutions import queries as institutions
from baqylau.web import qr

SHOWN = 20
"""Corrections, or complaints, on one page."""
CHECKS = ("reception.verified", "reception.said_solved")
"""Figures that come from calls of another colleague, where they are installed."""


@require_safe
def ourselves(request: HttpRequest) -> HttpResponse:
    """What anybody can check, and what we found when we checked."""
    known = {each.code: each for each in figures()}
    closing = published.last_closing()
    found = published.wholes(closing) if closing else []
    checks = [
        {
            "figure": known[one.cell.figure],
            "number": short(one.answer),
            "interval": interval(one.answer),
            "n": getattr(one.answer, "n", ""),
        }
        for one in found
        if one.cell.figure in CHECKS and one.cell.figure in known
    ]
    context = {
        "checks": checks,
        "when": name_of(published.chosen_of(closing)) if closing else "",
        "corrections": [
            {
                "row": row,
                "figure": known[row.cell.figure].label
                if row.cell.figure in known
                else row.cell.figure,
                "part": part_name(row.cell),
                "when": name_of(published.chosen_of(row.cell.closing)),
                "old": short(from_plain(row.old)),
                "new": short(from_plain(row.new)),
                "reason": voices.said(row, "reason"),
            }
            for row in published.corrections()[:SHOWN]
        ],
        "tally": voices.tally(),
    }
    return render(request, "accountability/ourselves.html", context)


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints against the programme, and what we answered."""
    page = Paginator(voices.complaints(), SHOWN).get_page(request.GET.get("page"))
    rows = [
        {
            "row": row,
            "summary": voices.said(row, "summary"),
            "answer": voices.said(row, "answer") if row.answered_on else None,
        }
        for row in page
    ]
    context = {"page": page, "rows": rows, "tally": voices.tally()}
    return render(request, "accountability/complaints.html", context)


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet for the wall: what this office's page shows, and the way to it."""
    body = institutions.institution(code)
    address = request.build_absolute_uri(reverse("institution", args=[code]))
    context = {"body": body, "address": address, "qr": qr.svg(address, _("Way to the page"))}
    return render(request, "accountability/poster.html", context)
