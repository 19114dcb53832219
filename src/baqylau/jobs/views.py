"""What runs by the clock, for the administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.jobs.queries import duties, waiting_letters
from baqylau.web.desk import DeskRequest, desk

SEE = "jobs.see"


@require_safe
@desk(SEE)
def clock_page(request: DeskRequest) -> HttpResponse:
    """Every duty with its last run, and the letters that wait."""
    return render(request, "jobs/clock.html", {"duties": duties(), "letters": waiting_letters()})
