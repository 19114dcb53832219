"""A site of pages that break over what they were sent."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from baqylau.config import urls


def broken(request: HttpRequest, said: str = "") -> NoReturn:
    """Break, with everything that came in the words of the error."""
    raise ValueError(f"{said} {request.GET} {request.POST} {request.COOKIES}")


urlpatterns = [
    path("broken/", broken),
    path("broken/<str:said>/", broken),
    path("desk/broken/", broken),
    path("desk/broken/<str:said>/", broken),
    *urls.urlpatterns,
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
