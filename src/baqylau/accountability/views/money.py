"""The budget of a contract, what was spent, and its stages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.accountability import access, showing
from baqylau.accountability.forms.money import (
    LineForm,
    SpendingForm,
    StageForm,
    as_line,
    as_stage,
)
from baqylau.accountability.queries import money as queries
from baqylau.accountability.services import money as services
from baqylau.accountability.views.contracts import way
from baqylau.figures.queries.contracts import contract as find
from baqylau.files.handing import taken
from baqylau.kernel import clock
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.MONEY)
def line(request: DeskRequest, pk: int, key: int = 0) -> HttpResponse:
    """Add a line to the budget, or change one."""
    row = find(pk)
    known = queries.line(row, key) if key else None
    form = LineForm(request.POST or None, initial=as_line(known) if known else None)
    asking = Asking(
        _("A line of the budget"),
        way(row),
        lambda: services.write_line(
            actor=request.actor, contract=row, said=form.said(), line=known
        ),
        _("The line is written down."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.MONEY)
def spend(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Write down what was spent."""
    row = find(pk)
    known = queries.line(row, key)
    form = SpendingForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    asking = Asking(
        _("A spending: %(line)s") % {"line": showing.said(known, "label")},
        way(row),
        lambda: services.spend(
            actor=request.actor,
            line=known,
            on=form.cleaned_data["on"],
            amount=form.cleaned_data["amount"],
            shown=form.shown(),
        ),
        _("The spending is written down."),
    )
    return ask(request, form, asking)


@require_POST
@desk(access.MONEY)
def strike(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Strike out what was typed wrongly."""
    row = find(pk)
    services.strike(actor=request.actor, spending=queries.spending(row, key))
    messages.success(request, _("Struck out: it is counted no more and stays to be seen."))
    return redirect("contract", row.pk)


@require_safe
@desk(access.MONEY)
def spending_document(_request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The document that shows what was spent."""
    found = queries.spending(find(pk), key)
    return taken(found.file, f"spending-{found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.MONEY)
def stage(request: DeskRequest, pk: int, key: int = 0) -> HttpResponse:
    """Add a stage, or change one."""
    row = find(pk)
    known = queries.stage(row, key) if key else None
    form = StageForm(request.POST or None, initial=as_stage(known) if known else None)
    asking = Asking(
        _("A stage of the contract"),
        way(row),
        lambda: services.write_stage(
            actor=request.actor, contract=row, said=form.said(), stage=known
        ),
        _("The stage is written down."),
    )
    return ask(request, form, asking)
