"""The site with one more public page, which does nothing: what a request costs at least."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from baqylau.config import urls


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse(b"")


urlpatterns = [path("nothing/", nothing), *urls.urlpatterns]
