"""The administrator's page about the site itself: what can be changed here, and what cannot."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.staff import services
from baqylau.staff.forms import SiteForm
from baqylau.staff.labels import SETTING_PLACES
from baqylau.web import queries
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal
from baqylau.web.rules import Name


@require_http_methods(["GET", "HEAD", "POST"])
@desk("staff.settings")
def site_settings(request: DeskRequest) -> HttpResponse:
    """Name, telephone, lock and safe channel; below, what only the machine's owner changes."""
    form = SiteForm(
        request.POST or None,
        initial={**queries.site_settings(), "seen": services.stamp()},
        defaults=queries.defaults(),
        languages=[code for code, _name in settings.LANGUAGES],
    )
    if form.is_valid():
        try:
            services.change_settings(
                values=form.values(), seen=form.cleaned_data["seen"], actor=request.actor
            )
        except DomainError as error:
            add_refusal(form, error)
            if isinstance(error, ConflictError):
                queries.shelf.forget()
                form.data = {**request.POST.dict(), "seen": services.stamp()}
        else:
            messages.success(request, _("The settings are stored and hold from now on."))
            return redirect("staff_settings")
    return render(request, "staff/settings.html", {"form": form, "fixed": _fixed()})


def _fixed() -> list[dict[str, object]]:
    """The settings that need the machine: variable, value, where it is set, what it is."""
    here = {name.value.upper() for name in Name}
    return [
        {
            "variable": told.variable,
            "value": told.value,
            "where": SETTING_PLACES[told.where],
            "what": _(told.what),
        }
        for told in settings.SETTINGS_TOLD
        if told.variable.removeprefix("BAQYLAU_") not in here
    ]
