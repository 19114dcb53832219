"""The rule of two databases: one thread never holds a transaction on both.

Two writers that held one each and waited for the other's would wait for ever, and what is written
to both is not one step anyway: write an intent, commit, then write to the other database.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class TwoDatabasesAtOnceError(ImproperlyConfigured):
    """A transaction was opened on one database inside a transaction on another."""


def refuse_two(alias: str) -> None:
    """Refuse when this thread is inside a transaction on another database.

    The transaction that a test wraps around both databases does not count.

    Raises: TwoDatabasesAtOnceError.
    """
    for other in connections.all(initialized_only=True):
        blocks = [block for block in other.atomic_blocks if not _is_of_test(block)]
        if other.alias != alias and blocks:
            raise TwoDatabasesAtOnceError(
                f"a transaction on '{alias}' inside one on '{other.alias}': write an intent, "
                "commit, then write to the other database"
            )


def _is_of_test(block: object) -> bool:
    return bool(getattr(block, "_from_testcase", False))


class OneAtATime(BaseDatabaseWrapper):
    """Mixed into an engine's wrapper: asks before each transaction and each savepoint."""

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Begin or end a transaction."""
        if not autocommit:
            refuse_two(self.alias)
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)

    def _savepoint(self, sid: Any) -> None:  # noqa: ANN401 - Django's signature
        refuse_two(self.alias)
        super()._savepoint(sid)  # type: ignore[misc]  # Django's own, which its types leave out
