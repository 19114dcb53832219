"""The two trees of pages: the public site, and the desk below /desk/."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

DESK = "/desk/"


def is_desk(request: HttpRequest) -> bool:
    """Whether the page belongs to the staff desk, the only tree with cookies."""
    return request.path_info.startswith(DESK) or request.path_info == DESK.rstrip("/")


def own_address(request: HttpRequest, asked: str) -> str:
    """The page that was asked for, if it is of this site; the worklist's address otherwise.

    Only what begins with a stroke is an address: a bare word would be taken for a page's name.
    """
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if is_ours and asked.startswith("/") else reverse("desk")
