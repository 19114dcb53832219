"""The register at the desk."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.breaches import queries, services
from baqylau.breaches.access import KEEP
from baqylau.breaches.forms import BreachForm, CloseForm, CorrectForm, TellForm
from baqylau.breaches.models import Breach
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.staff.queries import known
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

METHODS = ["GET", "HEAD", "POST"]
PAGE = 50
KEPT = ("detected_on", "happened", "whose", "people", "story", "measures")


@require_safe
@desk(KEEP)
def listing(request: DeskRequest) -> HttpResponse:
    """The register; what is open first."""
    page = Paginator(queries.breaches(), PAGE).get_page(request.GET.get("page"))
    rows = [queries.shown(row, clock.today()) for row in page]
    return render(request, "breaches/list.html", {"page": page, "rows": rows})


@require_safe
@desk(KEEP)
def breach(request: DeskRequest, pk: int) -> HttpResponse:
    """One breach with its clock and how the term was counted."""
    row = get_object_or_404(Breach, pk=pk)
    people = known([row.noted_by, row.told_by, row.closed_by])
    context = {
        "shown": queries.shown(row, clock.today()),
        "row": row,
        "noted_by": people[row.noted_by].name if row.noted_by in people else "—",
    }
    return render(request, "breaches/breach.html", context)


@require_http_methods(METHODS)
@desk(KEEP)
def new(request: DeskRequest) -> HttpResponse:
    """Write a breach down."""
    form = BreachForm(request.POST or None, initial={"detected_on": clock.today()})
    return _ask(
        request,
        form,
        _("A data breach"),
        lambda: services.note(actor=request.actor, said=form.said()),
    )


@require_http_methods(METHODS)
@desk(KEEP)
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Write down what is known by now."""
    row = get_object_or_404(Breach, pk=pk)
    initial = {name: getattr(row, name) for name in KEPT} | {"seen": row.edition}
    form = CorrectForm(request.POST or None, initial=initial)

    def work() -> Breach:
        seen = form.cleaned_data["seen"]
        return services.correct(actor=request.actor, breach=row, said=form.said(), seen=seen)

    return _ask(request, form, _("What is known by now"), work, row)


@require_http_methods(METHODS)
@desk(KEEP)
def tell(request: DeskRequest, pk: int) -> HttpResponse:
    """Note that the authority was told."""
    row = get_object_or_404(Breach, pk=pk)
    form = TellForm(request.POST or None, initial={"on": clock.today()})

    def work() -> Breach:
        return services.tell_authority(actor=request.actor, breach=row, **form.cleaned_data)

    return _ask(request, form, _("The authority was told"), work, row)


@require_http_methods(METHODS)
@desk(KEEP)
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Close a breach."""
    row = get_object_or_404(Breach, pk=pk)
    form = CloseForm(request.POST or None)

    def work() -> Breach:
        return services.close(actor=request.actor, breach=row, **form.cleaned_data)

    return _ask(request, form, _("Close a data breach"), work, row)


def _ask(
    request: DeskRequest,
    form: forms.Form,
    title: str,
    work: Callable[[], Breach],
    row: Breach | None = None,
) -> HttpResponse:
    """Show the form, or do its work and go to the breach; a refusal stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            done = work()
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("breach", done.pk)
    context = {"form": form, "title": title, "row": row}
    return render(request, "breaches/form.html", context, status=400 if form.errors else 200)
