"""The engine: WAL, synchronous=FULL, BEGIN IMMEDIATE, writers in a fair queue.

Every transaction (`atomic`) takes its place in the queue before BEGIN and leaves it after COMMIT
or ROLLBACK. One thread never holds two databases at once, so no two can wait for each other.
"""

import threading
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

from baqylau.storage.queue import queue_for

DURABLE = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
    "PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY"
)

_held = threading.local()


class TwoDatabasesAtOnceError(ImproperlyConfigured):
    """A transaction was opened on one database inside a transaction on another."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper with the queue around each transaction.

    Options: `queue` (default True) and `together` (default False; True lets tests wrap both
    databases in one test transaction).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self._in_queue = False

    def get_connection_params(self) -> dict[str, Any]:
        """Connection arguments without our own two options."""
        params: dict[str, Any] = super().get_connection_params()
        params.pop("queue", None)
        params.pop("together", None)
        return params

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _enter(self) -> None:
        options = self.settings_dict["OPTIONS"]
        if self._in_queue or self.is_in_memory_db() or not options.get("queue", True):
            return
        held = getattr(_held, "alias", None)
        if held not in {None, self.alias} and not options.get("together", False):
            raise TwoDatabasesAtOnceError(
                f"a transaction on '{self.alias}' inside one on '{held}': write an intent, "
                "commit, then write to the other database"
            )
        queue_for(str(self.settings_dict["NAME"])).acquire()
        self._in_queue = True
        _held.alias = self.alias

    def _leave(self) -> None:
        if self._in_queue:
            self._in_queue = False
            _held.alias = None
            queue_for(str(self.settings_dict["NAME"])).release()
