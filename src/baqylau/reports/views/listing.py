"""The list of reports at the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.kernel import clock
from baqylau.reports import access
from baqylau.reports.forms.listing import FilterForm
from baqylau.reports.queries import listing
from baqylau.reports.views.unlocking import COOKIE
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk(access.LIST)
def reports(request: DeskRequest) -> HttpResponse:
    """Which reports there are, by age and clock; nothing is opened for it."""
    form = FilterForm({"state": "open", **request.GET.dict()})
    after = request.GET.get("after", "")[:48]
    today = clock.today()
    context = {
        "form": form,
        "page": listing.page(form.wanted(), request.actor.key, today, after),
        "is_first_page": not after,
        "is_open": COOKIE in request.COOKIES,
        "today": today,
    }
    return render(request, "reports/desk/list.html", context)
