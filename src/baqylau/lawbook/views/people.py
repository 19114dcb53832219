"""Public pages: the working calendar, and a deadline counted and explained."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.law.deadline import Deadline
from baqylau.law.explain import account, caveats, standing_in_words
from baqylau.law.standing import remaining
from baqylau.law.words import reader
from baqylau.lawbook.forms import CountForm
from baqylau.lawbook.queries.book import deadline, working_calendar
from baqylau.lawbook.queries.calendar import year_page
from baqylau.lawbook.questions import QUESTIONS


@require_safe
def calendar(request: HttpRequest, year: int = 0) -> HttpResponse:
    """A year of working days, holidays and moved days off; this year without a number."""
    today = clock.today()
    page = year_page(year or today.year, working_calendar())
    if page is None:
        raise Http404
    return render(request, "lawbook/calendar.html", {"page": page, "today": today})


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """Count one deadline and say how it was counted."""
    form = CountForm(request.GET if "on" in request.GET else None)
    answer: dict[str, object] = {}
    status = 200
    if form.is_valid():
        rule_id, on = form.cleaned_data["rule"], form.cleaned_data["on"]
        try:
            answer = _answer(deadline(rule_id, on), clock.today())
            answer["question"] = QUESTIONS[rule_id]
        except DomainError as error:
            form.add_error("on", error.message)
            status = error.status
    context = {"form": form, "answer": answer}
    return render(request, "lawbook/count.html", context, status=status)


def _answer(counted: Deadline, today: date) -> dict[str, object]:
    """What the page says about a deadline."""
    language = reader.language()
    standing = remaining(counted, today, working_calendar())
    return {
        "due_on": counted.due_on,
        "standing": standing_in_words(standing, language),
        "account": account(counted, language),
        "caveats": caveats(counted, language),
        "checked": [rule for rule in counted.rules if rule.is_verified],
    }
