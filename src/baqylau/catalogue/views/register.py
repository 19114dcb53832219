"""The register of services and the list of acts at the desk."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baqylau.catalogue.forms.register import ActForm, ServiceForm
from baqylau.catalogue.models import Act, PublicService
from baqylau.catalogue.queries import desk as queries
from baqylau.catalogue.queries import published
from baqylau.catalogue.queries import words as word_queries
from baqylau.catalogue.services import acts as act_services
from baqylau.catalogue.services import register as register_services
from baqylau.catalogue.services import writing
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, require
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

WORDS_LIMIT = 200


def _service_or_404(code: str) -> PublicService:
    found = PublicService.objects.select_related("successor").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_safe
@desk("catalogue.see")
def services(request: DeskRequest) -> HttpResponse:
    """The register, or only the services without a card."""
    words = request.GET.get("q", "").strip()[:WORDS_LIMIT]
    lack = request.GET.get("lack", "")
    page = queries.services(
        words, request.GET.get("page", "1"), only_without_card=lack == "no_card"
    )
    context = {
        "page": page,
        "words": words,
        "lack": lack,
        "may_edit": may(request.actor, "catalogue.edit"),
        "may_import": may(request.actor, "catalogue.import"),
    }
    return render(request, "catalogue/desk/services.html", context)


@desk("catalogue.edit")
def new(request: DeskRequest) -> HttpResponse:
    """Add a service to the register."""
    form = ServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, 0):
        return redirect("catalogue_service", form.cleaned_data["code"])
    return render(request, "catalogue/desk/service_new.html", {"form": form})


def _saved(request: DeskRequest, form: ServiceForm, edition: int) -> bool:
    try:
        register_services.save_service(actor=request.actor, entry=form.entry(), edition=edition)
    except DomainError as error:
        add_refusal(form, error)
        return False
    messages.success(request, _("The service is saved."))
    return True


@desk("catalogue.see")
def service(request: DeskRequest, code: str) -> HttpResponse:
    """A service of the register: its names and dates, its card, its everyday words."""
    found = _service_or_404(code)
    edition = str(found.edition)
    if request.method == "POST":
        require(request.actor, "catalogue.edit", found)
        edition = request.POST.get("edition", "")
        form = ServiceForm({**request.POST.dict(), "code": code})
        seen = int(edition) if edition.isdecimal() and len(edition) < 10 else -1
        if form.is_valid() and _saved(request, form, seen):
            return redirect("catalogue_service", code)
    else:
        form = ServiceForm(initial=vars_of(found))
    form.fields["code"].widget.attrs["readonly"] = True
    context = {
        "service": found,
        "form": form,
        "edition": edition,
        "card": published.service_card(found),
        "aliases": word_queries.aliases("1", found),
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/service.html", context)


def vars_of(found: PublicService) -> dict[str, object]:
    """The values that the form of a service is filled with."""
    entry = register_services.entry_of(found)
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


@require_POST
@desk("catalogue.edit")
def begin(request: DeskRequest, code: str) -> HttpResponse:
    """Begin the service's card."""
    card = writing.begin_service_card(actor=request.actor, service=_service_or_404(code))
    return redirect("catalogue_edit", card.code)


@desk("catalogue.see")
def acts(request: DeskRequest) -> HttpResponse:
    """The acts that cards may cite; those who edit may add one or mend its names."""
    if request.method == "POST":
        require(request.actor, "catalogue.edit")
    known = Act.objects.filter(key=request.GET.get("key", "")).first()
    first = {name: getattr(known, name) for name in ActForm.base_fields} if known else None
    form = ActForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            act_services.save_act(actor=request.actor, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The act is saved."))
            return redirect("catalogue_acts")
    context = {
        "acts": Act.objects.order_by("key"),
        "form": form,
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/acts.html", context)
