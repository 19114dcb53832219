"""The public page of signed heads, and the two files that anybody can save."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.journal.heads import as_json, as_text
from baqylau.journal.queries import signed_heads

SHOWN = 14
"""Heads on the page: a week of both chains; the files hold all."""


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """What the heads are for, the newest of them, and where to save them all."""
    newest = signed_heads(SHOWN)[::-1]
    key = newest[0].key if newest else ""
    return render(request, "journal/heads.html", {"heads": newest, "key": key})


@require_safe
def heads_json(_request: HttpRequest) -> HttpResponse:
    """All heads as JSON."""
    return JsonResponse(as_json(signed_heads()), json_dumps_params={"indent": 1})


@require_safe
def heads_text(_request: HttpRequest) -> HttpResponse:
    """All heads as text, one a line."""
    return HttpResponse(as_text(signed_heads()), content_type="text/plain; charset=utf-8")
