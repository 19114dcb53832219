"""Public pages as they were drawn: what is the same for everybody is drawn and packed once."""

import gzip
import threading
from collections import OrderedDict

from django.http import HttpResponse

ROOM = 4 * 1024 * 1024
"""Bytes of pages that are kept as they were drawn, packed."""
LARGE = 512 * 1024
"""Bytes, packed, above which a page is drawn each time."""
HARD = 6
"""How hard pages are packed: as hard as one that is not kept."""


class Drawn:
    """Pages as they were drawn, by their ETag; those unused the longest make room for new ones."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._held = room, 0
        self._pages: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._mutex = threading.Lock()

    def page(self, tag: str, *, is_packed: bool = False) -> HttpResponse | None:
        """The page of this ETag, if it is kept; packed for a browser that unpacks it.

        What is saved as a file is given unpacked, as `PublicGZip` gives it.
        """
        with self._mutex:
            if tag not in self._pages:
                return None
            self._pages.move_to_end(tag)
            packed, heads = self._pages[tag]
        if is_packed and "Content-Disposition" not in heads:
            # Packed, it is another sequence of bytes, so its ETag is a weak one (RFC 9110, 8.8.1).
            return HttpResponse(
                packed, headers=heads | {"Content-Encoding": "gzip", "ETag": f"W/{tag}"}
            )
        return HttpResponse(gzip.decompress(packed), headers=heads)

    def keep(self, tag: str, response: HttpResponse) -> None:
        """Keep a page that is the same for everybody; not a large one, nor one in parts."""
        if response.streaming or response.cookies:
            return
        packed = gzip.compress(response.content, HARD, mtime=0)
        if len(packed) > LARGE:
            return
        with self._mutex:
            if tag not in self._pages:
                self._held += len(packed)
            self._pages[tag] = packed, dict(response.headers)
            while self._held > self._room:
                _tag, (packed, _heads) = self._pages.popitem(last=False)
                self._held -= len(packed)

    def forget(self) -> None:
        """Keep nothing any longer: for tests, each of which has records of its own."""
        with self._mutex:
            self._pages.clear()
            self._held = 0


pages = Drawn()
"""Those that this process keeps."""
