"""A disk that is full, told as what it is: one sentence for whoever writes, and nothing half."""

import sqlite3
from types import TracebackType

from django.db import DatabaseError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError

SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
"""What SQLite says when a page does not get onto the disk. Not a failed sync: after that one nobody
knows what is there."""
POSTGRESQL = frozenset({"53100"})
"""disk_full. Source: PostgreSQL's documentation, appendix A."""


class FullError(DomainError, OperationalError):
    """The disk of the database takes no more; the transaction was undone."""

    code = "full"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            _(
                "The disk of this site is full, and nothing was saved. "
                "Keep what you typed and send it again later."
            )
        )


def is_full(error: BaseException | None) -> bool:
    """Whether the engine said so."""
    said = getattr(error, "sqlite_errorcode", None)
    return said in SQLITE or getattr(error, "sqlstate", None) in POSTGRESQL


def came_of_full(error: BaseException | None) -> bool:
    """Whether it is a full disk, or was raised while one was handled: others' code renames it."""
    return error is not None and (isinstance(error, FullError) or came_of_full(error.__context__))


class _Told(DatabaseErrorWrapper):
    """Django's way of raising the engine's errors, with a full disk by its own name."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            super().__exit__(kind, error, trace)
        except DatabaseError:
            if is_full(error):
                raise FullError from error
            raise


class TellsFull(BaseDatabaseWrapper):
    """Mixed into an engine's wrapper."""

    @cached_property
    def wrap_database_errors(self) -> DatabaseErrorWrapper:
        """Around every call of the engine."""
        return _Told(self)
