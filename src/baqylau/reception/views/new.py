"""Taking a consultation: one screen that loses nothing and writes nothing twice."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.contacts.services import find_by_phone
from baqylau.kernel.errors import DomainError
from baqylau.reception import access
from baqylau.reception.forms.consultation import (
    QUERY_LIMIT,
    ConsultationForm,
    newcomer_of,
    visit_of,
)
from baqylau.reception.models import Consultation
from baqylau.reception.queries import drafts, screen
from baqylau.reception.rules.drafts import AGAIN, new_token
from baqylau.reception.rules.numbers import reference
from baqylau.reception.services import drop_draft, keep_draft, take_consultation
from baqylau.reception.services.correcting import says_same
from baqylau.reception.services.earlier import earlier_visit
from baqylau.reception.services.recording import KEY, Recorded, written
from baqylau.reception.taxonomy import Result
from baqylau.reception.views.refusing import read_earlier, refuse, refuse_the_rest
from baqylau.reception.views.screen import Handler, Typed, blank, draw, form_of, typed_in
from baqylau.storage.full import FullError
from baqylau.territories.labels import language as spoken
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

SCRIPT: Final = "X-Baqylau-Keep"
"""The head by which the page's own script says that it keeps a draft."""


def address(token: str, **more: str) -> str:
    """The screen under a token: the token stands in the address, so that nothing is lost."""
    return f"{reverse('consultation_new')}?{urlencode({'draft': token, **more})}"


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.RECORD)
def new(request: DeskRequest) -> HttpResponse:
    """The screen. Every POST carries the token that the consultation will be known by."""
    token = request.POST.get("key", "") or request.GET.get("draft", "")
    if not (KEY.fullmatch(token) and KEY.fullmatch(token + AGAIN)) or token.endswith(AGAIN):
        token = new_token()
        if request.method != "POST":
            return redirect(address(token, **_about_the_same(request)))
    saved = written(token)
    if request.method == "POST":
        return _sent(request, token, saved)
    if saved:
        return redirect("consultation", reference(saved.number))
    kept = drafts.opened(request.actor, token)
    typed = blank(request.actor.key) | typed_in(request.GET.dict())
    typed |= kept.fields if kept else {}
    return draw(request, form_of(typed, is_checked=False), token=token, kept=kept)


def _about_the_same(request: DeskRequest) -> dict[str, str]:
    """Another visit about the same problem begins with the service, body and place of the first."""
    number = request.GET.get("earlier", "")[:40]
    if not number:
        return {}
    try:
        first = earlier_visit(request.actor, number)
    except DomainError:
        # The screen says what is wrong with the number, beside its field.
        return {"earlier": number}
    same = {
        "service": first.service.code if first.service else "",
        "body": first.body.code if first.body else "",
        "district": first.territory_id or "",
    }
    return {"earlier": number} | {name: code for name, code in same.items() if code}


def _sent(request: DeskRequest, token: str, saved: Consultation | None) -> HttpResponse:
    typed = typed_in(request.POST.dict())
    if saved:
        return _saved_already(request, saved, typed)
    for button, field in (("take_service", "service"), ("take_body", "body")):
        if button in request.POST:
            typed[field] = request.POST[button][:24]
            return find(request, token, typed)
    return BUTTONS.get(request.POST.get("do", ""), save)(request, token, typed)


def save(request: DeskRequest, token: str, typed: Typed) -> HttpResponse:
    """Write it down, or say what is wrong beside its field."""
    form = form_of(typed, is_checked=True)
    is_whole = form.is_valid()
    if read_earlier(request.actor, form) and is_whole:
        try:
            taken = _take(request, token, form)
        except DomainError as error:
            refuse(form, error)
        else:
            row = taken.row
            if not (taken.is_new or says_same(row, visit_of(form.cleaned_data))):
                return _saved_already(request, row, typed)
            messages.success(request, _("Written down: %(number)s.") % {"number": row.number})
            return redirect(_then(row), reference(row.number))
    refuse_the_rest(form, request.actor)
    _keep(request, token, typed)
    return draw(request, form, token=token, kept=None)


def _keep(request: DeskRequest, token: str, typed: Typed) -> None:
    """Keep the draft; when the disk is full the page that is drawn holds it all the same."""
    with suppress(FullError):
        keep_draft(actor=request.actor, token=token, fields=typed)


def _then(row: Consultation) -> str:
    """Where the adviser goes on: help that was promised begins at once."""
    return "consultation_help" if row.result == Result.CASE and not row.case_id else "consultation"


def _take(request: DeskRequest, token: str, form: ConsultationForm) -> Recorded:
    data = form.cleaned_data
    return take_consultation(
        actor=request.actor,
        idempotency_key=token,
        visit=visit_of(data),
        newcomer=newcomer_of(data),
        missed=data["query"],
    )


def _saved_already(request: DeskRequest, row: Consultation, typed: Typed) -> HttpResponse:
    """The same key again: the saved consultation; other words are kept and offered to correct."""
    form = form_of(typed, is_checked=True)
    if typed and not (form.is_valid() and says_same(row, visit_of(form.cleaned_data))):
        token = row.idempotency_key + AGAIN
        if keep_draft(actor=request.actor, token=token, fields=typed):
            messages.warning(
                request,
                _(
                    "%(number)s was saved already. What you typed afterwards differs: it stands "
                    "below. Save it as a correction, or leave it."
                )
                % {"number": row.number},
            )
            return redirect("consultation_correct", reference(row.number))
    messages.info(
        request, _("%(number)s was saved already: once is enough.") % {"number": row.number}
    )
    return redirect("consultation", reference(row.number))


def find(request: DeskRequest, token: str, typed: Typed) -> HttpResponse:
    """Draw the page again with everything that was typed, and the service that fits best."""
    if typed.get("query") and not typed.get("service"):
        best = screen.choices(typed["query"])[:1]
        typed |= {"service": best[0].code} if best else {}
    _keep(request, token, typed)
    return draw(request, form_of(typed, is_checked=False), token=token, kept=None)


def phone(request: DeskRequest, token: str, typed: Typed) -> HttpResponse:
    """Look for a visitor by phone; names stay closed."""
    _keep(request, token, typed)
    form = form_of(typed, is_checked=False)
    try:
        found = find_by_phone(actor=request.actor, phone=typed.get("phone", ""))
    except DomainError as error:
        add_refusal(form, error)
        return draw(request, form, token=token, kept=None)
    return draw(request, form, token=token, kept=None, found=found)


def keep(request: DeskRequest, token: str, typed: Typed) -> HttpResponse:
    """Keep the draft: for the page's script without a word, else back to the same page."""
    keep_draft(actor=request.actor, token=token, fields=typed)
    if SCRIPT in request.headers:
        return JsonResponse({"kept": True})
    return redirect(address(token))


def later(request: DeskRequest, token: str, typed: Typed) -> HttpResponse:
    """Put it aside."""
    if keep_draft(actor=request.actor, token=token, fields=typed):
        messages.success(request, _("Put aside: it waits for you alone, for a week."))
    return redirect("consultation_drafts")


def money(request: DeskRequest, token: str, typed: Typed) -> HttpResponse:
    """To the safe channel, before any name."""
    keep_draft(actor=request.actor, token=token, fields=typed)
    codes = {name: typed.get(name, "") for name in ("language", "channel", "room")}
    return redirect(f"{reverse('consultation_money')}?{urlencode({'draft': token, **codes})}")


BUTTONS: Final[Mapping[str, Handler]] = {
    "find": find,
    "phone": phone,
    "keep": keep,
    "later": later,
    "money": money,
}


@require_safe
@desk(access.RECORD)
def hits(request: DeskRequest) -> HttpResponse:
    """The services that fit what is being typed, as a piece of the page."""
    query = request.GET.get("q", "")[:QUERY_LIMIT]
    chosen = request.GET.get("service", "")[:24]
    context = {"hits": screen.choices(query, chosen), "typed": {"service": chosen}}
    return render(request, "reception/parts/hits.html", context)


@require_safe
@desk(access.RECORD)
def card(request: DeskRequest) -> HttpResponse:
    """A service's card in the language of the talk, as a piece of the page."""
    code = request.GET.get("service", "")[:24]
    talk = request.GET.get("language", "")[:2] or spoken()
    context = {"reading": screen.card_of(code, talk) if code else None, "typed": {"service": code}}
    return render(request, "reception/parts/card.html", context)


@require_safe
@desk(access.RECORD)
def waiting(request: DeskRequest) -> HttpResponse:
    """The adviser's own drafts."""
    return render(request, "reception/drafts.html", {"drafts": drafts.drafts_of(request.actor)})


@require_POST
@desk(access.RECORD)
def drop(request: DeskRequest) -> HttpResponse:
    """Throw a draft away."""
    drop_draft(actor=request.actor, token=request.POST.get("key", "")[:64])
    messages.success(request, _("Thrown away."))
    return redirect("consultation_drafts")
