"""What somebody typed while the desk was being locked: read from the request, kept for them."""

import json

from django.contrib import messages
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from baqylau.kernel.errors import DomainError
from baqylau.staff import services
from baqylau.staff.models import User

NEVER_KEPT = ("csrfmiddlewaretoken", "_kept")
MOST_FIELDS = 1_000
KEEPS_NOTHING = "keeps_nothing"
"""A mark on views: what is typed there must not be kept under a key that lies on this machine."""

Pairs = list[tuple[str, str]]


def back_to(request: HttpRequest, asked: str) -> str:
    """Where to go on: a page of this desk, or the worklist."""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    is_desk = asked.startswith(reverse("desk")) and not asked.startswith(reverse("staff_lock"))
    return asked if is_ours and is_desk else reverse("desk")


def keep(request: HttpRequest, user: User) -> bool:
    """Keep what came with the request, if anything; whether it is kept now.

    The lock page's own POST carries what the script found on the page that it covers. Every other
    page's POST is what the person sent, unless that page takes secrets.
    """
    if request.method != "POST":
        return False
    match = request.resolver_match
    if match and match.url_name == "staff_lock":
        fields = read_fields(request.POST.get("fields", ""))
        page = back_to(request, request.POST.get("next", ""))
        if _keeps_nothing(page):
            return False
        return _store(request, user, page, fields, [], was_sent=False)
    if _takes_secrets(request):
        return False
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
    ]
    files = [file.name or "" for _name, some in request.FILES.lists() for file in some]
    return _store(request, user, request.get_full_path(), fields, files, was_sent=True)


def _store(
    request: HttpRequest, user: User, page: str, fields: Pairs, files: list[str], *, was_sent: bool
) -> bool:
    if not fields and not files:
        return False
    try:
        services.keep_text(user=user, page=page, fields=fields, files=files, was_sent=was_sent)
    except DomainError as error:
        messages.error(request, error.message)
        return False
    return True


def _takes_secrets(request: HttpRequest) -> bool:
    """Whether the page takes passphrases, PINs or codes: those are never kept."""
    view = request.resolver_match.func if request.resolver_match else None
    module = getattr(view, "__module__", "")
    return module.startswith(("baqylau.staff.", "allauth.")) or getattr(view, KEEPS_NOTHING, False)


def _keeps_nothing(page: str) -> bool:
    """Whether what is typed on the page is sealed by the page itself, and by nothing else."""
    try:
        return getattr(resolve(page.partition("?")[0]).func, KEEPS_NOTHING, False)
    except Resolver404:
        return False


def read_fields(text: str) -> Pairs:
    """The pairs in a JSON list of [name, text]; what is no pair of texts is left out."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [
        (_readable(pair[0]), _readable(pair[1]))
        for pair in (found if isinstance(found, list) else [])[:MOST_FIELDS]
        if isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(one, str) for one in pair)
        and pair[0] not in NEVER_KEPT
    ]


def _readable(text: str) -> str:
    """The text with a question mark for each half of a character: browsers may send such halves."""
    return text.encode(errors="replace").decode()
