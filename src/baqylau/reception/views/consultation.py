"""The page of one consultation, and striking it out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.contacts.access import CHANGE, ERASE, REVEAL
from baqylau.kernel import clock
from baqylau.kernel.permissions import may, require
from baqylau.reception import access
from baqylau.reception.forms.striking import StrikeForm
from baqylau.reception.forms.visitor import ReasonForm
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import consultation as find
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.queries.showing import page_of
from baqylau.reception.rules.numbers import reference as address_of
from baqylau.reception.services import note_opened, strike_consultation
from baqylau.web.desk import DeskRequest, desk


def load(request: DeskRequest, reference: str, action: str = access.SEE) -> Consultation:
    """The consultation, for somebody who may do the action on it.

    Raises: UnknownConsultationError; NotAllowedError.
    """
    row = find(reference)
    require(at_the_desk(request.actor, clock.today()), action, row)
    return row


@require_safe
@desk(access.SEE)
def consultation(request: DeskRequest, reference: str) -> HttpResponse:
    """A consultation: its number, what was asked and answered, what follows from it."""
    row = load(request, reference)
    if row.contact and request.method == "GET":
        note_opened(actor=request.actor, row=row)
    return render(request, "reception/consultation.html", context_of(request, row))


def context_of(request: DeskRequest, row: Consultation) -> dict[str, object]:
    """What the page of a consultation needs."""
    actor = at_the_desk(request.actor, clock.today())
    return {
        "page": page_of(row),
        "row": row,
        "reference": address_of(row.number),
        "can_correct": may(actor, access.CORRECT, row) and not row.is_struck,
        "can_reveal": may(actor, REVEAL),
        "can_change": may(actor, CHANGE),
        "can_erase": may(actor, ERASE),
        "reasons": ReasonForm(),
        "person": None,
        "today": clock.today(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CORRECT)
def strike(request: DeskRequest, reference: str) -> HttpResponse:
    """Ask why, then strike the consultation out."""
    row = load(request, reference, access.CORRECT)
    if row.is_struck:
        return redirect("consultation", address_of(row.number))
    form = StrikeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        strike_consultation(actor=request.actor, number=row.number, **form.cleaned_data)
        messages.success(request, _("Struck out: it is counted no more and stays to be seen."))
        return redirect("consultation", address_of(row.number))
    context = {"row": row, "reference": address_of(row.number), "form": form}
    status = 400 if form.errors else 200
    return render(request, "reception/strike.html", context, status=status)
