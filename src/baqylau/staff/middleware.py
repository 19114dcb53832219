"""Who sits at the desk, and whether it is open; the public site is asked nothing.

A locked desk answers every page with the lock page. What was typed and sent to it in the meantime
is kept for its author.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from baqylau.kernel.access import Nobody
from baqylau.staff import browser as browsers
from baqylau.staff import passkeys, queries, services, typed
from baqylau.staff.desk_session import LOCKED, OPEN, OVER, Seat, find_seat
from baqylau.staff.models import User
from baqylau.storage.full import FullError
from baqylau.web.trees import is_desk

Answer = Callable[[HttpRequest], HttpResponse]

WHILE_LOCKED = frozenset({"staff_lock", "staff_reopen", "staff_change", "staff_leave"})
ALWAYS = frozenset({"desk_language", "staff_accept"})
WITHOUT_FACTOR = WHILE_LOCKED | {
    "account_logout",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
"""Pages that stay open to somebody who must set up a second factor first."""


class SeatedRequest(HttpRequest):
    """A desk request that knows its seat."""

    seat: Seat


def who(get_response: Answer) -> Answer:
    """Give a desk request its `user`, `actor` and `seat`; on the public site all are Nobody."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_desk(request):
            request.actor = Nobody()  # type: ignore[attr-defined]  # the request of a page, which Django's types do not know
            return get_response(request)
        seat = find_seat(request)
        request.seat = seat  # type: ignore[attr-defined]  # the request of a page, which Django's types do not know
        is_open = seat.state == OPEN
        request.actor = queries.actor_of(seat.user if is_open else None)  # type: ignore[attr-defined]  # the request of a page, which Django's types do not know
        if is_open and seat.sitting:
            # Reading goes on when the disk is full; the desk only locks a little earlier.
            with suppress(FullError):
                services.touch_sitting(sitting=seat.sitting)
        response = get_response(request)
        _remember(request, seat, response)
        return response

    answer.process_view = gate  # type: ignore[attr-defined]  # Django looks for hooks on the function
    answer.process_exception = ask_again  # type: ignore[attr-defined]  # Django looks for hooks on the function
    return answer


def _remember(request: HttpRequest, seat: Seat, response: HttpResponse) -> None:
    """Note what the answer to this request settles: browser, language, a text that was sent."""
    if seat.is_new_here and seat.browser:
        browsers.remember(response, seat.browser)
    user = seat.user
    # The view may have put another person's session under the request.
    if user is None or seat.state != OPEN or request.user.pk != user.pk:
        return
    chosen = request.session.get("language", "")
    if request.session.modified and chosen in dict(settings.LANGUAGES) and chosen != user.language:
        services.change_language(user=user, language=chosen)
    kept = request.POST.get("_kept", "") if request.method == "POST" else ""
    if kept.isascii() and kept.isdigit() and response.status_code in {302, 303}:
        services.drop_kept(user=user, number=int(kept[:18]))


def gate(
    request: HttpRequest, _view: object, _args: tuple[Any, ...], _kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Let the request through, or answer with the lock page, the sign-in page, the factor page.

    It runs after the check of the form's token, so nobody else can leave texts with a person.
    """
    seat = getattr(request, "seat", None)
    name = request.resolver_match.url_name if request.resolver_match else ""
    if seat is None or seat.user is None or name in ALWAYS:
        return None
    if seat.state == LOCKED:
        return None if name in WHILE_LOCKED else _to_lock_page(request, seat)
    if seat.state == OVER:
        return _after_the_shift(request, seat)
    if name not in WITHOUT_FACTOR and _lacks_factor(request, seat.user):
        messages.info(request, _("Please set up a second factor first: an app or a passkey."))
        return redirect("mfa_index")
    return None


def _lacks_factor(request: HttpRequest, user: User) -> bool:
    """Whether the person must have a second factor and has none; asked once in a session."""
    if not settings.STAFF_SECOND_FACTOR or request.session.get("has_factor"):
        return False
    if not queries.needs_factor(request.actor):  # type: ignore[attr-defined]  # the request of a page, which Django's types do not know
        return False
    if queries.has_factor(user):
        request.session["has_factor"] = True
        return False
    return True


def _to_lock_page(request: HttpRequest, seat: Seat) -> HttpResponse:
    if seat.sitting and seat.sitting.locked_at is None:
        services.lock_sitting(sitting=seat.sitting)
        passkeys.forget_challenge(request)
    if seat.user:
        typed.keep(request, seat.user)
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("desk")
    return redirect(f"{reverse('staff_lock')}?{urlencode({'next': target})}")


def _after_the_shift(request: HttpRequest, seat: Seat) -> HttpResponse:
    was_kept = seat.user is not None and typed.keep(request, seat.user)
    if seat.sitting:
        services.end_sitting(sitting=seat.sitting)
    language = request.session.get("language", "")
    logout(request)
    request.session["language"] = language
    messages.info(
        request,
        _("Your shift is over. Sign in again: what you sent is kept for you.")
        if was_kept
        else _("Your shift is over. Sign in again."),
    )
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("desk")
    return redirect_to_login(target, resolve_url(settings.LOGIN_URL))


def ask_again(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Send somebody whose last proof is too old to the page that asks for the passphrase.

    allauth would store the whole request in the session, address and browser included.
    """
    if not isinstance(exception, ReauthenticationRequired):
        return None
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    target = urlencode({"next": request.path})
    return redirect(f"{reverse('account_reauthenticate')}?{target}")


def seat_of(request: HttpRequest) -> Seat:
    """The seat of a desk request."""
    return cast("SeatedRequest", request).seat
