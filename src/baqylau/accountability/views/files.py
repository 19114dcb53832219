"""One number as files: CSV, JSON, and its charts alone."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.accountability import drawing
from baqylau.accountability.exporting import as_csv, as_json
from baqylau.accountability.queries.numbers import UnknownTableError, page
from baqylau.accountability.states import closed as closings
from baqylau.web.conditional import conditional

SVG = "image/svg+xml"


@require_safe
@conditional(closings)
def number_csv(_request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The number and its tables as CSV."""
    found = page(code, period)
    response = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    name = f"{found.figure.code}-{found.closed.code}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@conditional(closings)
def number_json(_request: HttpRequest, code: str, period: str) -> JsonResponse:
    """The number and its tables as JSON."""
    return JsonResponse(as_json(page(code, period)), json_dumps_params={"ensure_ascii": False})


@require_safe
@conditional(closings)
def number_chart(request: HttpRequest, code: str, period: str, by: str = "") -> HttpResponse:
    """A chart alone, with its title, its source and its address."""
    found = page(code, period)
    chart = drawing.by_group(found, found.table(by)) if by else drawing.over_time(found)
    if not chart:
        raise UnknownTableError(_("There is too little here for a chart."))
    args = [found.figure.code, found.closed.code, *([by] if by else [])]
    address = request.build_absolute_uri(reverse("number_table" if by else "number", args=args))
    alone = drawing.alone(found, str(chart), by=by, address=address)
    return HttpResponse(alone, content_type=f"{SVG}; charset=utf-8")
