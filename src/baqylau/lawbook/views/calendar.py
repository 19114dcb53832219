"""The working calendar at the desk: a year, its special days, transfers, the decree."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel import clock
from baqylau.kernel.permissions import may
from baqylau.law.dates import date_in_words
from baqylau.law.words import reader
from baqylau.lawbook.forms import ConfirmForm, EmptyForm, SpecialDayForm, TransferForm
from baqylau.lawbook.queries.book import book
from baqylau.lawbook.queries.calendar import (
    YearPage,
    change,
    changes,
    changes_of_edition,
    changes_of_year,
    latest_calendar_changes,
    moved_by,
    year_page,
)
from baqylau.lawbook.queries.people import names
from baqylau.lawbook.rights import CALENDAR, SEE
from baqylau.lawbook.services import calendar as services
from baqylau.lawbook.views.proposal import Proposal, propose
from baqylau.web.desk import DeskRequest, desk

PART = "lawbook/days_changed.html"


def _page(year: int) -> YearPage:
    page = year_page(year, book().calendar)
    if page is None:
        raise Http404
    return page


@require_safe
@desk(SEE)
def year(request: DeskRequest, year: int = 0) -> HttpResponse:
    """A year with its special days, and who changed what; this year without a number."""
    today = clock.today()
    page = _page(year or today.year)
    rows = changes_of_year(page.year.year)
    context = {
        "page": page,
        "changes": rows,
        "names": names(row.changed_by for row in rows),
        "today": today,
        "may_edit": may(request.actor, CALENDAR),
    }
    return render(request, "lawbook/desk_calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(CALENDAR)
def transfer(request: DeskRequest, year: int) -> HttpResponse:
    """Enter a day off moved by a decree."""
    page = _page(year)
    data = request.POST if request.method == "POST" else None
    form = TransferForm(data, initial={"decree": page.year.source})
    proposal = Proposal(
        title=_("A day off moved by a decree"),
        back=reverse("lawbook_calendar", args=[year]),
        back_label=str(year),
        work=lambda seen: services.move_day_off(
            **form.cleaned_data, actor=request.actor, seen=seen
        ),
        look=latest_calendar_changes,
        part=PART,
    )
    return propose(request, form, proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(CALENDAR)
def special_day(request: DeskRequest, year: int, on: str = "") -> HttpResponse:
    """Write one special day, a new one or one that is there."""
    page = _page(year)
    known = next((day for day in page.days if day.on.isoformat() == on), None)
    if on and known is None:
        raise Http404
    initial: dict[str, object] = {}
    if known is not None:
        reasons = {f"reason_{code}": text for code, text in known.reason.as_dict().items()}
        initial = {
            **reasons,
            "on": known.on,
            "kind": known.kind.value,
            "source": known.source,
            "is_estimated": known.is_estimated,
        }
    form = SpecialDayForm(request.POST if request.method == "POST" else None, initial=initial)
    proposal = Proposal(
        title=_("A special day"),
        back=reverse("lawbook_calendar", args=[year]),
        back_label=str(year),
        work=lambda seen: services.set_day(day=form.day(), actor=request.actor, seen=seen),
        look=latest_calendar_changes,
        part=PART,
    )
    return propose(request, form, proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(CALENDAR)
def clear(request: DeskRequest, year: int, on: str) -> HttpResponse:
    """Return a day to the plain week."""
    known = next((day for day in _page(year).days if day.on.isoformat() == on), None)
    if known is None:
        raise Http404
    day: date = known.on
    said = date_in_words(day, reader.language())
    proposal = Proposal(
        title=_("Back to the plain week: %(day)s") % {"day": said},
        back=reverse("lawbook_calendar", args=[year]),
        back_label=str(year),
        work=lambda seen: services.clear_day(on=day, actor=request.actor, seen=seen),
        look=latest_calendar_changes,
        part=PART,
        intro=_("If a decree moved this day, look at the other day that it moved, too."),
    )
    return propose(request, EmptyForm(request.POST or None), proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(CALENDAR)
def confirm(request: DeskRequest, year: int) -> HttpResponse:
    """Say that the transfers of a year are known, and by which decree."""
    page = _page(year)
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(
        data, initial={"is_confirmed": page.year.is_confirmed, "decree": page.year.source}
    )
    proposal = Proposal(
        title=_("Confirm the calendar of %(year)s") % {"year": year},
        back=reverse("lawbook_calendar", args=[year]),
        back_label=str(year),
        work=lambda seen: services.confirm_year(
            year=year, **form.cleaned_data, actor=request.actor, seen=seen
        ),
        look=latest_calendar_changes,
        part=PART,
        intro=_("Enter the days that the decree moves first, then confirm the year."),
    )
    return propose(request, form, proposal)


@require_safe
@desk(SEE)
def all_changes(request: DeskRequest) -> HttpResponse:
    """The latest changes of rules and calendar."""
    rows = changes()
    context = {"changes": rows, "names": names(row.changed_by for row in rows)}
    return render(request, "lawbook/changes.html", context)


@require_safe
@desk(SEE)
def one_change(request: DeskRequest, edition: int) -> HttpResponse:
    """One change, with the deadlines that it moved: both dates."""
    row = change(edition)
    if row is None:
        raise Http404
    moved = moved_by(edition)
    context = {
        "change": row,
        "names": names([row.changed_by]),
        "shown": changes_of_edition(edition),
        "moved": moved,
        "moved_count": row.moved,
        "is_cut": row.moved > len(moved),
    }
    return render(request, "lawbook/change.html", context)
