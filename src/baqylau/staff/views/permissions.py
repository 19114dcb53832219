"""Who may do what, as the installed rooms say it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.staff import queries
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk("staff.permissions")
def permissions(request: DeskRequest) -> HttpResponse:
    """The permission table, room by room; it is printed and hung up as it is."""
    return render(request, "staff/permissions.html", {"rooms": queries.rights()})
