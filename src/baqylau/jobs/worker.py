"""The thread of the embedded server that runs what is due."""

import logging
import threading

from django.db import connections

from baqylau.jobs.services import run_due

log = logging.getLogger(__name__)

PAUSE = 20.0
"""Seconds between two looks at the clock."""


class Worker:
    """Looks at the clock until it is told to stop."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Finish the duty at hand, at most `patience` seconds, and end."""
        self._stop.set()
        self._thread.join(patience)

    def _loop(self) -> None:
        while not self._stop.is_set():
            try:
                run_due()
            except Exception as error:  # noqa: BLE001 - the clock must outlive a lost database
                log.error("the clock stumbled: %s", type(error).__name__)  # noqa: TRY400
            finally:
                connections.close_all()
            self._stop.wait(self._pause)
