"""Everyday words that lead to services, and words that led nowhere."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baqylau.catalogue.forms.register import AliasForm
from baqylau.catalogue.models import ServiceAlias
from baqylau.catalogue.queries import words as queries
from baqylau.catalogue.services import words as word_services
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, require
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

WORDS_LIMIT = 60


@desk("catalogue.see")
def aliases(request: DeskRequest) -> HttpResponse:
    """The alias table, with a form for those who edit; `missed` fills in words that led nowhere."""
    missed = request.POST.get("missed", request.GET.get("missed", ""))[:60]
    service = request.GET.get("service", "")[:24]
    form = AliasForm(request.POST or None, initial={"text": missed, "service": service})
    if request.method == "POST":
        require(request.actor, "catalogue.edit")
        if form.is_valid() and _added(request, form):
            if missed:
                word_services.settle_missed(text=missed)
            return redirect("catalogue_missed" if missed else "catalogue_words")
    words = request.GET.get("q", "").strip()[:WORDS_LIMIT]
    context = {
        "page": queries.aliases(request.GET.get("page", "1"), words=words),
        "words": words,
        "form": form,
        "missed": missed,
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/words.html", context)


def _added(request: DeskRequest, form: AliasForm) -> bool:
    values = form.cleaned_data
    try:
        word_services.add_alias(
            actor=request.actor,
            code=values["service"],
            language=values["language"],
            text=values["text"],
        )
    except DomainError as error:
        add_refusal(form, error)
        return False
    messages.success(request, _("From now on these words lead to the service."))
    return True


@require_POST
@desk("catalogue.edit")
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an alias out of use."""
    alias = ServiceAlias.objects.select_related("service").filter(pk=pk).first()
    if alias is None:
        raise Http404
    word_services.remove_alias(actor=request.actor, alias=alias)
    messages.success(request, _("These words do not lead there any more."))
    return redirect("catalogue_words")


@require_safe
@desk("catalogue.see")
def missed(request: DeskRequest) -> HttpResponse:
    """Queries of the last 90 days that found nothing."""
    context = {
        "rows": queries.missed(clock.today()),
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/missed.html", context)


@require_POST
@desk("catalogue.edit")
def settle(request: DeskRequest) -> HttpResponse:
    """Forget a missed query that means nothing."""
    word_services.settle_missed(text=request.POST.get("text", ""))
    return redirect("catalogue_missed")
