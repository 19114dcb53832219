"""The page behind an invitation: the person's own passphrase, and in."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel.errors import DomainError
from baqylau.staff import queries, services
from baqylau.staff.desk_session import step_aside
from baqylau.staff.forms import AcceptForm
from baqylau.staff.middleware import seat_of
from baqylau.staff.services.invitations import find_invitation
from baqylau.web.forms import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a passphrase; who has a second factor already signs in with both afterwards."""
    user = find_invitation(token).user
    form = AcceptForm(request.POST or None)
    if form.is_valid():
        try:
            user = services.accept_invitation(
                token=token, passphrase=form.cleaned_data["passphrase"]
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            return _enter(request, user.pk)
    return render(request, "staff/accept.html", {"form": form, "person": user})


def _enter(request: HttpRequest, user_id: int) -> HttpResponse:
    seat = seat_of(request)
    if seat.sitting:
        # Somebody else's desk: their session waits, locked, and is not carried over.
        services.lock_sitting(sitting=seat.sitting)
        step_aside(request)
    user = queries.person(user_id)
    if queries.has_factor(user):
        messages.success(request, _("Your passphrase is stored. Sign in with it."))
        return redirect("account_login")
    chosen = request.session.get("language", "")
    login(request, user)
    request.session["language"] = chosen or user.language
    reauthenticate_by_password(request)
    messages.success(request, _("Welcome! Your passphrase is stored."))
    return redirect("staff_mine")
