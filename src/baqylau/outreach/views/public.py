"""Whom we have reached, for everybody: coverage, those not reached, events, campaigns."""

from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.files import handing, store
from baqylau.institutions.models import Kind
from baqylau.institutions.queries import Wanted
from baqylau.kernel import clock
from baqylau.kernel.places import read_place
from baqylau.outreach.models import EventKind, Stage
from baqylau.outreach.queries import campaigns, coverage, public, tables
from baqylau.outreach.queries import events as queries
from baqylau.outreach.queries.results import of_campaign, of_event
from baqylau.outreach.services.campaigns import KINDS
from baqylau.outreach.views.asked import asked
from baqylau.territories import queries as territories


@require_safe
def reached(request: HttpRequest) -> HttpResponse:
    """Coverage: how many institutions of all, on the map, by district, kind and ownership."""
    question, today = asked(request), clock.today()
    over = question.over
    found = coverage.coverage(over, today)
    context = {
        "question": question,
        "over": over,
        "register_on": over.register_on(today),
        "whole": found.whole,
        "percent": tables.percent(found.whole),
        "tiles": tables.tiles(found, over),
        "caption": _(
            "How many institutions we have reached; deeper colour for a larger part of all"
        ),
        "districts": tables.by_district(found, over),
        "kinds": tables.by_kind(found),
        "ownerships": tables.by_ownership(found),
        "to_come": public.to_come(today),
        "events_query": tables.query(over),
    }
    return render(request, "outreach/reached.html", context)


@require_safe
def reached_district(request: HttpRequest, kato: str) -> HttpResponse:
    """A district: how many of each kind, and the list of those not reached."""
    unit = territories.district(kato)
    question, today = asked(request), clock.today()
    kind = request.GET.get("kind", "")
    wanted = Wanted(district=kato, kind=kind if kind in Kind else "")
    found = coverage.coverage(question.over, today).inside(kato)
    rows = coverage.never_reached(question.over, today, wanted)
    context = {
        "unit": unit,
        "over": question.over,
        "register_on": question.over.register_on(today),
        "whole": found.whole,
        "percent": tables.percent(found.whole),
        "kinds": tables.by_kind(found),
        "kind": wanted.kind,
        "kind_name": Kind(wanted.kind).label if wanted.kind else "",
        "page": Paginator(rows, coverage.PAGE).get_page(request.GET.get("page")),
        "back": tables.query(question.over),
    }
    return render(request, "outreach/reached_district.html", context)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events, the newest first, fifty a page."""
    question = asked(request)
    units = {unit.kato: unit for unit in territories.districts()}
    district, kind = request.GET.get("district", ""), request.GET.get("event_kind", "")
    wanted = public.Narrowed(
        over=question.over,
        district=district if district in units else "",
        kind=kind if kind in EventKind else "",
        first=_day(request, "from"),
        until=_day(request, "until"),
        is_held="held" in request.GET,
    )
    after = read_place(request.GET.get("after", "")[:40])
    context = {
        "question": question,
        "over": question.over,
        "units": units.values(),
        "district": wanted.district,
        "page": public.listed(wanted, after),
    }
    return render(request, "outreach/events_public.html", context)


def _day(request: HttpRequest, name: str) -> date | None:
    """A day of the address; None for none."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    """One event: where, about what, how many came, what the test said, what shows it."""
    found = queries.event(code)
    is_over = found.stage in {Stage.HELD, Stage.REPORTED}
    context = {
        "event": found,
        "bodies": queries.institutions_of(found),
        "is_over": is_over,
        "is_cancelled": found.stage == Stage.CANCELLED,
        "pictures": queries.pictures_of(found, only_public=True) if is_over else [],
        "links": queries.links_of(found),
        "result": of_event(found) if is_over else None,
    }
    return render(request, "outreach/event_public.html", context)


@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """A campaign: its aim, whom it reached, what its events taught, what it gives out."""
    found, today = campaigns.campaign(code), clock.today()
    over = coverage.Over(0, found)
    tally = coverage.coverage(over, today).whole
    context = {
        "campaign": found,
        "whole": tally,
        "percent": tables.percent(tally),
        "materials": [
            (row, KINDS.get(row.file.media_type, "")) for row in campaigns.materials_of(found)
        ],
        "page": public.listed(public.Narrowed(over)),
        "result": of_campaign(found),
        "query": tables.query(over),
    }
    return render(request, "outreach/campaign_public.html", context)


@require_safe
def picture(_request: HttpRequest, digest: str) -> HttpResponse:
    """A picture whose people agreed."""
    if not public.is_shown(digest):
        raise Http404
    return handing.shown(digest)


@require_safe
def material(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a campaign gives out, as a file to keep."""
    found = campaigns.material(pk)
    kind = found.file.media_type
    name = f"{found.campaign.code}-{pk}.{KINDS.get(kind, 'bin')}"
    return FileResponse(
        store.read(found.file_id), as_attachment=True, filename=name, content_type=kind
    )
