"""A file on its way from a draft to its report: sealed anew, not whole, not in clear on disk."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from baqylau.seal.envelope import Place
from baqylau.seal.items import Entry, Sealed, open_stream, seal_stream
from baqylau.seal.keys import SecretKey
from baqylau.seal.streams import Source, Target


@dataclass(frozen=True, slots=True)
class From:
    """Where an item stands now: what `open_stream` wants to know."""

    key: SecretKey
    report: str
    entries: Sequence[Entry]
    number: int


def move(there: From, source: Source, key: SecretKey, place: Place, target: Target) -> Sealed:
    """Open the item whose ciphertext the source gives and seal it to `key`, in its new place.

    After an error, drop what was written. Raises: SealError; whatever source or target raise.
    """
    reading, writing = os.pipe()
    failures: list[BaseException] = []

    def opening() -> None:
        try:
            with os.fdopen(writing, "wb") as clear:
                open_stream(there.key, there.report, there.entries, there.number, source, clear)
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failures.append(error)

    thread = threading.Thread(target=opening)
    thread.start()
    try:
        # Closed before the thread is joined: a writer whose reader has gone does not wait.
        with os.fdopen(reading, "rb") as clear:
            sealed = seal_stream(key, place, clear, target)
    finally:
        thread.join()
    if failures:
        raise failures[0]
    return sealed
