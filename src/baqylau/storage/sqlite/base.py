"""The engine: WAL, synchronous=FULL, BEGIN IMMEDIATE, writers in a fair queue.

Every transaction (`atomic`) takes its place in the queue before BEGIN and leaves it after COMMIT
or ROLLBACK. A thread holds one database at a time, so no two can wait for each other.
"""

from typing import Any

from django.db.backends.sqlite3 import base

from baqylau.storage.boundary import OneAtATime
from baqylau.storage.full import TellsFull
from baqylau.storage.queue import queue_for

DURABLE = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
    "PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY"
)


class DatabaseWrapper(TellsFull, OneAtATime, base.DatabaseWrapper):
    """Django's wrapper with the queue around each transaction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self._in_queue = False

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's own, which its types leave out
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # Django's own, which its types leave out
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django's own, which its types leave out
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # Django's own, which its types leave out
        finally:
            self._leave()

    def _enter(self) -> None:
        if self._in_queue or self.is_in_memory_db():
            return
        queue_for(str(self.settings_dict["NAME"])).acquire()
        self._in_queue = True

    def _leave(self) -> None:
        if self._in_queue:
            self._in_queue = False
            queue_for(str(self.settings_dict["NAME"])).release()
