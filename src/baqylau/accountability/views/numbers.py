"""The published numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.figures.queries import published
from baqylau.figures.queries.definitions import figures
from baqylau.figures.showing import name_of, short


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The wholes of the last closed quarter."""
    closing = published.last_closing()
    known = {each.code: each for each in figures()}
    rows = [
        (known[number.cell.figure], short(number.answer))
        for number in (published.wholes(closing) if closing else ())
        if number.cell.figure in known
    ]
    when = name_of(published.chosen_of(closing)) if closing else ""
    return render(request, "accountability/numbers.html", {"rows": rows, "when": when})
