"""One's own events in one's own calendar: a secret address, and what is read there."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baqylau.documents.icalendar import calendar
from baqylau.kernel import clock
from baqylau.outreach import access
from baqylau.outreach.queries import feeds as queries
from baqylau.outreach.services.feeds import make_feed, revoke_feed
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk(access.VIEW)
def reminders(request: DeskRequest) -> HttpResponse:
    """One's own calendar address."""
    return _page(request)


@require_POST
@desk(access.VIEW)
def new_feed(request: DeskRequest) -> HttpResponse:
    """Make an address and show it, this once; an earlier one ends."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    token = make_feed(actor=request.actor, language=language)
    return _page(request, request.build_absolute_uri(reverse("events_feed", args=[token])))


@require_POST
@desk(access.VIEW)
def end_feed(request: DeskRequest) -> HttpResponse:
    """End the address."""
    if revoke_feed(actor=request.actor):
        messages.success(request, _("The address leads nowhere any more."))
    return redirect("events_calendar")


def _page(request: DeskRequest, address: str = "") -> HttpResponse:
    context = {"address": address, "feed": queries.own_feed(request.actor)}
    return render(request, "outreach/desk_calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address: days, hours, places; no person's name, no session."""
    found = queries.feed_of(token)
    reader = queries.reader_of(found) if found else None
    if found is None or reader is None:
        return HttpResponseNotFound("404\n", content_type="text/plain")
    with translation.override(found.language):
        base = request.build_absolute_uri("/").rstrip("/")
        events = list(queries.events(reader, clock.today(), base))
        content = calendar(_("My events"), events, clock.now())
    headers = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
