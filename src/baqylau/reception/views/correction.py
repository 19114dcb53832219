"""Correcting a consultation on the same screen, the visitor left aside."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel.errors import DomainError
from baqylau.reception import access
from baqylau.reception.forms.consultation import UNLISTED, ConsultationForm, visit_of
from baqylau.reception.models import Consultation
from baqylau.reception.queries.drafts import opened
from baqylau.reception.rules.drafts import AGAIN, NAMES
from baqylau.reception.rules.numbers import reference as address_of
from baqylau.reception.services import correct_consultation, drop_draft
from baqylau.reception.taxonomy import Origin
from baqylau.reception.views.consultation import load
from baqylau.reception.views.refusing import read_earlier, refuse, refuse_the_rest_of
from baqylau.reception.views.screen import Typed, draw, form_of, typed_in
from baqylau.web.desk import DeskRequest, desk

LEFT_ASIDE = (*NAMES, "agreed", "contact", "slip", "call_on", "is_sheet")
"""Fields of the screen that a correction does not touch."""
CHANGED = (
    "language",
    "channel",
    "room",
    "kind",
    "result",
    "held_on",
    "district",
    "service",
    "is_unlisted",
    "body",
    "part",
    "answer",
    "acted_as",
    "continues",
)


def as_typed(row: Consultation) -> Typed:
    """The consultation as its screen would have been filled in."""
    return {
        "language": row.language,
        "channel": row.channel,
        "room": row.room.code,
        "kind": row.kind,
        "result": row.result,
        "held_on": row.held_on.isoformat(),
        "district": "" if row.territory_id == row.room.district_id else row.territory_id,
        "service": row.service.code if row.service else UNLISTED if row.is_unlisted else "",
        "body": row.body.code if row.body else "",
        "part": row.part,
        "answer": row.answer,
        "acted_as": row.acted_as,
        "earlier": row.continues.number if row.continues else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CORRECT)
def correct(request: DeskRequest, reference: str) -> HttpResponse:
    """Correct it; words that were typed after it had been saved stand in the form already."""
    row = load(request, reference, access.CORRECT)
    if request.method != "POST":
        again = opened(request.actor, row.idempotency_key + AGAIN)
        typed = as_typed(row) | (_touched(again.fields) if again else {})
        return _page(request, row, form_of(typed, is_checked=False))
    typed = _touched(typed_in(request.POST.dict()))
    for button, field in (("take_service", "service"), ("take_body", "body")):
        if button in request.POST:
            typed[field] = request.POST[button][:24]
            return _page(request, row, form_of(typed, is_checked=False))
    if request.POST.get("do") == "find":
        return _page(request, row, form_of(typed, is_checked=False))
    return _save(request, row, typed)


def _touched(fields: Mapping[str, str]) -> Typed:
    return {name: text for name, text in fields.items() if name not in LEFT_ASIDE}


def _page(request: DeskRequest, row: Consultation, form: ConsultationForm) -> HttpResponse:
    seen = request.POST.get("seen", "")
    more: dict[str, Any] = {
        "row": row,
        "reference": address_of(row.number),
        "seen": seen if seen.isdecimal() else row.edition,
        "token": "",
    }
    return draw(request, form, template="reception/correct.html", **more)


def _save(request: DeskRequest, row: Consultation, typed: Typed) -> HttpResponse:
    form = form_of(typed, is_checked=True)
    is_whole = form.is_valid()
    if _read_earlier(request, row, form) and is_whole:
        try:
            _correct(request, row, form)
        except DomainError as error:
            refuse(form, error)
        else:
            drop_draft(actor=request.actor, token=row.idempotency_key + AGAIN)
            messages.success(
                request,
                _("Corrected. The journal keeps what changed, but no earlier words."),
            )
            return redirect("consultation", address_of(row.number))
    refuse_the_rest_of(row, form)
    return _page(request, row, form)


def _read_earlier(request: DeskRequest, row: Consultation, form: ConsultationForm) -> bool:
    """The visit that it hangs on already needs no code again."""
    typed = form.cleaned_data.get("earlier")
    if row.continues and row.continues.number == typed:
        return True
    return read_earlier(request.actor, form)


def _correct(request: DeskRequest, row: Consultation, form: ConsultationForm) -> None:
    data = form.cleaned_data
    data["held_on"] = data["held_on"] or row.held_on
    visit = visit_of({**data, "is_sheet": row.origin == Origin.SHEET})
    seen = request.POST.get("seen", "")
    correct_consultation(
        actor=request.actor,
        number=row.number,
        seen=int(seen[:6]) if seen.isdecimal() else row.edition,
        **{name: getattr(visit, name) for name in CHANGED},
    )
