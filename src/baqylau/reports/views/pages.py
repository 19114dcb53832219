"""The public pages around the form: what to do today, what protects, the lists of slips."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel import clock
from baqylau.reports.forms.slips import SlipForm
from baqylau.reports.queries import weeks
from baqylau.reports.queries.holders import readiness
from baqylau.reports.rules.endings import MONTHS
from baqylau.reports.taxonomy import Ending, Stage
from baqylau.reports.views.form import PURPOSE as FORM
from baqylau.reports.views.told import unkept
from baqylau.seal.errors import SealError
from baqylau.web import strangers
from baqylau.web.queries import safe_channel

PURPOSE = "reports.slips"
LIMIT = 60_000
"""Bytes of a form with a slip; a slip has about 300 characters."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Three ways in, and the honest part before them all."""
    return _page(request, "reports/start.html", Stage.SEEN)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Money was asked and not paid: what to do today."""
    return _page(request, "reports/asked.html", Stage.ASKED)


@require_safe
def paid(request: HttpRequest) -> HttpResponse:
    """Something was paid already: what to do today."""
    return _page(request, "reports/paid.html", Stage.PAID)


@require_safe
def guarded(request: HttpRequest) -> HttpResponse:
    """What protects a reporter here, and what does not."""
    kept = [(Ending(code).label, months) for code, months in MONTHS.items()]
    return unkept(render(request, "reports/guard.html", {"kept": kept}))


def _page(request: HttpRequest, template: str, stage: str) -> HttpResponse:
    context = {
        "is_open": readiness(clock.today()).is_open,
        "channel": safe_channel(),
        "is_training": settings.IS_TRAINING,
        "stage": stage,
        "purpose": FORM,
    }
    return unkept(render(request, template, context))


@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """The weekly lists, and what they say about a slip."""
    if request.method != "POST":
        return _slips(request, SlipForm())
    strangers.guard(request, LIMIT)
    form = SlipForm(request.POST)
    if not strangers.is_ours(request.POST, PURPOSE):
        form.add_error(None, _("This page was open for too long. Press the button once more."))
        return _slips(request, form, status=400)
    return _answered(request, form)


def _answered(request: HttpRequest, form: forms.Form) -> HttpResponse:
    finding = None
    if form.is_valid():
        try:
            finding = weeks.look_up(form.cleaned_data["slip"])
        except SealError as error:
            form.add_error("slip", error.message)
    return _slips(request, form, finding, status=400 if form.errors else 200)


def _slips(
    request: HttpRequest,
    form: forms.Form,
    finding: weeks.Finding | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "finding": finding,
        "weeks": weeks.lists(),
        "key": weeks.public_key().hex(),
        "purpose": PURPOSE,
    }
    return unkept(render(request, "reports/slips.html", context, status=status))


@require_safe
def slip_list(_request: HttpRequest, week: str) -> HttpResponse:
    """The signed list of a week, as it was published."""
    found = weeks.list_of(week)
    if found is None:
        raise Http404
    answer = HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="slips-{found.week}.txt"'
    return answer
