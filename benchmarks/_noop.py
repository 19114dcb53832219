"""The site with one more public page, which does nothing: what a request costs at least."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from baqylau.accountability import urls_public
from baqylau.config import urls


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse(b"")


# Among the pages that it is compared with: finding the view is a good part of so small a request.
urls_public.urlpatterns.insert(0, path("nothing/", nothing))
urlpatterns = urls.urlpatterns
