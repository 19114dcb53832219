"""The lock page: who sits here, how to go on, and how a colleague takes the place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.staff import guesses, passkeys, queries, services, typed
from baqylau.staff.browser import Browser
from baqylau.staff.desk_session import LOCKED, OPEN, Seat, step_aside, take_place
from baqylau.staff.forms import ChangeForm, ReopenForm, wait_sentence
from baqylau.staff.middleware import seat_of
from baqylau.staff.models import Sitting, User
from baqylau.staff.services.kept import KEPT_FOR
from baqylau.staff.typed import back_to

WRONG = _("That is not right.")
SPENT = _("That was one try too many: please sign in in full.")


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Show the lock page; POST locks now, and keeps what the page's script sends along."""
    seat = seat_of(request)
    if seat.user is None or seat.sitting is None:
        return redirect("account_login")
    if request.method == "POST":
        services.lock_sitting(sitting=seat.sitting)
        passkeys.forget_challenge(request)
        typed.keep(request, seat.user)
        query = urlencode({"next": back_to(request, request.POST.get("next", ""))})
        return redirect(f"{reverse('staff_lock')}?{query}")
    if seat.state == OPEN:
        return redirect("desk")
    return _page(request, seat, ReopenForm(has_pin=bool(seat.user.pin)))


def _page(request: HttpRequest, seat: Seat, form: ReopenForm, status: int = 200) -> HttpResponse:
    assert seat.user is not None  # noqa: S101 - the callers have looked
    context: dict[str, Any] = {
        "person": seat.user,
        "form": form,
        "next": back_to(request, request.GET.get("next", "") or request.POST.get("next", "")),
        "passkey_options": None,
        "has_kept": bool(queries.kept_texts(seat.user, KEPT_FOR)),
    }
    if queries.has_passkey(seat.user):
        context["passkey_options"] = passkeys.reopening_options(seat.user)
    return render(request, "staff/lock.html", context, status=status)


@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Reopen the desk with the PIN or a passkey; the fifth wrong PIN asks for a full sign-in."""
    seat = seat_of(request)
    if seat.user is None or seat.sitting is None or seat.state not in {LOCKED, OPEN}:
        return redirect("account_login")
    if request.POST.get("credential"):
        passkey = passkeys.ReopenForm(request.POST, user=seat.user)
        is_right = passkey.is_valid()
        form = ReopenForm(has_pin=bool(seat.user.pin))
    else:
        form = ReopenForm(request.POST, has_pin=bool(seat.user.pin))
        is_right = form.is_valid() and services.try_pin(
            sitting=seat.sitting, secret=form.cleaned_data["secret"]
        )
    if is_right and take_place(request, seat.sitting):
        return _go_on(request, seat.user)
    return _refuse(request, seat, form)


def _refuse(request: HttpRequest, seat: Seat, form: ReopenForm) -> HttpResponse:
    assert seat.sitting is not None  # noqa: S101 - the caller has looked
    if not Sitting.objects.filter(pk=seat.sitting.pk).exists():
        step_aside(request)
        messages.error(request, SPENT)
        return redirect("account_login")
    if form.is_bound and form.is_valid():
        form.add_error("secret", WRONG)
    return _page(request, seat, form)


def _go_on(request: HttpRequest, user: User) -> HttpResponse:
    """Back to where the person was, with the newest unsent text of theirs."""
    kept = queries.kept_texts(user, KEPT_FOR)
    if not kept:
        return redirect(back_to(request, request.POST.get("next", "")))
    if len(kept) == 1 and not kept[0].row.was_sent:
        return redirect(f"{kept[0].page.partition('#')[0]}#kept-{kept[0].number}")
    return redirect("staff_kept")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Change places: a colleague whose shift runs at this browser takes it with their PIN."""
    seat = seat_of(request)
    own = seat.user.pk if seat.user else 0
    sittings = queries.sittings_at(seat.browser.digest) if seat.browser else []
    ready = {one.user.key: one for one in sittings if one.user_id != own}
    if not ready and seat.user is None:
        return redirect("account_login")
    people = [(key, one.user.name) for key, one in ready.items()]
    form = ChangeForm(request.POST or None, people=people)
    if seat.browser and form.is_valid():
        sitting = ready[form.cleaned_data["person"]]
        if _is_right(seat.browser, sitting, form):
            if seat.sitting:
                services.lock_sitting(sitting=seat.sitting)
                passkeys.forget_challenge(request)
            if take_place(request, sitting):
                return _go_on(request, sitting.user)
            form.add_error(None, SPENT)
    return render(request, "staff/change.html", {"form": form, "people": people})


def _is_right(browser: Browser, sitting: Sitting, form: ChangeForm) -> bool:
    """Whether the PIN is the colleague's; what is wrong is said in the form."""
    counted = guesses.pin_scope(browser)
    if wait := guesses.admit(counted):
        form.add_error(None, wait_sentence(wait))
        return False
    if services.try_pin(sitting=sitting, secret=form.cleaned_data["secret"]):
        guesses.succeeded(counted)
        return True
    is_spent = not Sitting.objects.filter(pk=sitting.pk).exists()
    form.add_error(None if is_spent else "secret", SPENT if is_spent else WRONG)
    return False


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Make room for somebody who signs in here for the first time; the shift so far is locked."""
    seat = seat_of(request)
    if seat.sitting:
        services.lock_sitting(sitting=seat.sitting)
        passkeys.forget_challenge(request)
        step_aside(request)
    return redirect("account_login")


@require_POST
def present(request: HttpRequest) -> HttpResponse:
    """Somebody types on a page: the desk stays open. The middleware has noted it already."""
    is_open = seat_of(request).state == OPEN
    return JsonResponse({"open": is_open}, status=200 if is_open else 403)
