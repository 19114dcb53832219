"""Contracts at the desk: the list, one contract, its plan, and what is typed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.accountability import showing
from baqylau.accountability.forms.contracts import (
    ContractForm,
    FactForm,
    IndicatorForm,
    PlanForm,
    as_terms,
    as_typed,
)
from baqylau.accountability.queries import accounts, money
from baqylau.figures import access
from baqylau.figures.models import Contract, Plan
from baqylau.figures.queries import contracts as queries
from baqylau.figures.queries.pages import Asked
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.figures.services import catch_up
from baqylau.figures.services import contracts as services
from baqylau.figures.showing import name_of
from baqylau.files.handing import taken
from baqylau.kernel import clock
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


def way(contract: Contract | None = None) -> tuple[tuple[str, str], ...]:
    """The way to the list, or to a contract."""
    listed = (_("Contracts"), reverse("contracts"))
    if contract is None:
        return (listed,)
    return listed, (contract.number, reverse("contract", args=[contract.pk]))


@require_safe
@desk(access.CONTRACT)
def listing(request: DeskRequest) -> HttpResponse:
    """Every contract."""
    rows = [showing.contract(row) for row in queries.contracts()]
    return render(request, "accountability/contracts.html", {"rows": rows, "today": clock.today()})


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CONTRACT)
def add(request: DeskRequest) -> HttpResponse:
    """Write down a new contract."""
    form = ContractForm(request.POST or None)
    asking = Asking(
        _("A new contract"),
        way(),
        lambda: services.write_contract(actor=request.actor, terms=form.terms()),
        _("The contract is written down."),
        onward=lambda made: reverse("contract", args=[made.pk]),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CONTRACT)
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Change the terms of a contract."""
    row = queries.contract(pk)
    form = ContractForm(request.POST or None, initial=as_terms(row))
    asking = Asking(
        _("Terms of the contract"),
        way(row),
        lambda: services.write_contract(actor=request.actor, terms=form.terms(), contract=row),
        _("The contract is written down."),
    )
    return ask(request, form, asking)


def periods(request: DeskRequest, row: Contract) -> tuple[list[Chosen], Chosen | None]:
    """The planned periods, and the one that is asked for: else the last that has begun."""
    planned = queries.periods_of(row)
    wanted = choose(request.GET.get("period", "")[:8])
    if wanted in planned:
        return planned, wanted
    begun = [each for each in planned if each.first <= clock.today()]
    return planned, begun[-1] if begun else planned[0] if planned else None


@require_safe
@desk(access.CONTRACT)
def contract(request: DeskRequest, pk: int) -> HttpResponse:
    """One contract: plan and fact of a period, money, stages, accounts."""
    row = queries.contract(pk)
    catch_up()
    planned, chosen = periods(request, row)
    days = queries.days_of(row)
    spent = money.lines_of(row, days.first, days.until)
    lines = queries.lines(row, Asked(request.actor, chosen, clock.today())) if chosen else []
    context = {
        "row": row,
        **showing.contract(row),
        "customer": showing.said(row, "customer"),
        "contractor": showing.said(row, "contractor"),
        "indicators": [
            {"row": each, "label": showing.said(each, "label")}
            for each in queries.indicators_of(row)
        ],
        "periods": [(each.code, name_of(each), each == chosen) for each in planned],
        "when": name_of(chosen) if chosen else "",
        "period": chosen.code if chosen else "",
        "is_running": chosen is not None and not chosen.is_over(clock.today()),
        "lines": showing.all_lines(lines),
        "spent": [
            {
                "row": each,
                "label": showing.said(each.line, "label"),
                "plan": showing.amount(each.line.plan),
                "spent": showing.amount(each.spent),
                "left": showing.amount(each.left),
            }
            for each in spent
        ],
        "whole": showing.money(money.whole(spent)),
        "spendings": money.spending_of(row)[:50],
        "stages": [
            {"row": each, "label": showing.said(each, "label")} for each in money.stages_of(row)
        ],
        "accounts": [
            {"row": each, "title": showing.account_title(each)} for each in accounts.accounts(row)
        ],
        "today": clock.today(),
    }
    return render(request, "accountability/contract.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CONTRACT)
def indicator(request: DeskRequest, pk: int, key: int = 0) -> HttpResponse:
    """Add an indicator, or change one."""
    row = queries.contract(pk)
    known = queries.indicator(row, key) if key else None
    initial = as_typed(known) if known else {"order": len(queries.indicators_of(row)) + 1}
    form = IndicatorForm(request.POST or None, initial=initial)
    asking = Asking(
        _("An indicator"),
        way(row),
        lambda: services.write_indicator(
            actor=request.actor, contract=row, promise=form.promise(), indicator=known
        ),
        _("The indicator is written down."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CONTRACT)
def plan(request: DeskRequest, pk: int) -> HttpResponse:
    """Plan a period."""
    row = queries.contract(pk)
    code = request.GET.get("period", "")[:8]
    rows = queries.indicators_of(row)
    planned = Plan.objects.filter(indicator__in=rows, period=code)
    amounts = {f"amount_{each.indicator_id}": each.amount.normalize() for each in planned}
    form = PlanForm(
        request.POST or None,
        initial={"period": code, **{key: f"{value:f}" for key, value in amounts.items()}},
        periods=queries.periods_to_plan(row),
        rows=[(each, showing.said(each, "label")) for each in rows],
    )
    asking = Asking(
        _("The plan of a period"),
        way(row),
        lambda: services.write_plan(
            actor=request.actor,
            contract=row,
            code=form.cleaned_data["period"],
            amounts=form.amounts(),
        ),
        _("The plan is written down."),
        _("Periods of a plan do not overlap: months, quarters, or the whole year."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CONTRACT)
def fact(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Type a fact in, with its document; earlier ones stay to be seen."""
    row = queries.contract(pk)
    known = queries.indicator(row, key)
    form = FactForm(
        request.POST or None,
        request.FILES or None,
        initial={"period": request.GET.get("period", "")[:8]},
        periods=queries.periods_of(row) or queries.periods_to_plan(row),
    )
    asking = Asking(
        showing.said(known, "label"),
        way(row),
        lambda: services.type_in(
            actor=request.actor,
            indicator=known,
            code=form.cleaned_data["period"],
            amount=form.cleaned_data["amount"],
            shown=form.shown(),
        ),
        _("The fact is written down."),
        _("No record lies behind a fact that is typed in: the account marks it so."),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.CONTRACT)
def facts(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Every version of what was typed in for an indicator."""
    row = queries.contract(pk)
    known = queries.indicator(row, key)
    context = {
        "row": row,
        "known": known,
        "label": showing.said(known, "label"),
        "facts": [
            {
                "row": each,
                "amount": showing.amount(each.amount),
                "when": name_of(chosen) if (chosen := choose(each.period)) else each.period,
            }
            for each in queries.facts_of(known)
        ],
    }
    return render(request, "accountability/facts.html", context)


@require_safe
@desk(access.CONTRACT)
def fact_document(_request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The document of a fact that was typed in."""
    found = queries.typed_fact(queries.contract(pk), key)
    return taken(found.file, f"fact-{found.pk}")
