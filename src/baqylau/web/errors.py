"""Pages for what went wrong, in the person's language, each with a way on."""

import logging
import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.storage.full import FullError
from baqylau.web.context import plain
from baqylau.web.trees import is_desk

log = logging.getLogger(__name__)


FILES = (".csv", ".json", ".sig", ".zip")
"""What addresses for programs end with: those are told what went wrong in their own form."""


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if request.path_info.endswith(FILES) and not is_desk(request):
        return _problem(status, sentence)
    is_inside = is_desk(request) and bool(getattr(getattr(request, "actor", None), "key", ""))
    context = {
        "title": title,
        "sentence": sentence,
        "status": status,
        "frame": "web/desk.html" if is_inside else "web/base.html",
    }
    return render(request, "web/error.html", context, status=status)


def _problem(status: int, sentence: str) -> HttpResponse:
    """A problem document. Source: RFC 9457."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JsonResponse(
        content | {"detail": sentence},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what the browser sent could not be read."""
    return _page(
        request, 400, _("We could not read that"), _("Go back, check what was entered, try again.")
    )


def zero_byte(request: HttpRequest) -> HttpResponse:
    """400: a sign that no keyboard makes and no database keeps."""
    return _page(
        request,
        400,
        _("We could not read that"),
        _("It holds a zero byte, which is no letter. Go back, type it anew and send it again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may not."""
    return _page(
        request, 403, _("This page is not for you"), _("Your role does not include this work.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old, or came from elsewhere."""
    return _page(
        request,
        403,
        _("This form has expired"),
        _("Go back, reload the page and send the form once more. Nothing was saved."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or the page has moved. Start from the home page."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Drawn without the request, so that nothing asks the broken part again.

    A disk that filled up outside of any view, say while a session was stored, has its own sentence.
    """
    error = sys.exc_info()[1]
    status, title = 500, _("Something broke on our side")
    sentence = _("What you sent may not have been saved. Please try again in a minute.")
    if isinstance(error, FullError):
        status, title, sentence = error.status, _("This cannot be done"), error.message
    context = {
        **plain(),
        "title": title,
        "sentence": sentence,
        "status": status,
        "frame": "web/base.html",
    }
    return HttpResponse(render_to_string("web/error.html", context), status=status)


def refusal(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """A DomainError's own sentence with its own status; every other error goes its way."""
    if not isinstance(exception, DomainError):
        return None
    is_absent = exception.status == 404
    title = _("There is no such page") if is_absent else _("This cannot be done")
    return _page(request, exception.status, title, exception.message)
