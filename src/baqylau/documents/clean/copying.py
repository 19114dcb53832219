"""Make a clean copy of a foreign file."""

import threading
from typing import Final

from baqylau.documents.clean import answers, helpers
from baqylau.documents.clean.answers import Clean
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.frames import BrokenStreamError, RefusedError
from baqylau.documents.clean.limits import STANDARD, Limits

READERS: Final = {
    "image/jpeg": "pictures",
    "image/png": "pictures",
    "image/webp": "pictures",
    "application/pdf": "pages",
}
KINDS: Final = tuple(READERS)
"""Media types that have clean copies."""
AT_ONCE: Final = 2
"""Copies made at the same time by one process of ours; each may take twice `Limits.memory`."""
_places = threading.BoundedSemaphore(AT_ONCE)


def clean_copy(content: bytes, media_type: str, *, limits: Limits = STANDARD) -> Clean:
    """A copy of a file that holds its pixels and nothing else: an image, or a PDF of page images.

    The content goes through pipes only: no file is written, and no process inherits a descriptor,
    a lock or a setting. Waits for a place, then works for `limits.seconds` at most; call it outside
    transactions. The same content gives the same bytes while Pillow and PDFium stay the same.

    Raises: CleanError, whatever the content is.
    """
    if media_type not in KINDS:
        raise CleanError("clean_kind")
    if len(content) > limits.content:
        raise _error("clean_large", limits)
    if not _places.acquire(timeout=limits.patience):
        raise CleanError("clean_busy")
    try:
        words = (media_type, limits.packed())
        most = limits.copy + answers.HEAD_SIZE
        return answers.read(helpers.ask(READERS[media_type], words, content, most, limits.seconds))
    except RefusedError as refused:
        raise _error(refused.code, limits) from None
    except BrokenStreamError:
        raise CleanError("clean_unreadable") from None
    except OSError:  # no process, memory or descriptor to be had just now
        raise CleanError("clean_busy") from None
    finally:
        _places.release()


def _error(code: str, limits: Limits) -> CleanError:
    return CleanError(code, **limits.params.get(code, {}))
