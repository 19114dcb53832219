"""Slips on paper: one for a visitor, and many printed before anybody has come."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.institutions.queries import receptions
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.lawbook.queries.book import book
from baqylau.reception import access
from baqylau.reception.forms.slips import BatchForm
from baqylau.reception.models import Consultation
from baqylau.reception.queries import batches as queries
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.queries.sheets import sheets, words
from baqylau.reception.queries.slips import slip_of
from baqylau.reception.rules.numbers import reference as address_of
from baqylau.reception.services.printing import print_batch, reissue_slip
from baqylau.reception.views.consultation import load
from baqylau.reception.words import COMPLAIN
from baqylau.web import qr
from baqylau.web import queries as site
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal
from baqylau.web.trees import public_link

PAPERS: dict[str, Any] = {
    "a6": gettext_lazy("A6"),
    "roll": gettext_lazy("Roll of 80 mm"),
    "large": gettext_lazy("Large print"),
}


@dataclass(frozen=True, slots=True)
class StatusAddress:
    """Where the resident asks how far it is: as it is read and typed, and as a QR code.

    The QR code carries the number, so that only the code is left to type; never the code.
    """

    said: str
    picture: SafeString


def status_address(request: DeskRequest, number: str, language: str) -> StatusAddress:
    """The public page's address in a language."""
    with translation.override(language):
        address = public_link(request, "status")
        title = _("QR code of the page that says how far it is")
    said = address.partition("://")[2]
    return StatusAddress(said, qr.svg(f"{address}?number={address_of(number)}", title, border=2))


def card_address(request: DeskRequest, row: Consultation) -> str:
    """Where the whole card is read; "" without a service."""
    if row.service is None:
        return ""
    with translation.override(row.language):
        return public_link(request, "service", row.service.slug).partition("://")[2]


@require_safe
@desk(access.PRINT)
def slip(request: DeskRequest, reference: str) -> HttpResponse:
    """The slip of a consultation, in the resident's language, on one of three papers."""
    row = load(request, reference)
    if row.is_struck:
        raise DomainError(_("This consultation is struck out: it has no slip."))
    paper = request.GET.get("paper", "")
    paper = paper if paper in PAPERS else "a6"
    with translation.override(row.language):
        found = slip_of(row, clock.today(), book())
    context = {
        "slip": found,
        "row": row,
        "reference": address_of(row.number),
        "paper": paper,
        "papers": PAPERS.items(),
        "programme": site.organisation(row.language),
        "phone": row.room.phone or site.phone(),
        "address": status_address(request, row.number, row.language),
        "card_address": card_address(request, row),
        "complain": COMPLAIN,
    }
    return render(request, "reception/slip.html", context)


@require_POST
@desk(access.PRINT)
def reissue(request: DeskRequest, reference: str) -> HttpResponse:
    """Give a new code because the slip was lost."""
    row = load(request, reference)
    seen = request.POST.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= 4):
        raise ConflictError(_("Another slip was given for this number meanwhile."))
    reissue_slip(actor=request.actor, number=row.number, seen=int(seen))
    messages.success(request, _("The old slip opens nothing any more. Print this one."))
    return redirect("slip", address_of(row.number))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.PRINT)
def batches(request: DeskRequest) -> HttpResponse:
    """Order slips for the days without light or network; see what became of earlier ones."""
    rooms = receptions(clock.today())
    form = BatchForm(
        request.POST or None, rooms=rooms, initial={"batch": secrets.token_urlsafe(12)}
    )
    if form.is_valid():
        try:
            print_batch(actor=request.actor, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            return redirect("slips_batch", form.cleaned_data["batch"])
    page = queries.batches(_page(request), at_the_desk(request.actor, clock.today()))
    context = {"form": form, "has_rooms": bool(rooms), "page": page}
    return render(request, "reception/batches.html", context, status=400 if form.errors else 200)


def _page(request: DeskRequest) -> str | None:
    return request.GET.get("page")


@require_safe
@desk(access.PRINT)
def batch(request: DeskRequest, batch: str) -> HttpResponse:
    """The paper of a batch: sheets to fill in by hand, and the slips to give away.

    A number that a visit has taken is named without its code and printed no more.
    """
    slips = queries.printed(batch, at_the_desk(request.actor, clock.today()))
    unused = [each for each in slips if each.consultation is None]
    room = queries.slips_of(batch)[0]
    context = {
        "batch": batch,
        "slips": [
            {"slip": each, "address": status_address(request, each.number, "kk")} for each in unused
        ],
        "first": slips[0].number,
        "unused": [each.number for each in unused],
        "used": [each.number for each in slips if each.consultation],
        "room": room.room,
        "printed_on": room.printed_on,
        "phone": room.room.phone or site.phone(),
        "programme": site.organisation("kk"),
        "sheets": sheets(unused),
        "words": words(),
    }
    return render(request, "reception/batch.html", context)
