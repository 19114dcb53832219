"""Cases at the desk."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.casework import access, services
from baqylau.casework.forms import (
    ASKED,
    AssignForm,
    FilterForm,
    StepForm,
    TurnForm,
    bodies_to_take,
    name_body,
)
from baqylau.casework.models import Case
from baqylau.casework.narrowing import narrowing
from baqylau.casework.queries import cases as queries
from baqylau.casework.queries import listing, paging, showing, work
from baqylau.casework.queries.attachments import attachments_of
from baqylau.casework.rules.advice import is_doubtful
from baqylau.casework.rules.facts import picture_of
from baqylau.casework.taxonomy import DOING, StepKind
from baqylau.casework.views_files import sheet_of
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import may, require
from baqylau.kernel.places import read_place
from baqylau.lawbook.queries.book import book
from baqylau.territories.queries import districts
from baqylau.web.asking import ask_again
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

DOUBT = gettext_lazy(
    "The steps of this case say otherwise. Look at the outcome again, or close all the same."
)
PREFILLED = ("procedure", "body")
"""Fields of a step that a link may fill in."""


@require_safe
@desk(access.SEE)
def cases(request: DeskRequest) -> HttpResponse:
    """The list, filtered; no total is counted."""
    form = FilterForm({"state": "running", **request.GET.dict()}, districts=districts())
    today = clock.today()
    wanted = form.wanted(request.GET.dict())
    after = read_place(request.GET.get("after", "")[:40])
    page = paging.page(wanted, request.actor.key, today, after)
    context = {
        "form": form,
        "narrowing": narrowing(wanted),
        "page": page,
        "is_first_page": after is None,
        "window": paging.WINDOW,
        "rows": [
            {"case": row, "next": work.what_next(row, today), "url": work.address(row)}
            for row in page.rows
        ],
        "names": listing.names(row.person for row in page.rows),
        "today": today,
    }
    return render(request, "casework/list.html", context)


@require_safe
@desk(access.SEE)
def case(request: DeskRequest, reference: str) -> HttpResponse:
    """A case: where it stands, its clocks, its steps, what may follow."""
    row = queries.case(reference)
    require(request.actor, access.SEE, row)
    today = clock.today()
    subject = f"case:{row.number}"
    context = {
        "related": [
            hit for room in registry if room.related for hit in room.related(request.actor, subject)
        ],
        "page": showing.page_of(row, today, book()),
        "files": attachments_of(row),
        "next": work.what_next(row, today),
        "reference": reference,
        "can_work": may(request.actor, access.WORK, row),
        "can_assign": may(request.actor, access.ASSIGN, row),
        "is_mine": row.person == request.actor.key,
        "today": today,
    }
    return render(request, "casework/case.html", context)


def _form_page(
    request: DeskRequest,
    row: Case,
    reference: str,
    title: object,
    form: Form,
    *,
    is_doubted: bool = False,
) -> HttpResponse:
    if "body" in form.fields:
        name_body(form)
    context = {
        "title": title,
        "form": form,
        "case": row,
        "reference": reference,
        "is_doubted": is_doubted,
        "bodies": bodies_to_take(form) if "body" in form.fields else [],
    }
    return render(request, "casework/form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WORK)
def step(request: DeskRequest, reference: str, kind: str) -> HttpResponse:
    """Add a step."""
    if kind not in ASKED:
        raise Http404
    row = queries.case(reference)
    require(request.actor, access.WORK, row)
    body = row.body.code if row.body and kind == StepKind.FILED else ""
    initial = {"on": clock.today(), "seen": row.steps, "body": body}
    # Another room may have filled in what it knows: a letter knows what is filed, and where.
    initial |= {name: request.GET[name][:24] for name in PREFILLED if name in request.GET}
    if "take_body" in request.POST:
        # A body was taken from the list: the form is drawn again with it, and nothing is written.
        initial |= {**request.POST.dict(), "body": request.POST["take_body"][:24]}
        form = StepForm(initial=initial, kind=kind)
        return _form_page(request, row, reference, DOING[kind], form)
    form = StepForm(request.POST or None, request.FILES or None, initial=initial, kind=kind)
    is_doubted = form.is_valid() and _is_doubted(request, row, form.cleaned_data.get("outcome", ""))
    if is_doubted:
        form.add_error("outcome", DOUBT)
    elif form.is_valid():
        try:
            _record(request.actor, row.number, kind, form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("case", reference)
    ask_again(form)
    return _form_page(request, row, reference, DOING[kind], form, is_doubted=is_doubted)


def _is_doubted(request: DeskRequest, row: Case, outcome: str) -> bool:
    """Whether the outcome contradicts the steps and nobody has said yet that it is meant."""
    if not outcome or "anyway" in request.POST:
        return False
    return is_doubtful(picture_of(queries.facts_of([row])[row.pk]), outcome)


def _record(actor: Actor, number: str, kind: str, data: dict[str, Any]) -> None:
    """The step, with its file if one was chosen."""
    details = {name: value for name, value in data.items() if name not in ("file", "is_cleaned")}
    if data.get("file"):
        services.record_step_with_sheet(
            actor=actor, number=number, kind=kind, sheet=sheet_of(data), **details
        )
    else:
        services.record_step(actor=actor, number=number, kind=kind, **details)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WORK)
def assign(request: DeskRequest, reference: str) -> HttpResponse:
    """Take the case over, or give it to a colleague."""
    row = queries.case(reference)
    require(request.actor, access.WORK, row)
    people = listing.workers()
    if not may(request.actor, access.ASSIGN, row):
        people = [each for each in people if each[0] == request.actor.key]
    initial = {"seen": row.steps, "person": request.actor.key}
    form = AssignForm(request.POST or None, initial=initial, people=people)
    if form.is_valid():
        try:
            services.assign(actor=request.actor, number=row.number, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The case has somebody now."))
            return redirect("case", reference)
    return _form_page(request, row, reference, _("Who works on it"), form)


def _turned(request: DeskRequest) -> TurnForm:
    """What the button sent. Raises: ConflictError when the page was not ours."""
    form = TurnForm(request.POST)
    if not form.is_valid():
        raise ConflictError(_("Something was added to this case meanwhile. Look at it again."))
    return form


@require_POST
@desk(access.WORK)
def strike(request: DeskRequest, reference: str) -> HttpResponse:
    """Strike out a step."""
    row = queries.case(reference)
    require(request.actor, access.WORK, row)
    data = _turned(request).cleaned_data
    services.strike_step(
        actor=request.actor, number=row.number, target=data["target"] or 0, seen=data["seen"]
    )
    messages.success(request, _("The step is struck out; it stays to be seen."))
    return redirect("case", reference)


@require_POST
@desk(access.WORK)
def move(request: DeskRequest, reference: str) -> HttpResponse:
    """Go on with the successor of a body that is gone."""
    row = queries.case(reference)
    require(request.actor, access.WORK, row)
    seen = _turned(request).cleaned_data["seen"]
    services.move_to_heir(actor=request.actor, number=row.number, seen=seen)
    messages.success(request, _("The case goes on with the successor."))
    return redirect("case", reference)
