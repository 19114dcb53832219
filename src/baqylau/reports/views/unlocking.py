"""Pages that need a person's own key: the key for the request, or the form that unlocks it.

What was typed on a page whose fifteen minutes were over travels on inside the form that unlocks,
and is sent with it: no server keeps it meanwhile.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may_somewhere
from baqylau.reports import access
from baqylau.reports.forms.unlocking import FIELD, OWN, THEN, UnlockForm
from baqylau.reports.queries.holders import own_key
from baqylau.reports.services import keyholding
from baqylau.seal.keys import SecretKey
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

COOKIE = "report_key"
PATH = "/desk/reports/"
LONGEST = 64
"""Characters of a cookie that may be a secret."""

P = ParamSpec("P")


class KeyRequest(DeskRequest):
    """A request of somebody whose key is unlocked: `key` is their own secret key."""

    key: SecretKey


Inner = Callable[Concatenate[KeyRequest, P], HttpResponse]
Outer = Callable[Concatenate[DeskRequest, P], HttpResponse]


def unlocked(view: Inner[P]) -> Outer[P]:
    """Give the view the person's key; without one, answer with the form that unlocks it.

    Stands below `@desk`. Whatever such a page answers is never stored by a browser, and what is
    typed there is never kept by a locked desk.
    """

    @wraps(view)
    def admit(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        is_typed = FIELD in request.POST
        secret = b"" if is_typed else read_cookie(request)
        try:
            if is_typed:
                secret = _unlock(request)
            key = keyholding.held_key(actor=request.actor, secret=secret)
        except DomainError as error:
            return _locked(request, error)
        if is_typed and request.POST.get(THEN) != "send":
            response: HttpResponse = redirect(request.path)
        else:
            known = cast("KeyRequest", request)
            known.key = key
            response = view(known, *args, **kwargs)
        if is_typed:
            _remember(response, secret)
        response.headers["Cache-Control"] = "no-store"
        return response

    admit.keeps_nothing = True  # type: ignore[attr-defined] # read by the lock of the desk
    return admit


def read_cookie(request: DeskRequest) -> bytes:
    """The secret in the person's cookie; empty when there is none."""
    try:
        return urlsafe_b64decode(request.COOKIES.get(COOKIE, "")[:LONGEST].encode("ascii"))
    except ValueError:
        return b""


def _unlock(request: DeskRequest) -> bytes:
    return keyholding.unlock(actor=request.actor, passphrase=request.POST[FIELD][:1_000])


def _remember(response: HttpResponse, secret: bytes) -> None:
    """The cookie ends with the browser; the ticket that it opens ends after fifteen minutes."""
    response.set_cookie(
        COOKIE,
        urlsafe_b64encode(secret).decode(),
        path=PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def _locked(request: DeskRequest, error: DomainError) -> HttpResponse:
    """The form that unlocks; it comes back to this page, with what was typed."""
    is_typed, was_sent = FIELD in request.POST, request.method == "POST"
    form = UnlockForm(request.POST if is_typed else None)
    if is_typed and form.is_valid():
        add_refusal(form, error)
    is_sent_on = was_sent and not request.FILES and request.POST.get(THEN, "send") == "send"
    if was_sent and request.FILES:
        messages.warning(request, _("Files cannot wait here: choose the file again, please."))
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN and is_sent_on
        for value in values
    ]
    context = {
        "form": form,
        "kept": kept,
        "then": "send" if is_sent_on else "look",
        "has_key": own_key(request.actor.key) is not None,
    }
    status = getattr(error, "status", 400) if is_typed else 200
    answer = render(request, "reports/desk/unlock.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@sensitive_post_parameters(FIELD)
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
@unlocked
def unlock(request: KeyRequest) -> HttpResponse:
    """Unlock one's key, then go on to what one may see."""
    return redirect("reports_list" if may_somewhere(request.actor, access.LIST) else "desk")


@require_POST
@desk(access.KEY)
def lock(request: DeskRequest) -> HttpResponse:
    """Lock one's key again."""
    keyholding.lock(actor=request.actor)
    response = redirect(reverse("reports_unlock"))
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    messages.success(request, _("Your key is locked."))
    return response
