"""The two trees of pages: the public site, and the desk below /desk/."""

from django.http import HttpRequest

DESK = "/desk/"


def is_desk(request: HttpRequest) -> bool:
    """Whether the page belongs to the staff desk, the only tree with cookies."""
    return request.path_info.startswith(DESK) or request.path_info == DESK.rstrip("/")
