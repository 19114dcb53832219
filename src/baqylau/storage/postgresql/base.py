"""The engine of a grown installation: PostgreSQL queues its writers itself."""

import time
from collections.abc import Sequence
from typing import Any, Final

from django.db.backends.postgresql import base

from baqylau.storage.boundary import OneAtATime
from baqylau.storage.full import TellsFull

TRUSTED: Final = 5.0
"""Seconds for which a connection that has answered is not asked again whether it still does."""


class DatabaseWrapper(TellsFull, OneAtATime, base.DatabaseWrapper):
    """Django's wrapper; a thread holds a transaction on one database at a time.

    A kept connection is asked whether it lives before a request uses it; while many requests come
    that is one question in some seconds, and not one for each. One that has failed is closed after
    its request all the same.
    """

    # Django's own, missing in the stubs.
    health_check_enabled: bool
    health_check_done: bool
    _answered_at = 0.0

    def close_if_health_check_failed(self) -> None:
        """As Django's, for a connection that has not answered lately."""
        if self.connection is None or not self.health_check_enabled or self.health_check_done:
            return
        if time.monotonic() - self._answered_at < TRUSTED:
            self.health_check_done = True
            return
        super().close_if_health_check_failed()
        self._answered_at = time.monotonic()

    def bound(self, statement: str, values: Sequence[Any]) -> None:
        """Run a statement inside a transaction; its values travel beside it, in one round trip.

        So they stand in no log of the server, which writes refused statements down whole.
        """
        # Through `cursor` they would be written into the statement. Without types in the stubs.
        made: Any = base.ServerBindingCursor
        with self.wrap_database_errors, made(self.connection) as cursor:
            cursor.execute(statement, values)
