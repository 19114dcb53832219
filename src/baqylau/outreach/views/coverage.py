"""Coverage at the desk: the numbers, those never reached, plan against fact, goals."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.institutions.models import Kind
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may_somewhere
from baqylau.outreach import access
from baqylau.outreach.forms.coverage import FilterForm, GoalsForm
from baqylau.outreach.models import Goal
from baqylau.outreach.queries import coverage, tables
from baqylau.outreach.services.goals import set_goals
from baqylau.outreach.views.asked import asked
from baqylau.territories import queries as territories
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_safe
@desk(access.SEE)
def coverage_desk(request: DeskRequest) -> HttpResponse:
    """The plan's next page: institutions that were not reached, with the numbers above them."""
    question, today = asked(request), clock.today()
    units = territories.districts()
    form = FilterForm(question, units, request.GET)
    wanted = form.wanted()
    found = coverage.coverage(question.over, today)
    rows = coverage.never_reached(question.over, today, wanted)
    context = {
        "form": form,
        "over": question.over,
        "whole": found.whole,
        "percent": tables.percent(found.whole),
        "districts": tables.by_district(found, question.over),
        "page": Paginator(rows, coverage.PAGE).get_page(request.GET.get("page")),
        "can_plan": may_somewhere(request.actor, access.PLAN),
        "public": reverse("reached") + tables.query(question.over),
    }
    return render(request, "outreach/coverage.html", context)


@require_safe
@desk(access.SEE)
def plan_desk(request: DeskRequest) -> HttpResponse:
    """Plan against fact of a year."""
    question, today = asked(request, this_year=True), clock.today()
    year = question.over.year or today.year
    rows = coverage.plan(year, today)
    context = {
        "question": question,
        "year": year,
        "rows": [(row, Kind(row.goal.kind).label if row.goal.kind else "") for row in rows],
        "can_set": may_somewhere(request.actor, access.CAMPAIGNS),
    }
    return render(request, "outreach/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CAMPAIGNS)
def goals(request: DeskRequest) -> HttpResponse:
    """Set the goals of a year, for a kind and a campaign, district by district."""
    question, today = asked(request, this_year=True), clock.today()
    year, campaign = question.over.year or today.year, question.over.campaign
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind else ""
    units = territories.districts()
    known = Goal.objects.filter(year=year, campaign=campaign, kind=kind)
    initial = {f"d{row.district_id}": row.institutions for row in known}
    form = GoalsForm(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            set_goals(
                actor=request.actor,
                year=year,
                kind=kind,
                campaign=campaign,
                numbers=form.numbers(),
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The goals are set."))
            return redirect(reverse("coverage_plan") + f"?year={year}")
    every = coverage.coverage(question.over, today)
    context = {
        "form": form,
        "question": question,
        "year": year,
        "years": range(today.year - 1, today.year + 3),
        "kind": kind,
        "kinds": Kind.choices,
        "all": every.of(kind=kind),
    }
    return render(request, "outreach/goals.html", context, status=400 if form.errors else 200)
