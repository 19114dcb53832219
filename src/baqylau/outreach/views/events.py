"""Events at the desk: the list, one event, planning and changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.codes import new_code
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, may_somewhere
from baqylau.kernel.places import read_place
from baqylau.outreach import access
from baqylau.outreach.forms.events import (
    CancelForm,
    ConfirmForm,
    EventForm,
    FilterForm,
    found_bodies,
)
from baqylau.outreach.models import Event, Stage
from baqylau.outreach.queries import doubts, listing, speakers
from baqylau.outreach.queries import events as queries
from baqylau.outreach.queries.campaigns import campaigns
from baqylau.outreach.queries.work import topic
from baqylau.outreach.rules.life import may_follow
from baqylau.outreach.services import events as services
from baqylau.outreach.services.sheets import last_day
from baqylau.outreach.views.own import own_event, seen_event, way
from baqylau.staff.queries import known
from baqylau.territories.queries import districts
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_safe
@desk(access.VIEW)
def events(request: DeskRequest) -> HttpResponse:
    """The list, the newest first; no total is counted.

    Whoever sees their own events alone has them on the worklist.
    """
    if not may_somewhere(request.actor, access.SEE):
        return redirect("desk")
    units = districts()
    form = FilterForm(request.GET, districts=units, campaigns=campaigns())
    after = read_place(request.GET.get("after", "")[:40])
    wanted = form.wanted(request.GET.get("institution", ""))
    page = listing.page(wanted, request.actor.key, clock.today(), after)
    bodies = queries.names_of_institutions(page.rows)
    context = {
        "form": form,
        "page": page,
        "is_first_page": after is None,
        "rows": [{"event": row, "bodies": bodies.get(row.pk, [])} for row in page.rows],
        "today": clock.today(),
        "can_plan": may(request.actor, access.PLAN),
    }
    return render(request, "outreach/desk_events.html", context)


@require_safe
@desk(access.VIEW)
def event(request: DeskRequest, code: str) -> HttpResponse:
    """An event with everything about it, and what may be done next."""
    row = seen_event(request, code)
    can_hold = may(request.actor, access.HOLD, queries.holding(row))
    context = {
        "event": row,
        "topic": topic(row),
        "bodies": queries.institutions_of(row),
        "speakers": queries.speakers_of(row),
        "heads": queries.heads_of(row),
        "sheets": [
            {"row": each, "until": last_day(each.added_on)} for each in queries.sheets_of(row)
        ],
        "pictures": queries.pictures_of(row),
        "links": queries.links_of(row),
        "doubts": doubts.of_event(row) if may(request.actor, access.CHECK) else [],
        "author": known([row.author]).get(row.author),
        "can_hold": can_hold,
        "can_change": can_hold and may(request.actor, access.PLAN),
        "can_open_sheets": may(request.actor, access.SHEETS),
        "next": {stage.value: can_hold and may_follow(row.stage, stage) for stage in Stage},
        "is_ahead": row.on > clock.today(),
        "is_over": row.stage in {Stage.HELD, Stage.REPORTED},
    }
    return render(request, "outreach/desk_event.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.PLAN)
def plan(request: DeskRequest) -> HttpResponse:
    """Plan an event."""
    initial = {
        "code": new_code(),
        "on": clock.today(),
        "speakers": [row.code for row in speakers.speakers() if row.person == request.actor.key],
    }
    chosen = _bodies([request.GET.get("institution", "")])
    return _form_page(request, initial, chosen, None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.PLAN)
def change(request: DeskRequest, code: str) -> HttpResponse:
    """Change an event, or move it."""
    row = own_event(request, code)
    names = ("kind", "topic_kk", "topic_ru", "on", "starts_at", "ends_at", "place_kk", "place_ru")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names}
    initial |= {"district": row.district_id, "seen": row.revision}
    initial |= {"campaign": row.campaign.code if row.campaign else ""}
    initial |= {"speakers": [each.code for each in queries.speakers_of(row)]}
    return _form_page(request, initial, queries.institutions_of(row), row)


def _bodies(codes: list[str]) -> list[Institution]:
    rows = {row.code: row for row in Institution.objects.filter(code__in=[c[:8] for c in codes])}
    return [rows[code] for code in dict.fromkeys(codes) if code in rows]


def _form_page(
    request: DeskRequest, initial: dict[str, Any], chosen: list[Institution], row: Event | None
) -> HttpResponse:
    """The form; looking for an institution sends it and saves nothing yet."""
    data = request.POST.copy() if request.method == "POST" else None
    offered: list[Institution] = []
    is_looking = False
    if data is not None:
        chosen = _bodies(data.getlist("bodies"))
        is_looking = "add" in data or "take" in data
        offered = found_bodies(data.get("take", "") or data.get("find", ""))
        if len(offered) == 1:
            chosen = list(dict.fromkeys([*chosen, offered[0]]))
            data.appendlist("bodies", offered[0].code)
            data["find"], offered = "", []
    else:
        initial["bodies"] = [each.code for each in chosen]
    form = EventForm(
        None if is_looking else data,
        initial=_typed(data) if is_looking and data is not None else initial,
        districts=districts(),
        campaigns=campaigns(),
        speakers=_speakers(row),
        chosen=chosen,
    )
    context = {"form": form, "offered": offered, "event": row, "is_looking": is_looking}
    if is_looking or data is None:
        context["is_unknown"] = bool(is_looking and data and data.get("find") and not offered)
        return render(request, "outreach/desk_plan.html", context)
    if offered or (data.get("find") and not offered):
        form.add_error("find", _unfound(bool(offered)))
    if form.is_valid() and (made := _save(request, form, row)) is not None:
        messages.success(request, _("Saved.") if row else _("The event is planned."))
        return redirect("event_desk", made.code)
    return render(request, "outreach/desk_plan.html", context, status=400)


def _unfound(several: bool) -> str:
    if several:
        return _("Several institutions fit: choose one below, or write more of the name.")
    return _("No institution of the register has this name or code.")


def _typed(data: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own
    """What was typed so far, as the form's beginning."""
    several = {name: data.getlist(name) for name in ("bodies", "speakers")}
    return {**{name: data.get(name) for name in data}, **several}


def _speakers(row: Event | None) -> list[Any]:
    """Those who have not ended, and those who are down for the event."""
    today = clock.today()
    rows = [each for each in speakers.speakers() if each.until_on is None or each.until_on > today]
    return list(dict.fromkeys([*rows, *(queries.speakers_of(row) if row else [])]))


def _save(request: DeskRequest, form: EventForm, row: Event | None) -> Event | None:
    try:
        said = form.said()
        if row is None:
            return services.plan_event(actor=request.actor, said=said)
        revision = form.cleaned_data["seen"] or 0
        return services.change_event(actor=request.actor, event=row, said=said, revision=revision)
    except DomainError as error:
        add_refusal(form, error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.HOLD)
def confirm(request: DeskRequest, code: str) -> HttpResponse:
    """The institution agreed."""
    row = own_event(request, code)
    form = ConfirmForm(request.POST or None, initial={"confirmed_by": row.confirmed_by})

    def work() -> object:
        words = form.cleaned_data["confirmed_by"]
        return services.confirm_event(actor=request.actor, event=row, confirmed_by=words)

    title = _("The institution confirms")
    return ask(request, form, Asking(title, way(row), work, _("Confirmed."), press=title))


@require_POST
@desk(access.HOLD)
def held(request: DeskRequest, code: str) -> HttpResponse:
    """It was held; the report follows."""
    row = own_event(request, code)
    services.hold_event(actor=request.actor, event=row)
    messages.success(request, _("Held. Write the report while you remember."))
    return redirect("event_report", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.HOLD)
def cancel(request: DeskRequest, code: str) -> HttpResponse:
    """It is not held."""
    row = own_event(request, code)
    form = CancelForm(request.POST or None)

    def work() -> object:
        return services.cancel_event(actor=request.actor, event=row, **form.cleaned_data)

    title = _("Cancel the event")
    return ask(request, form, Asking(title, way(row), work, _("Cancelled."), press=title))
