"""Texts that a lock interrupted, shown to their author alone."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from baqylau.staff import queries, services
from baqylau.staff.middleware import seat_of
from baqylau.staff.models import User
from baqylau.staff.services.kept import KEPT_FOR
from baqylau.web.desk import DeskRequest, desk


def _author(request: DeskRequest) -> User:
    user = seat_of(request).user
    if user is None:
        raise Http404
    return user


@require_safe
@desk()
def kept(request: DeskRequest) -> HttpResponse:
    """What was kept for the person, each with its way on: send it, go back to its page, discard."""
    texts = queries.kept_texts(_author(request), KEPT_FOR)
    return render(request, "staff/kept.html", {"texts": texts})


@require_safe
@desk()
def kept_fields(request: DeskRequest, number: int) -> HttpResponse:
    """The fields of one kept text as JSON, for the script that fills them in again."""
    for text in queries.kept_texts(_author(request), KEPT_FOR):
        if text.number == number:
            return JsonResponse({"fields": text.fields})
    raise Http404


@require_POST
@desk()
def drop(request: DeskRequest, number: int) -> HttpResponse:
    """Forget one kept text."""
    services.drop_kept(user=_author(request), number=number)
    return redirect("staff_kept")
