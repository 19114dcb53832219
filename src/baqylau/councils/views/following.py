"""Recommendations at the desk: the list, a page of each, its steps."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.casework.forms import bodies_to_take
from baqylau.casework.queries.listing import names
from baqylau.councils import access
from baqylau.councils.forms.promises import DeskRegisterForm, RegisterForm
from baqylau.councils.forms.steps import ASKED, GiveForm, StepForm, StrikeForm
from baqylau.councils.models import Recommendation
from baqylau.councils.queries import register, work
from baqylau.councils.queries.chain import chain_of
from baqylau.councils.queries.origins import source_of
from baqylau.councils.queries.people import followers
from baqylau.councils.queries.recommendations import recommendation
from baqylau.councils.services import papers, stepping
from baqylau.councils.taxonomy import DOING, StepKind
from baqylau.councils.views.promises import rows_of
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, may_somewhere, require
from baqylau.kernel.places import read_place
from baqylau.lawbook.queries.book import book
from baqylau.territories.queries import districts
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_safe
@desk(access.VERIFY)
def promises(request: DeskRequest) -> HttpResponse:
    """The list, filtered; no total is counted."""
    can_see = may_somewhere(request.actor, access.SEE)
    kind = DeskRegisterForm if can_see else RegisterForm
    form = kind(request.GET.dict(), districts=districts())
    wanted = form.wanted(request.GET.dict())
    after = read_place(request.GET.get("after", "")[:40])
    numbered = Recommendation.objects.filter(number__isnull=False) if can_see else None
    today = clock.today()
    page = register.page(wanted, today, after, me=request.actor.key, among=numbered)
    known = names(row.owner for row in page.rows) if can_see else {}
    rows = [
        {**each, "next": work.what_next(row, today), "owner": known.get(row.owner, "")}
        for each, row in zip(rows_of(page), page.rows, strict=True)
    ]
    context = {
        "form": form,
        "bodies": bodies_to_take(form),
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "can_see": can_see,
        "is_first_page": after is None,
        "window": register.WINDOW,
        "today": today,
    }
    return render(request, "councils/promises/desk_list.html", context)


def _row(request: DeskRequest, number: str) -> Recommendation:
    """The recommendation; who only checks on the spot sees none before it was sent."""
    row = recommendation(number)
    if not row.steps:
        require(request.actor, access.SEE, row)
    return row


@require_safe
@desk(access.VERIFY)
def promise(request: DeskRequest, number: str) -> HttpResponse:
    """A recommendation: where it stands, its terms, its steps, what may follow."""
    row = _row(request, number)
    today = clock.today()
    can_follow = may(request.actor, access.FOLLOW, row)
    can_verify = may(request.actor, access.VERIFY, row)
    can_see = may(request.actor, access.SEE, row)
    chain = chain_of(row, today, book(), at_desk=can_see)
    moves = [move for move in (chain.due_move, *chain.other_moves) if move]
    allowed = [
        move for move in moves if (can_verify if move.kind == StepKind.VERIFIED else can_follow)
    ]
    first = allowed[0] if allowed and allowed[0] == chain.due_move else None
    context = {
        "chain": chain,
        "first": first,
        "others": [move for move in allowed if move != first],
        "next": work.what_next(row, today),
        "source": source_of(row, at_desk=can_see),
        "can_see": can_see,
        "can_follow": can_follow,
        "today": today,
    }
    return render(request, "councils/promises/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.VERIFY)
def step(request: DeskRequest, number: str, kind: str) -> HttpResponse:
    """Add a step; the service asks who may."""
    if kind not in ASKED or kind not in DOING:
        raise Http404
    row = _row(request, number)
    initial = {"on": clock.today(), "seen": row.steps}
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, request.FILES or None, initial=initial, kind=kind)
    if form.is_valid():
        try:
            stepping.record_step(
                actor=request.actor, number=number, kind=kind, **form.step(), **_files(form)
            )
        except DomainError as error:
            error.field = form.named(error.field)
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("promise_desk", number)
    return _form_page(request, row, DOING[kind], form)


def _files(form: Form) -> dict[str, Any]:
    """The files that were sent, as the service takes them."""
    found = {}
    for field, name in (("file", "scan"), ("picture", "picture")):
        if sent := form.cleaned_data.get(field):
            found[name] = papers.Uploaded(sent.read(), sent.content_type)
    return found


def _form_page(
    request: DeskRequest, row: Recommendation, title: object, form: Form
) -> HttpResponse:
    context = {"title": title, "form": form, "row": row}
    status = 400 if form.errors else 200
    return render(request, "councils/promises/desk_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.FOLLOW)
def strike(request: DeskRequest, number: str) -> HttpResponse:
    """Strike a step out, with the reason."""
    row = recommendation(number)
    initial = {"target": request.GET.get("step", "")[:6], "seen": row.steps}
    form = StrikeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            stepping.strike_step(actor=request.actor, number=number, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The step is struck out; it stays to be seen."))
            return redirect("promise_desk", number)
    return _form_page(request, row, _("Strike a step out"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.FOLLOW)
def give(request: DeskRequest, number: str) -> HttpResponse:
    """Say who looks after it."""
    row = recommendation(number)
    initial = {"person": row.owner or request.actor.key}
    data = request.POST if request.method == "POST" else None
    form = GiveForm(data, initial=initial, people=followers())
    if form.is_valid():
        try:
            stepping.give_to(actor=request.actor, number=number, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("promise_desk", number)
    return _form_page(request, row, _("Who looks after it"), form)


@require_safe
@desk(access.FOLLOW)
def scan(request: DeskRequest, number: str, step: int) -> HttpResponse:
    """The letter itself, to be saved: no browser shows it on our pages."""
    row = recommendation(number)
    found, media_type, content = papers.open_scan(actor=request.actor, row=row, number=step)
    headers = {
        "Content-Disposition": f'attachment; filename="{row.code}-{step}.{found.file_kind}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
