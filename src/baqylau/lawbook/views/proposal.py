"""Changes that move deadlines: the form, then what would happen, then it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.lawbook.services.editions import Outcome, StaleEditionError, rehearse
from baqylau.web.desk import DeskRequest

ROWS = 500
"""Rows of moved deadlines on one page."""
BUTTONS = frozenset({"csrfmiddlewaretoken", "confirm", "edit", "seen"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that somebody is about to make.

    `work` makes it; it takes the edition whose dates were shown. `look` reads, while the change
    stands, what `part` (a template) shows of it as `shown`. `back` is where "Cancel" leads.
    """

    title: str
    back: str
    back_label: str
    work: Callable[[int | None], Outcome]
    look: Callable[[], Sequence[object]]
    part: str
    intro: str = ""


def propose(request: DeskRequest, form: forms.Form, proposal: Proposal) -> HttpResponse:
    """Answer one step of a proposal."""
    status = 200
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        try:
            return _answer(request, proposal)
        except DomainError as error:
            field = error.field if error.field in form.fields else None
            form.add_error(field, error.message)
            status = error.status
    context = {"form": form, "proposal": proposal}
    return render(request, "lawbook/form.html", context, status=status)


def _answer(request: DeskRequest, proposal: Proposal) -> HttpResponse:
    """Do it if it was confirmed on dates that still hold, else show what it would do."""
    if "confirm" in request.POST:
        try:
            outcome = proposal.work(_seen(request))
        except StaleEditionError as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("lawbook_change", outcome.edition)
    outcome, shown = rehearse(lambda: proposal.work(None), proposal.look)
    context = {
        "proposal": proposal,
        "seen": outcome.edition - 1,
        "moved": outcome.moved[:ROWS],
        "moved_count": len(outcome.moved),
        "is_cut": len(outcome.moved) > ROWS,
        "shown": shown,
        "fields": [(k, v) for k, v in request.POST.items() if k not in BUTTONS],
    }
    return render(request, "lawbook/proposal.html", context)


def _seen(request: DeskRequest) -> int:
    """The edition whose dates were shown; -1, which never holds, for anything unreadable."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
