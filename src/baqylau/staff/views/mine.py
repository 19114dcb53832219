"""My account: language, passphrase, PIN, second factors, where I am signed in."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.kernel.errors import DomainError
from baqylau.staff import guesses, queries, services
from baqylau.staff.desk_session import KEY
from baqylau.staff.forms import ChangePassphraseForm, PinForm, wait_sentence
from baqylau.staff.labels import ROLE_LABELS
from baqylau.staff.middleware import seat_of
from baqylau.staff.models import Sitting, User
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


def person_of(request: DeskRequest) -> User:
    """The account of the request. Raises: Http404 when nobody is signed in."""
    user = seat_of(request).user
    if user is None:
        raise Http404
    return user


@require_safe
@desk()
def mine(request: DeskRequest) -> HttpResponse:
    """Everything about one's own account, on one page."""
    user, seat = person_of(request), seat_of(request)
    sittings = Sitting.objects.filter(user=user).order_by("-seen_at")
    context = {
        "person": user,
        "roles": [label for code, label in ROLE_LABELS.items() if code in request.actor.roles],
        "has_factor": queries.has_factor(user),
        "needs_factor": queries.needs_factor(request.actor),
        "sittings": sittings,
        "here": seat.sitting.pk if seat.sitting else 0,
    }
    return render(request, "staff/mine.html", context)


@require_safe
@desk()
def factors(request: DeskRequest) -> HttpResponse:
    """The second factors that one has, and how to add another."""
    rows = Authenticator.objects.filter(user=person_of(request)).order_by("pk")
    context = {
        "app": next((row for row in rows if row.type == Authenticator.Type.TOTP), None),
        "passkeys": [row.wrap() for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        "has_codes": any(row.type == Authenticator.Type.RECOVERY_CODES for row in rows),
        "needs_factor": queries.needs_factor(request.actor),
    }
    return render(request, "mfa/index.html", context)


def _is_own_passphrase(
    request: DeskRequest, form: ChangePassphraseForm | PinForm, field: str
) -> bool:
    """Whether the passphrase in the field is the person's; a wrong one is slowed down and said."""
    user = person_of(request)
    counted = guesses.scopes(request, user.email, seat_of(request).browser)
    if wait := guesses.admit(counted):
        form.add_error(None, wait_sentence(wait))
        return False
    if not user.check_password(form.cleaned_data[field]):
        form.add_error(field, _("That is not your passphrase."))
        return False
    guesses.succeeded(counted)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@desk()
def passphrase(request: DeskRequest) -> HttpResponse:
    """Change one's own passphrase; every other session ends."""
    form = ChangePassphraseForm(request.POST or None)
    if form.is_valid() and _is_own_passphrase(request, form, "now"):
        user = person_of(request)
        try:
            services.change_passphrase(
                user=user, passphrase=form.cleaned_data["passphrase"], actor=request.actor
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            sign_in_anew(request, user)
            messages.success(request, _("Your passphrase is changed."))
            return redirect("staff_mine")
    return render(request, "staff/passphrase.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@desk()
def pin(request: DeskRequest) -> HttpResponse:
    """Set the PIN that reopens the desk."""
    form = PinForm(request.POST or None)
    if form.is_valid() and _is_own_passphrase(request, form, "passphrase"):
        try:
            services.set_pin(
                user=person_of(request), pin=form.cleaned_data["pin"], actor=request.actor
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Your PIN is set."))
            return redirect("staff_mine")
    return render(request, "staff/pin.html", {"form": form})


@require_POST
@desk()
def end_others(request: DeskRequest) -> HttpResponse:
    """End every session of mine but this one."""
    user = person_of(request)
    services.end_sessions(user=user)
    sign_in_anew(request, user)
    messages.success(request, _("All your other sessions have ended."))
    return redirect("staff_mine")


def sign_in_anew(request: DeskRequest, user: User) -> None:
    """Renew this session after its proof has changed; the person goes on without a sign-in."""
    language = request.session.get("language", user.language)
    request.session.pop(KEY, None)
    login(request, user)
    request.session["language"] = language
    reauthenticate_by_password(request)
