"""The database's own refusal: triggers that let nobody change or remove an entry.

They stop mistakes and injected statements, not the owner of the disk: that is what signed heads
are for.
"""

from collections.abc import Mapping
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = "the journal is append-only"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"

SET: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        f"""CREATE TRIGGER IF NOT EXISTS journal_guard_update
        BEFORE UPDATE ON journal_entry {_REFUSE}""",
        f"""CREATE TRIGGER IF NOT EXISTS journal_guard_delete
        BEFORE DELETE ON journal_entry {_REFUSE}""",
        # INSERT OR REPLACE removes the old row without asking the trigger on DELETE.
        f"""CREATE TRIGGER IF NOT EXISTS journal_guard_insert BEFORE INSERT ON journal_entry
        WHEN EXISTS (SELECT 1 FROM journal_entry WHERE number = NEW.number) {_REFUSE}""",  # noqa: S608 - constants
    ),
    "postgresql": (
        f"""CREATE OR REPLACE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END $$""",
        """CREATE OR REPLACE TRIGGER journal_guard BEFORE UPDATE OR DELETE OR TRUNCATE
        ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_guard()""",
    ),
}
LIFT: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS journal_guard_update",
        "DROP TRIGGER IF EXISTS journal_guard_delete",
        "DROP TRIGGER IF EXISTS journal_guard_insert",
    ),
    "postgresql": ("DROP TRIGGER IF EXISTS journal_guard ON journal_entry",),
}
_COUNT: Mapping[str, str] = {
    "sqlite": """SELECT count(*) FROM sqlite_master
        WHERE type = 'trigger' AND name LIKE 'journal_guard_%'""",
    "postgresql": """SELECT count(*) FROM pg_trigger
        WHERE tgname = 'journal_guard' AND tgenabled <> 'D'""",
}


class _SchemaEditor(Protocol):
    connection: BaseDatabaseWrapper


def set_guard(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; safe to repeat."""
    _execute(connection, SET)


def lift_guard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    _execute(connection, LIFT)


def is_set(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT[connection.vendor])
        found = cursor.fetchone()[0]
    return bool(found == {"sqlite": 3, "postgresql": 1}[connection.vendor])


def _execute(connection: BaseDatabaseWrapper, statements: Mapping[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def forwards(_apps: object, editor: _SchemaEditor) -> None:
    """Set the guard in a migration."""
    set_guard(editor.connection)


def backwards(_apps: object, editor: _SchemaEditor) -> None:
    """Lift the guard in a migration that is taken back."""
    lift_guard(editor.connection)
