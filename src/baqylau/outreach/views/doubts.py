"""What asks a person to look at an event."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.outreach import access
from baqylau.outreach.forms.doubts import VerdictForm
from baqylau.outreach.models import Picture
from baqylau.outreach.queries import doubts as queries
from baqylau.outreach.queries.events import institutions_of, speakers_of
from baqylau.outreach.services.doubting import judge
from baqylau.staff.queries import known
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk(access.CHECK)
def doubts(request: DeskRequest) -> HttpResponse:
    """Doubts that wait, or those that somebody has looked at."""
    is_open = request.GET.get("state") != "looked"
    page = Paginator(queries.doubts(is_open=is_open), queries.PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "outreach/desk_doubts.html", {"page": page, "is_open": is_open})


@require_safe
@desk(access.CHECK)
def doubt(request: DeskRequest, pk: int) -> HttpResponse:
    """One doubt: what made the program ask, both events beside each other."""
    row = queries.doubt(pk)
    shown = [each for each in (row.event, row.other) if each]
    pictures = Picture.objects.select_related("event").filter(
        pk__in=[row.facts[name] for name in ("mine", "theirs") if name in row.facts]
    )
    context = {
        "doubt": row,
        "why": queries.why(row),
        "events": [
            {"event": each, "bodies": institutions_of(each), "speakers": speakers_of(each)}
            for each in shown
        ],
        "pictures": list(pictures.order_by("pk")),
        "is_bystander": request.actor.key in queries.bystanders(row),
        "reader": known([row.looked_by]).get(row.looked_by),
    }
    return render(request, "outreach/desk_doubt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CHECK)
def verdict(request: DeskRequest, pk: int) -> HttpResponse:
    """Write down what was found."""
    row = queries.doubt(pk)
    form = VerdictForm(request.POST or None)

    def work() -> object:
        return judge(actor=request.actor, doubt=row, **form.cleaned_data)

    way = (
        (_("Doubts"), reverse("doubts_desk")),
        (capfirst(row.get_kind_display()), reverse("event_doubt", args=[pk])),
    )
    return ask(request, form, Asking(_("What you found"), way, work, _("Thank you for looking.")))
