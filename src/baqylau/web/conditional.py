"""Conditional requests: who has the page as it is gets a 304 without anything being drawn.

A public page depends on the records that it shows; on its address (which holds the language and
what was asked for); on the program; on names, which seldom change. All of it goes into a strong
ETag. Names are counted as they are for an hour, so a renamed district is seen with its new name
within the hour by somebody who reloads a page.

What the ETag names is drawn and packed once: the next visitor is given the same bytes.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers

from baqylau import __file__ as package
from baqylau.web import queries as site
from baqylau.web.drawn import pages

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
State = Callable[[], object]
"""What a page depends on, read with one cheap query; anything with a `repr` that tells it."""

TRUSTED = 1.0
"""Seconds for which what was read is used without asking again."""
HOUR = 3_600
KEPT = "public, no-cache"
"""Kept by whoever wants to, and asked about each time."""
MOST = 4_096
"""Characters of a list of ETags that are read."""


class Shelf:
    """What each state was, and when it was asked; safe with threads, which may ask twice."""

    def __init__(self) -> None:
        self.trusted = TRUSTED
        self._kept: dict[State, tuple[float, str]] = {}

    def read(self, state: State) -> str:
        """The state, not older than `trusted`."""
        now = time.monotonic()
        at, said = self._kept.get(state, (float("-inf"), ""))
        if now - at >= self.trusted:
            said = repr(state())
            self._kept[state] = (now, said)
        return said


shelf = Shelf()
"""The one shelf of the process."""


@cache
def program() -> str:
    """The program's own files and what was chosen for this installation."""
    told = hashlib.sha256()
    for line in _files(Path(package).parent):
        told.update(line.encode())
    chosen = (
        settings.ORGANISATION,
        settings.PHONE,
        settings.SAFE_CHANNEL,
        settings.LANGUAGES,
        settings.BAQYLAU_MODULES,
        settings.IS_TRAINING,
    )
    told.update(repr(chosen).encode())
    return told.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".mo", ".svg"}:
            found = path.stat()
            yield f"{path.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n"


def etag(request: HttpRequest, states: tuple[State, ...], own: str = "") -> str:
    """The strong ETag of a page as it is now; `own` tells the state of what it is about."""
    parts = (
        program(),
        *_address(request),
        str(int(time.time()) // HOUR),
        repr(site.shelf.rows()),
        own,
        *map(shelf.read, states),
    )
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"'


def _address(request: HttpRequest) -> tuple[str, ...]:
    """Scheme, site, path and question as they came: the frame has looked at them already."""
    asked = request.META
    site_name = asked.get("HTTP_HOST", "")
    return request.scheme or "", site_name, request.path_info, asked.get("QUERY_STRING", "")


def has_it(request: HttpRequest, tag: str) -> bool:
    """Whether the visitor says that this is what they have."""
    said = request.META.get("HTTP_IF_NONE_MATCH", "")[:MOST]
    return any(each.strip().removeprefix("W/") == tag for each in said.split(","))


def conditional(
    *states: State, of: Callable[..., object] | None = None
) -> Callable[[View[P]], View[P]]:
    """Answer 304 to whoever has the page as it is; give everybody else its ETag.

    Visitors keep the page and ask each time whether it still holds. `of` is a state of the very
    thing that the page is about: it takes what the view takes, and is asked each time.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            own = repr(of(*args, **kwargs)) if of else ""
            tag = etag(request, states, own)
            if has_it(request, tag):
                return HttpResponseNotModified(
                    headers={"ETag": tag, "Cache-Control": KEPT, "Vary": "Accept-Encoding"}
                )
            unpacks = re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            if (kept := pages.page(tag, is_packed=bool(unpacks))) is not None:
                return kept
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                response.headers["ETag"] = tag
                response.headers["Cache-Control"] = KEPT
                patch_vary_headers(response, ("Accept-Encoding",))
                pages.keep(tag, response)
            return response

        return answer

    return decorate
