"""Campaigns at the desk, and what is given out in them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.kernel import clock
from baqylau.kernel.permissions import may
from baqylau.outreach import access
from baqylau.outreach.forms.campaigns import CampaignForm, MaterialForm
from baqylau.outreach.models import Campaign, CampaignMaterial
from baqylau.outreach.queries import campaigns as queries
from baqylau.outreach.queries.words import words
from baqylau.outreach.services import campaigns as services
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


def _way(*rest: tuple[object, str]) -> tuple[tuple[object, str], ...]:
    return ((_("Campaigns"), reverse("campaigns_desk")), *rest)


@require_safe
@desk(access.SEE)
def campaigns(request: DeskRequest) -> HttpResponse:
    """All campaigns with what is given out in them."""
    materials = queries.materials()
    context = {
        "rows": [
            {"campaign": row, "materials": materials.get(row.pk, [])} for row in queries.campaigns()
        ],
        "can_write": may(request.actor, access.CAMPAIGNS),
    }
    return render(request, "outreach/desk_campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CAMPAIGNS)
def write(request: DeskRequest, code: str = "") -> HttpResponse:
    """Add a campaign, or change one."""
    row = queries.campaign(code) if code else None
    names = (*services.NAMES, *services.AIMS, "first_on", "until_on")
    initial: dict[str, object] = {"first_on": clock.today()}
    if row:
        initial = {**{name: getattr(row, name) for name in names}, "seen": row.revision}
    form = CampaignForm(request.POST or None, initial=initial)

    def work() -> Campaign:
        data = dict(form.cleaned_data)
        revision = data.pop("seen") or 0
        return services.write_campaign(
            actor=request.actor, fields=data, campaign=row, revision=revision
        )

    title = _("Change the campaign") if row else _("A new campaign")
    return ask(request, form, Asking(title, _way(), work, _("The campaign is saved.")))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CAMPAIGNS)
def add_material(request: DeskRequest, code: str) -> HttpResponse:
    """Add something that is given out."""
    row = queries.campaign(code)
    data = request.POST if request.method == "POST" else None
    form = MaterialForm(data, request.FILES or None)

    def work() -> object:
        values = dict(form.cleaned_data)
        file = values.pop("file")
        leaflet = services.Leaflet(file.read(), file.content_type, **values)
        return services.add_material(actor=request.actor, campaign=row, leaflet=leaflet)

    asking = Asking(
        _("Add a material"), _way(), work, _("The material is added."), str(words(row, "name"))
    )
    return ask(request, form, asking)


@require_POST
@desk(access.CAMPAIGNS)
def remove_material(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """Take a material back."""
    rows = CampaignMaterial.objects.select_related("campaign")
    found = rows.filter(campaign__code=code, pk=pk).first()
    if found is not None:
        services.remove_material(actor=request.actor, material=found)
        messages.success(request, _("The material is removed."))
    return redirect("campaigns_desk")
