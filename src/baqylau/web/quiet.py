"""The harmless screen: a month's calendar, which anybody may see over anybody's shoulder."""

from calendar import Calendar
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from baqylau.kernel import clock
from baqylau.web.trees import own_address

KEPT = "quiet_next"
"""Session key: the page that was hidden. Its address never stands on the harmless screen."""

LONGEST = 2_000
"""Characters of that address: anybody may write it, and it is stored."""


def month(day: date) -> list[list[date | None]]:
    """The weeks of the day's month, Monday first; None stands for days of other months."""
    weeks = Calendar().monthdatescalendar(day.year, day.month)
    return [[each if each.month == day.month else None for each in week] for week in weeks]


def calendar() -> dict[str, object]:
    """What the calendar shows: today, its month by weeks, and a week for the weekdays' names."""
    today = clock.today()
    week = Calendar().monthdatescalendar(today.year, today.month)[0]
    return {"today": today, "weeks": month(today), "weekdays": week}


@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    """POST hides a page and remembers it; `?back` returns to it; GET shows the calendar."""
    if request.method == "POST":
        request.session[KEPT] = request.POST.get("next", "")[:LONGEST]
        return redirect("desk_quiet")
    if "back" in request.GET:
        return redirect(own_address(request, request.session.pop(KEPT, "")))
    return render(request, "web/quiet.html")
