"""Forms that anybody may send on the public site, where no cookie says who sends.

A page draws `{% form_token "room.form" %}` inside its form. The view calls `guard(request)` before
it looks at `request.POST`, and asks `is_ours(request.POST, "room.form")` afterwards.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.web.middleware import size_of

FIELD: Final = "token"
LIFE: Final = 12 * 3_600
"""Seconds for which a page that lies open may still be sent."""
LIMIT: Final = 10_000
"""Bytes of a form without files."""


class ForeignFormError(DomainError):
    """The form came from another site, or from no page at all."""

    code = "foreign_form"
    status = 403


class LargeFormError(DomainError):
    """More was sent than the form can hold; it was not read."""

    code = "large_form"
    status = 413


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"web.strangers/{purpose}")


def token(purpose: str) -> str:
    """What a form carries so that it is known for ours: the moment, signed for this form alone."""
    return _signer(purpose).sign(str(int(clock.now().timestamp())))


def is_ours(sent: Mapping[str, str], purpose: str) -> bool:
    """Whether the form was drawn by us, for this purpose, within its life."""
    try:
        drawn = int(_signer(purpose).unsign(str(sent.get(FIELD, ""))))
    except (BadSignature, ValueError):
        return False
    return 0 <= int(clock.now().timestamp()) - drawn <= LIFE


def guard(request: HttpRequest, limit: int = LIMIT) -> None:
    """Refuse, unread, what is too large or was not sent from a page of this site.

    Raises: LargeFormError; ForeignFormError.
    """
    if size_of(request) > limit:
        raise LargeFormError(_("That is more than this form can hold. Nothing was read."))
    if not _is_from_here(request):
        raise ForeignFormError(
            _("This was not sent from our own page. Open the page again and send it from there.")
        )


def _is_from_here(request: HttpRequest) -> bool:
    """By Origin; old browsers leave it out and are known by the page that they come from."""
    here = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == here
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    return f"{came.scheme}://{came.netloc}" == here
