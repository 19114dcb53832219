"""The pages of the commissioner's official: what was sent, plan beside fact, and nothing else."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.accountability import access, showing
from baqylau.accountability.forms.accounts import AnswerForm
from baqylau.accountability.models import Account, State
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries import papers
from baqylau.accountability.services import sealing
from baqylau.accountability.views.accounts import as_json, preview
from baqylau.accountability.views.papers import given
from baqylau.figures.access import PLAN
from baqylau.figures.queries import contracts
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.queries.pages import Asked
from baqylau.figures.services import catch_up
from baqylau.figures.showing import name_of
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_safe
@desk(access.RECEIVED)
def listing(request: DeskRequest) -> HttpResponse:
    """The accounts that were sent."""
    rows = [{"row": row, "title": showing.account_title(row)} for row in queries.sent()[:200]]
    return render(request, "accountability/received_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.RECEIVED)
def account(request: DeskRequest, pk: int) -> HttpResponse:
    """One of them: numbers, documents; accept it, or return it with remarks."""
    row = queries.received(pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            _answer(request, row, form)
        except DomainError as error:
            add_refusal(form, error)
        else:
            return redirect("received_account", pk)
    context = {
        "row": row,
        "title": showing.account_title(row),
        "form": form,
        "is_waiting": row.state == State.SENT,
        "documents": queries.documents_of(row),
        "is_intact": papers.is_intact(row),
        **preview(row, row.content),
    }
    status = 400 if form.errors else 200
    return render(request, "accountability/received.html", context, status=status)


def _answer(request: DeskRequest, row: Account, form: AnswerForm) -> None:
    accepted = request.POST.get("answer") == "accept"
    remarks = form.cleaned_data["remarks"]
    sealing.answer(actor=request.actor, account=row, accepted=accepted, remarks=remarks)
    messages.success(request, _("Accepted.") if accepted else _("Returned with your remarks."))


@require_safe
@desk(access.RECEIVED)
def document(_request: DeskRequest, pk: int, language: str, form: str) -> HttpResponse:
    """A document of an account that was sent."""
    return given(queries.received(pk), language, form)


@require_safe
@desk(access.RECEIVED)
def frozen(_request: DeskRequest, pk: int) -> HttpResponse:
    """The frozen content of an account that was sent, to be checked."""
    return as_json(queries.received(pk))


@require_safe
@desk(PLAN)
def contract_list(request: DeskRequest) -> HttpResponse:
    """Contracts, each leading to its plan and facts."""
    rows = [showing.contract(row) for row in contracts.contracts()]
    return render(request, "accountability/progress_list.html", {"rows": rows})


@require_safe
@desk(PLAN)
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The plan of a contract beside the facts, period by period; made to be printed."""
    row = contracts.contract(pk)
    catch_up()
    today = clock.today()
    planned = contracts.periods_of(row)
    found = [contracts.lines(row, Asked(request.actor, each, today)) for each in planned]
    context = {
        "row": row,
        "subject": showing.said(row, "subject"),
        "customer": showing.said(row, "customer"),
        "contractor": showing.said(row, "contractor"),
        "today": today,
        "periods": [
            {
                "when": name_of(chosen),
                "is_closed": closing_of(chosen) is not None,
                "is_begun": chosen.first <= today,
                "lines": showing.all_lines(lines),
            }
            for chosen, lines in zip(planned, found, strict=True)
        ],
        "totals": [showing.total(each) for each in contracts.totals(row, found)],
    }
    return render(request, "accountability/progress.html", context)
