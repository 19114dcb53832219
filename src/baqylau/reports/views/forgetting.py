"""Pages that take passphrases, codes or shares: nothing typed there is kept by anything but us."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def forgetting(view: View[P]) -> View[P]:
    """Keep nothing: no browser stores the answer, no locked desk the form, no error report either.

    Stands above all other decorators.
    """

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    answered.keeps_nothing = True  # type: ignore[attr-defined]  # read by the lock of the desk
    shielded: View[P] = sensitive_post_parameters()(answered)
    return shielded
