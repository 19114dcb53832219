"""The sample's two pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from baqylau.kernel.errors import DomainError
from baqylau.web.desk import desk


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Say hello, or refuse when asked to."""
    if "refuse" in request.GET:
        raise DomainError("The sample refuses %(what)s.", params={"what": "this"})
    return HttpResponse("sample", content_type="text/plain")


@desk("sample.see")
def at_the_desk(request: HttpRequest) -> HttpResponse:
    """Say hello to staff."""
    return HttpResponse("sample desk")
