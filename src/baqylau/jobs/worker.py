"""The thread of the embedded server that runs what is due and keeps the process's memory warm."""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from baqylau.jobs.services import run_due
from baqylau.kernel.modules import registry

log = logging.getLogger(__name__)

PAUSE = 20.0
"""Seconds between two looks at the clock."""


class Worker:
    """Looks at the clock until it is told to stop."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._is_over = False
        self._call = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin."""
        _at_work.add(self)
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Finish the duty at hand, at most `patience` seconds, and end."""
        _at_work.discard(self)
        self._is_over = True
        self._call.set()
        self._thread.join(patience)

    def call(self) -> None:
        """Look at once, not only when the pause is over."""
        self._call.set()

    def _loop(self) -> None:
        while not self._is_over:
            # Before looking: a call that comes meanwhile is for the next look.
            self._call.clear()
            try:
                for look in (*_warmers(), run_due):
                    _quietly(look)
            finally:
                connections.close_all()
            if not self._is_over:
                self._call.wait(self._pause)


def _warmers() -> list[Callable[[], None]]:
    return [room.warm for room in registry if room.warm]


def _quietly(look: Callable[[], object]) -> None:
    try:
        look()
    except Exception as error:  # noqa: BLE001 - the clock must outlive a lost database
        log.error("the clock stumbled: %s", type(error).__name__)  # noqa: TRY400


_at_work: set[Worker] = set()


def warm_soon() -> bool:
    """Ask this process's worker to prepare its memory now; False when there is none to do it."""
    for worker in tuple(_at_work):
        worker.call()
    return bool(_at_work)
