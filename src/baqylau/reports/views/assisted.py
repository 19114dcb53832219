"""A report that a colleague types for somebody who is there: nothing of it stays with either."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from baqylau.reports import access
from baqylau.reports.rules import steps
from baqylau.reports.views.form import Room, first_page, turned
from baqylau.web.desk import DeskRequest, desk

DESK = Room("web/desk.html", "report_assisted", is_desk=True)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.ASSIST)
def report_assisted(request: DeskRequest) -> HttpResponse:
    """The form at the desk, on one page; the token of the desk guards it."""
    if request.method != "POST":
        return first_page(request, DESK, steps.WHOLE)
    return turned(request, DESK, request.POST.get("go", ""), is_ours=True)


# What is typed here for somebody is not kept for the colleague when the desk locks.
report_assisted.keeps_nothing = True  # type: ignore[attr-defined]  # read by staff, from any view
