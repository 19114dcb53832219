"""Names at the desk: officers ask, custodians decide, who was granted a name reads it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may_somewhere, require
from baqylau.reports import access
from baqylau.reports.forms.keys import AskNameForm, DecideForm, PassphraseForm
from baqylau.reports.models import NameRequest, Report
from baqylau.reports.queries import names as queries
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.names import (
    VERSION,
    ask_for_name,
    grant_name,
    open_name,
    read_note,
    refuse_name,
)
from baqylau.reports.views.forgetting import forgetting
from baqylau.staff.queries import known
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@dataclass(frozen=True, slots=True)
class Row:
    """A request, with the name of who asked."""

    request: NameRequest
    asker: str
    is_own: bool


@forgetting
@require_safe
@desk(access.KEY)
def names(request: DeskRequest) -> HttpResponse:
    """For custodians what waits; for officers what they have asked, and what came of it."""
    waiting = queries.open_requests() if may_somewhere(request.actor, access.CUSTODY) else ()
    people = known(row.asker for row in waiting)
    context = {
        "is_custodian": may_somewhere(request.actor, access.CUSTODY),
        "waiting": [
            Row(
                row,
                people[row.asker].name if row.asker in people else "—",
                row.asker == request.actor.key,
            )
            for row in waiting
        ],
        "is_officer": may_somewhere(request.actor, access.LIST),
        "asked": queries.requests_of(request.actor.key),
    }
    return render(request, "reports/names.html", context)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CUSTODY)
def decide(request: DeskRequest, number: str) -> HttpResponse:
    """A custodian reads the note with their key, then decides with their key."""
    row = queries.request_of(number)
    if row is None:
        raise Http404
    is_reading = request.POST.get("step") == "read"
    reading = PassphraseForm(request.POST if is_reading else None, prefix="read")
    form = DecideForm(request.POST if request.POST.get("step") == "decide" else None)
    note, is_closed = "", False
    if reading.is_valid():
        try:
            key = opened_by_passphrase(request.actor, reading.cleaned_data["passphrase"])
            note = read_note(actor=request.actor, own=key, row=row)
        except DomainError as error:
            is_closed = error.code == "wrap_closed"
            if not is_closed:
                add_refusal(reading, error)
    if form.is_valid() and _decided(request, row, form):
        return redirect("reports_names")
    people = known([row.asker])
    context = {
        "row": row,
        "asker": people[row.asker].name if people else "—",
        "is_own": row.asker == request.actor.key,
        "is_open": row.state == NameRequest.State.ASKED,
        "reading": reading,
        "form": form,
        "note": note,
        "is_closed": is_closed,
        "has_read": is_reading and not reading.errors,
    }
    status = 400 if form.errors or reading.errors else 200
    return render(request, "reports/name_decide.html", context, status=status)


def _decided(request: DeskRequest, row: NameRequest, form: DecideForm) -> bool:
    """Carry the decision out; False when the form has to be shown again."""
    decision = form.cleaned_data["decision"]
    try:
        key = opened_by_passphrase(request.actor, form.cleaned_data["passphrase"])
        if decision == "grant":
            grant_name(actor=request.actor, own=key, row=row)
            messages.success(request, _("The officer who asked can open the name now."))
        else:
            refuse_name(actor=request.actor, row=row, refusal=decision)
            messages.success(request, _("The name stays closed; the officer sees why."))
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.READ)
def name(request: DeskRequest, report: str) -> HttpResponse:
    """An officer asks for the name of a report's reporter, or reads it once it is granted."""
    found = Report.objects.filter(pk=report).first()
    if found is None:
        raise Http404
    require(request.actor, access.READ, found)
    if queries.may_open(request.actor.key, found):
        return _opened(request, found)
    form = AskNameForm(request.POST or None)
    if form.is_valid():
        try:
            ask_for_name(
                actor=request.actor,
                report=found,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(
                request, _("The custodians are asked. You will see their answer here.")
            )
            return redirect("reports_names")
    context = {"report": found, "form": form}
    return render(request, "reports/name_ask.html", context, status=400 if form.errors else 200)


def _opened(request: DeskRequest, found: Report) -> HttpResponse:
    """The name itself, after the passphrase; every opening is told in the sealed journal."""
    form = PassphraseForm(request.POST or None)
    rows: list[list[tuple[str, str]]] | None = None
    if form.is_valid():
        try:
            key = opened_by_passphrase(request.actor, form.cleaned_data["passphrase"])
            given = open_name(actor=request.actor, own=key, report=found)
        except DomainError as error:
            add_refusal(form, error)
        else:
            rows = [
                [(_label(code), str(text)) for code, text in each.items() if code != VERSION]
                for each in given
            ]
    context = {"report": found, "form": form, "rows": rows}
    return render(request, "reports/name_open.html", context, status=400 if form.errors else 200)


def _label(code: str) -> str:
    """What a field of the name is called."""
    labels = {
        "name": _("Name"),
        "phone": _("Telephone"),
        "contact": _("How to reach them"),
        "reach": _("How to reach them"),
        "address": _("Address"),
        "email": _("E-mail"),
        "note": _("More"),
    }
    return labels.get(code, code)
