"""A page that grows while the server works: progress without a script.

The work runs in a thread of its own, so that a slow line never holds a transaction open, and
goes on to its end when the browser has left.
"""

import queue
import threading
from collections.abc import Callable, Iterator

from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import Progress

MARK = "<!-- progress -->"
Work = Callable[[Progress], None]
Word = tuple[int, int] | str | None


def working(request: HttpRequest, title: str, work: Work, after: str) -> StreamingHttpResponse:
    """Do the work, showing how far it is, then a link to the address `after`."""
    page = render_to_string("imports/working.html", {"title": title}, request)
    head, foot = page.split(MARK)
    language = translation.get_language() or "kk"

    def stream() -> Iterator[str]:
        yield head
        with translation.override(language):
            words: queue.Queue[Word] = queue.Queue()
            thread = threading.Thread(target=_run, args=(work, words, language))
            thread.start()
            yield from _spoken(words)
            thread.join()
            yield format_html('<li><a class="button" href="{}">{}</a></li>', after, _("Go on"))
        yield foot

    return StreamingHttpResponse(stream(), headers={"X-Accel-Buffering": "no"})


def _run(work: Work, words: "queue.Queue[Word]", language: str) -> None:
    try:
        with translation.override(language):
            work(lambda done, total: words.put((done, total)))
    except DomainError as error:
        words.put(str(error))
    finally:
        words.put(None)
        connections.close_all()


def _spoken(words: "queue.Queue[Word]") -> Iterator[str]:
    shown = -1
    while (word := words.get()) is not None:
        if isinstance(word, str):
            yield format_html('<li class="notice error">{}</li>', word)
            continue
        done, total = word
        percent = done * 100 // max(total, 1)
        if percent // 5 != shown:
            shown = percent // 5
            yield format_html("<li>{} / {}</li>", done, total)
