"""The visitor behind a consultation: opened for a reason, taken back, erased on request."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.contacts import services as contacts
from baqylau.contacts.access import CHANGE, ERASE, REVEAL
from baqylau.contacts.rules import shown_phone
from baqylau.reception.forms.visitor import ReasonForm
from baqylau.reception.models import Consultation
from baqylau.reception.rules.numbers import reference as address_of
from baqylau.reception.views.consultation import context_of, load
from baqylau.web.desk import DeskRequest, desk


def _named(request: DeskRequest, reference: str) -> Consultation:
    """The consultation of a visitor who is known."""
    row = load(request, reference)
    if not row.contact:
        raise Http404
    return row


@require_POST
@desk(REVEAL)
def person(request: DeskRequest, reference: str) -> HttpResponse:
    """Name and phone, once, on the page that answers; the journal keeps who asked and why."""
    row = _named(request, reference)
    form = ReasonForm(request.POST)
    context = context_of(request, row)
    if not form.is_valid():
        return render(
            request, "reception/consultation.html", {**context, "reasons": form}, status=400
        )
    found = contacts.reveal(
        actor=request.actor, key=row.contact, reason=form.cleaned_data["reason"]
    )
    context["person"] = {
        "name": found.name,
        "phone": found.phone,
        "shown": shown_phone(found.phone) if found.phone else "",
    }
    return render(request, "reception/consultation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(CHANGE)
def withdraw(request: DeskRequest, reference: str) -> HttpResponse:
    """Ask once more, then take the consent back: name and phone are closed at once."""
    row = _named(request, reference)
    if request.method == "POST":
        contacts.withdraw(actor=request.actor, key=row.contact)
        messages.success(
            request, _("Taken back. Name and phone are closed, and erased within a day.")
        )
        return redirect("consultation", address_of(row.number))
    context = {"row": row, "reference": address_of(row.number)}
    return render(request, "reception/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(ERASE)
def erase(request: DeskRequest, reference: str) -> HttpResponse:
    """Ask once more, then forget the visitor in every room; the counts stay right."""
    row = _named(request, reference)
    if request.method == "POST":
        contacts.erase(actor=request.actor, key=row.contact)
        messages.success(request, _("Erased: name, phone, and what was written about them."))
        return redirect("consultation", address_of(row.number))
    visits = Consultation.objects.filter(contact=row.contact).count()
    context = {"row": row, "reference": address_of(row.number), "visits": visits}
    return render(request, "reception/erase.html", context)
