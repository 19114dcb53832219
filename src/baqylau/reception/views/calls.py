"""A call that is due: what to say, to whom, and how it went."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.contacts.rules import shown_phone
from baqylau.contacts.services.identity import Identity
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, require
from baqylau.reception import access
from baqylau.reception.forms.calls import CallForm
from baqylau.reception.models import Call
from baqylau.reception.queries.calls import call_for, reachable, spoken
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.calls import ATTEMPTS
from baqylau.reception.services.calling import record_call, reveal_for_call, still_open_for_call
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


def _load(request: DeskRequest, number: int) -> Call:
    """The call, for somebody who may make it. Raises: UnknownCallError; NotAllowedError."""
    row = call_for(request.actor, number)
    require(at_the_desk(request.actor, clock.today()), access.CALL, row)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CALL)
def call(request: DeskRequest, number: int) -> HttpResponse:
    """The call; sent, how it went. Name and phone stay closed until they are asked for.

    A form that comes back with a fault keeps the person open who was open on it.
    """
    row = _load(request, number)
    form = CallForm(request.POST or None, call=row)
    if form.is_valid():
        try:
            made = record_call(actor=request.actor, pk=row.pk, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            said = _("Written down.") if made.closed_on else _("Nobody was reached: try again.")
            messages.success(request, said)
            return redirect("desk")
    was_open = "is_open" in request.POST
    person = still_open_for_call(actor=request.actor, row=row) if was_open else None
    return _page(request, row, form, person)


@require_POST
@desk(access.CALL)
def reveal(request: DeskRequest, number: int) -> HttpResponse:
    """Show name and phone, on this page alone; the journal keeps that they were opened."""
    row = _load(request, number)
    person = reveal_for_call(actor=request.actor, pk=row.pk)
    return _page(request, row, CallForm(call=row), person)


def _page(
    request: DeskRequest, row: Call, form: CallForm, person: Identity | None = None
) -> HttpResponse:
    kept = reachable(row)
    actor = at_the_desk(request.actor, clock.today())
    context = {
        "call": row,
        "visit": row.consultation,
        "form": form,
        "person": person,
        "phone": shown_phone(person.phone) if person and person.phone else "",
        "is_kept": kept is not None,
        "spoken": spoken(row, kept.language if kept else row.consultation.language),
        "attempts": ATTEMPTS,
        "may_read": may(actor, access.SEE, row.consultation),
        "today": clock.today(),
    }
    return render(request, "reception/call.html", context, status=400 if form.errors else 200)
