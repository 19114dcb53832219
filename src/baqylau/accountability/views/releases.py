"""Releases at the desk: what was published, what would be, and the button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.accountability.access import RELEASE
from baqylau.accountability.forms.releases import PublishForm
from baqylau.accountability.queries.releases import pending, releases
from baqylau.accountability.services.releasing import publish_release
from baqylau.figures.queries.published import last_closing
from baqylau.kernel.errors import DomainError
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

SHOWN = 50
"""Releases on the page."""


@require_safe
@desk(RELEASE)
def listing(request: DeskRequest) -> HttpResponse:
    """Releases so far, and what the next one would change."""
    context = {"releases": releases()[:SHOWN], "pending": pending(), "closing": last_closing()}
    return render(request, "accountability/releases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(RELEASE)
def publish(request: DeskRequest) -> HttpResponse:
    """Ask once more, then publish what was shown."""
    now = pending()
    form = PublishForm(request.POST or None, initial={"content": now.content})
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_release(actor=request.actor, expected=form.cleaned_data["content"])
        except DomainError as error:
            add_refusal(form, error)
        else:
            said = _("Release %(version)s is published.") % {"version": made.version}
            messages.success(request, said)
            return redirect("releases")
    context = {"form": form, "pending": now}
    return render(request, "accountability/release_publish.html", context)
