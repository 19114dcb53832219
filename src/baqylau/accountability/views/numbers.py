"""The published numbers: an overview of a closed period, and a page for each number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from baqylau.accountability import drawing, pages, saying
from baqylau.accountability.queries import overview as board
from baqylau.accountability.queries import periods
from baqylau.accountability.queries.numbers import page, public_figure
from baqylau.accountability.queries.tables import PublishedTable, records
from baqylau.accountability.states import closed as closings
from baqylau.accountability.views.parts import provenance, shown_table, table_link
from baqylau.figures import showing
from baqylau.figures.queries import published
from baqylau.figures.queries.published import chosen_of
from baqylau.web.conditional import conditional

ROWS = 12
"""Rows of a table that still stands on the page of its number; a longer one has its own page."""
TABLES = 4
"""Tables on the page of a number: with more it would weigh too much for a telephone."""


@require_safe
@conditional(closings)
def overview(request: HttpRequest, period: str = "") -> HttpResponse:
    """The wholes of a closed period, the last closed quarter when none is named."""
    closed = periods.closed(period) if period else board.newest()
    every = periods.all_closed()
    context = {
        "closed": closed,
        "closed_on": localdate(closed.closing.closed_at) if closed else None,
        "board": board.board(closed) if closed else None,
        "quarters": every["quarter"],
        "years": every["year"],
        "months": every["month"],
        "pages": [(reverse(each.url_name), each) for each in pages.PAGES],
        "here": request.build_absolute_uri(
            reverse("numbers_period", args=[closed.code]) if closed else request.path
        ),
    }
    return render(request, "accountability/numbers.html", context)


@require_safe
def latest(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the newest closed period of a number; say what it will be while there is none."""
    figure = public_figure(code)
    closing = published.last_of(figure.code)
    if closing:
        return redirect("number", code=figure.code, period=chosen_of(closing).code)
    context = {"figure": figure, "method": showing.method(figure)}
    return render(request, "accountability/number_to_come.html", context)


@require_safe
@conditional(closings)
def number(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """One number of a closed period, at an address that stays."""
    found = page(code, period)
    figure, closed = found.figure, found.closed
    args = [figure.code, closed.code]
    here = [table for table in found.tables if len(table.rows) <= ROWS][:TABLES]
    context = {
        "figure": figure,
        "closed": closed,
        "whole": saying.said(
            closed.name,
            found.whole.answer,
            before=found.before,
            records=records(figure, found.whole),
        ),
        "sentence": saying.sentence(figure, found.whole.answer, closed.name),
        "method": showing.method(figure),
        "time": drawing.over_time(found),
        "points": [saying.said(showing.name_of(at), row.answer) for at, row in found.points],
        "time_url": reverse("number_chart", args=args),
        "tables": [shown_table(found, table) for table in here],
        "others": [table_link(found, table) for table in found.tables if table not in here],
        "csv_url": reverse("number_csv", args=args),
        "json_url": reverse("number_json", args=args),
        **provenance(request, found),
    }
    return render(request, "accountability/number.html", context)


@require_safe
@conditional(closings)
def table(request: HttpRequest, code: str, period: str, by: str) -> HttpResponse:
    """One number of a closed period by groups, all rows."""
    found = page(code, period)
    chosen: PublishedTable = found.table(by)
    context = {
        "figure": found.figure,
        "closed": found.closed,
        "table": shown_table(found, chosen, request=request),
        "csv_url": reverse("number_csv", args=[found.figure.code, found.closed.code]),
        **provenance(request, found),
    }
    return render(request, "accountability/table.html", context)
