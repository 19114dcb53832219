"""What every page of reports has in common: nobody keeps it, and a closed form says where to go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baqylau.web.queries import safe_channel


def unkept(answer: HttpResponse) -> HttpResponse:
    """Told to browsers and to what is on the way: keep nothing of this."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def closed(request: HttpRequest, frame: str) -> HttpResponse:
    """Why no report can be taken in just now, and who can help meanwhile."""
    context = {"frame": frame, "channel": safe_channel()}
    return unkept(render(request, "reports/closed.html", context))
