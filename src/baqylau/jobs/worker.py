"""The thread of the embedded server that runs what is due and keeps the process's memory warm."""

import ctypes
import logging
import threading
from collections.abc import Callable

from django.db import connections

from baqylau.jobs.apart import Apart
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
        self._apart = Apart()
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
        self._apart.stop()
        self._thread.join(patience)

    def call(self) -> None:
        """Look at once, not only when the pause is over."""
        self._call.set()

    def _run_due(self) -> list[str]:
        return run_due(self._apart.start)

    def _loop(self) -> None:
        while not self._is_over:
            # Before looking: a call that comes meanwhile is for the next look.
            self._call.clear()
            try:
                ran = [_quietly(look) for look in (*_warmers(), self._run_due)]
            finally:
                connections.close_all()
            if any(ran):
                _give_back()
            if not self._is_over:
                self._call.wait(self._pause)


def _give_back() -> None:
    """Return to the system what duties have used, where the C library can: tens of MB at night."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _warmers() -> list[Callable[[], None]]:
    return [room.warm for room in registry if room.warm]


def _quietly(look: Callable[[], object]) -> object:
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - the clock must outlive a lost database
        log.error("the clock stumbled: %s", type(error).__name__)  # noqa: TRY400
        return None


_at_work: set[Worker] = set()


def warm_soon() -> bool:
    """Ask this process's worker to prepare its memory now; False when there is none to do it."""
    for worker in tuple(_at_work):
        worker.call()
    return bool(_at_work)
