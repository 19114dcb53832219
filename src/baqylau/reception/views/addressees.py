"""The list of addressees: which body receives what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reception.access import DIRECTORY
from baqylau.reception.forms.addressees import AddresseeForm
from baqylau.reception.queries.addressees import everything
from baqylau.reception.services.addressees import add_addressee, end_addressee
from baqylau.territories.queries import districts
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

PAGE = 50


@require_safe
@desk(DIRECTORY)
def addressees(request: DeskRequest) -> HttpResponse:
    """Every row that holds, and on request those that are over."""
    ended = "ended" in request.GET
    today = clock.today()
    page = Paginator(everything(today, ended=ended), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "ended": ended, "today": today}
    return render(request, "reception/addressees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(DIRECTORY)
def add(request: DeskRequest) -> HttpResponse:
    """Add a row."""
    initial = {"first_on": clock.today()}
    form = AddresseeForm(request.POST or None, initial=initial, districts=districts())
    if form.is_valid():
        try:
            add_addressee(actor=request.actor, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The list says so now."))
            return redirect("addressees")
    status = 400 if form.errors else 200
    return render(request, "reception/addressee_form.html", {"form": form}, status=status)


@require_POST
@desk(DIRECTORY)
def end(request: DeskRequest, pk: int) -> HttpResponse:
    """End a row."""
    end_addressee(actor=request.actor, pk=pk)
    messages.success(request, _("The row does not hold any more."))
    return redirect("addressees")
