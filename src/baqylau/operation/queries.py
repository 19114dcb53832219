"""What an installation is and holds: its mark, its migrations, its rows."""

from pathlib import Path

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from baqylau.operation.models import Installation

ALIASES = ("default", "sealed")


def tables(alias: str) -> set[str]:
    """The names of the tables that stand in the database; looking makes no file."""
    settings = connections[alias].settings_dict
    if "sqlite" in str(settings["ENGINE"]) and not Path(settings["NAME"]).exists():
        return set()
    return set(connections[alias].introspection.table_names())


def mark(alias: str) -> Installation | None:
    """The database's own mark; None in an empty database or one that was never marked."""
    if Installation._meta.db_table not in tables(alias):
        return None
    return Installation.objects.using(alias).first()


def applied(alias: str) -> list[str]:
    """The migrations that the database has seen, as "app.name", sorted."""
    recorder = MigrationRecorder(connections[alias])
    return sorted(f"{app}.{name}" for app, name in recorder.applied_migrations())


def unknown(names: list[str]) -> list[str]:
    """Those of the migrations that this program does not have, for rooms that are installed.

    A room that was left out keeps its tables and is no newer version.
    """
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {
        f"{app}.{name}"
        for migration in loader.disk_migrations.values()
        for app, name in migration.replaces
    }
    rooms = loader.migrated_apps
    return [name for name in names if name.split(".")[0] in rooms and name not in known]


def unseen(names: list[str]) -> list[str]:
    """Migrations of this program that a database with these has not seen."""
    loader = MigrationLoader(None)
    seen = set(names)
    return sorted(
        f"{app}.{name}" for app, name in loader.disk_migrations if f"{app}.{name}" not in seen
    )


def pending(alias: str) -> bool:
    """Whether this program has migrations that the database has not seen."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def row_counts(alias: str) -> dict[str, int]:
    """Rows of each table, in one statement each."""
    connection = connections[alias]
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(tables(alias)):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 - quoted
            counts[table] = int(cursor.fetchone()[0])
    return counts


def in_use(alias: str) -> bool:
    """Whether another program is connected to this PostgreSQL database."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return bool(cursor.fetchone()[0])
