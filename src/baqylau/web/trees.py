"""The two trees of pages: the public site, and the desk below /desk/."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

DESK = "/desk/"


def is_desk(request: HttpRequest) -> bool:
    """Whether the page belongs to the staff desk, the only tree with cookies.

    A host that serves the public site alone has none.
    """
    if settings.SITE == "public":
        return False
    return request.path_info.startswith(DESK) or request.path_info == DESK.rstrip("/")


def public_origin(request: HttpRequest) -> str:
    """Where the public site is, "https://host": this host, unless it has one of its own."""
    return str(settings.PUBLIC_ADDRESS) or f"{request.scheme}://{request.get_host()}"


def public_link(request: HttpRequest, name: str, *args: object) -> str:
    """The whole address of a page of the public site, for paper, letters and QR codes."""
    return public_origin(request) + reverse(name, args=args)


def own_address(request: HttpRequest, asked: str) -> str:
    """The page that was asked for, if it is of this site; the worklist's address otherwise.

    Only what begins with a stroke is an address: a bare word would be taken for a page's name.
    """
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if is_ours and asked.startswith("/") else reverse("desk")
