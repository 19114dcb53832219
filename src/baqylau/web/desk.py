"""What stands around every view of the desk: who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import require_role

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request at the desk: somebody is signed in, and this is who."""

    actor: Actor


View = Callable[Concatenate[DeskRequest, P], HttpResponse]
Admitting = Callable[Concatenate[HttpRequest, P], HttpResponse]


def desk(action: str = "") -> Callable[[View[P]], Admitting[P]]:
    """Admit those who are signed in and, if an action is named, may do it on some object.

    The view itself asks `require(request.actor, action, subject)` where the object matters.
    """

    def decorate(view: View[P]) -> Admitting[P]:
        @wraps(view)
        def admit(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            known = cast("DeskRequest", request)
            if not known.actor.key:
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            if action:
                require_role(known.actor, action)
            return view(known, *args, **kwargs)

        # Read by the test that walks every page as every role.
        admit.action = action  # type: ignore[attr-defined]
        return admit

    return decorate
