"""Open data for people: what there is, what each column means, how to check and cite it."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from baqylau.accountability import describing
from baqylau.accountability.models import Release
from baqylau.accountability.queries.datasets import datasets
from baqylau.accountability.queries.releases import releases
from baqylau.accountability.states import closed, released
from baqylau.kernel.datasets import Type
from baqylau.web.conditional import conditional

TYPES: Mapping[Type, object] = {
    Type.STRING: _("text"),
    Type.INTEGER: _("whole number"),
    Type.NUMBER: _("number"),
    Type.BOOLEAN: _("yes or no"),
    Type.DATE: _("day"),
    Type.DATETIME: _("moment, UTC"),
}
SHOWN = 12
"""Releases on the page; `releases.json` has all."""


@require_safe
@conditional(closed, released)
def data(request: HttpRequest) -> HttpResponse:
    """Data sets with their dictionary, releases, how to verify and to cite."""
    found = list(releases()[:SHOWN])
    sets = [
        {
            "set": each,
            "csv": reverse(f"data_{each.code}_csv"),
            "json": reverse(f"data_{each.code}_json"),
        }
        for each in datasets()
    ]
    context = {
        "sets": sets,
        "releases": found,
        "last": found[0] if found else None,
        "cited": _address(request, found[0]) if found else "",
        "licence": describing.LICENCE,
        "file_name": describing.NAME,
    }
    return render(request, "accountability/data.html", context)


@require_safe
@conditional()
def columns(request: HttpRequest, code: str) -> HttpResponse:
    """The dictionary of a data set."""
    found = next((each for each in datasets() if each.code == code), None)
    if found is None:
        raise Http404
    fields = [(field, TYPES[field.type]) for field in found.fields]
    return render(request, "accountability/columns.html", {"set": found, "fields": fields})


def _address(request: HttpRequest, found: Release) -> str:
    """Where a release stays, as it is cited."""
    return request.build_absolute_uri(reverse("data_release_zip", args=[found.version]))
