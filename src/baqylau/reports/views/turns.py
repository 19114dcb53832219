"""The waiting page: under load it stands between a form and what is slow, and keeps the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baqylau.reports.services import admission
from baqylau.reports.services.admission import Wait
from baqylau.web.networks import network_of


def turn_or_wait(request: HttpRequest) -> HttpResponse | None:
    """None when the request may derive a key now; else the waiting page as its answer.

    Ask it after everything cheap has passed: `strangers.guard`, the form's token, the shape of what
    was typed, the check digits. The page holds all words of the form as hidden fields and sends
    them to the same address; files it cannot hold, so a form that is slow carries none.
    """
    ticket = request.POST.get(admission.FIELD, "")
    wait = admission.admit(network=network_of(request), ticket=ticket)
    return None if wait is None else waiting_page(request, wait)


def waiting_page(request: HttpRequest, wait: Wait) -> HttpResponse:
    """Say when to press the button again; everything typed stays in the page."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name != admission.FIELD
        for value in values
    ]
    context = {
        "kept": kept,
        "field": admission.FIELD,
        "ticket": wait.ticket,
        "seconds": wait.seconds,
        "action": request.path,
    }
    answer = render(request, "reports/turn.html", context, status=503)
    answer.headers["Retry-After"] = str(wait.seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer
