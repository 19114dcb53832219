"""Consistent copies of a database while others go on writing, on either engine."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections, transaction
from django.utils.translation import gettext as _

from baqylau.journal import queries as journal
from baqylau.journal.chain import Finding, Row, Walk
from baqylau.journal.rules import GENESIS
from baqylau.kernel.errors import DomainError
from baqylau.operation.queries import row_counts

SUFFIX = {"sqlite": "sqlite3", "postgresql": "dump"}


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds: rows by table, number and digest of the last journal entry."""

    rows: dict[str, int]
    head: tuple[int, str]


def engine() -> str:
    """The engine of this installation: "sqlite" or "postgresql"."""
    return connections["default"].vendor


def copy(alias: str, target: Path) -> Copy:
    """Copy the database into a new file. Raises: DomainError where a tool is missing or fails."""
    if engine() == "sqlite":
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return look(target)
    return _dump(alias, target)


@contextmanager
def _file(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        yield database


def look(path: Path) -> Copy:
    """What an SQLite copy holds. Raises: sqlite3.DatabaseError when it is damaged."""
    with _file(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = {
            name: int(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - from the schema itself
            for (name,) in sorted(names)
            if not name.startswith("sqlite_")
        }
        last = database.execute(
            "SELECT number, digest FROM journal_entry ORDER BY number DESC LIMIT 1"
        ).fetchone()
    return Copy(rows, tuple(last) if last else (0, GENESIS))


def faults(path: Path, chain: str) -> list[Finding]:
    """What is wrong with the journal in an SQLite copy."""
    with _file(path) as database:
        rows: Iterator[Row] = database.execute(
            f"SELECT {journal.COLUMNS} FROM journal_entry ORDER BY number"  # noqa: S608 - constant
        )
        return list(Walk(chain).over(rows))


def is_whole(path: Path) -> bool:
    """Whether SQLite itself finds its file in order."""
    with _file(path) as database:
        # Some checks of the schema call functions that only Django adds.
        database.execute("PRAGMA ignore_check_constraints = ON")
        return bool(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def _dump(alias: str, target: Path) -> Copy:
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _tool("pg_dump", alias, f"--snapshot={snapshot}", f"--file={target}")
        last = journal.last(alias)
        return Copy(row_counts(alias), (last.number, last.digest) if last else (0, GENESIS))


def load(alias: str, source: Path) -> None:
    """Load a dump into an empty PostgreSQL database, whole or not at all. Raises: DomainError."""
    name = str(connections[alias].settings_dict["NAME"])
    _tool(
        "pg_restore", alias, "--single-transaction", "--exit-on-error", f"--dbname={name}", source
    )


def _tool(name: str, alias: str, *words: str | Path) -> None:
    """Run one of PostgreSQL's own tools; the password never stands on a command line."""
    connection = connections[alias]
    connection.ensure_connection()
    chosen = connection.settings_dict
    given = {
        "PGHOST": chosen["HOST"],
        "PGPORT": chosen["PORT"],
        "PGUSER": chosen["USER"],
        "PGPASSWORD": chosen["PASSWORD"],
        "PGDATABASE": chosen["NAME"],
    }
    known = {key: str(value) for key, value in given.items() if value}
    major = connection.pg_version // 10_000  # type: ignore[attr-defined]  # there on PostgreSQL alone
    command = [_found(name, major), "--no-owner", "--no-privileges", *map(str, words)]
    if name == "pg_dump":
        command.append("--format=custom")
    result = subprocess.run(  # noqa: S603 - our own words
        command, env={**os.environ, **known}, capture_output=True, text=True, check=False
    )
    if result.returncode:
        reason = (result.stderr.strip().splitlines() or [name])[-1]
        raise DomainError(
            _("%(tool)s failed: %(reason)s."), params={"tool": name, "reason": reason}
        )


def _found(name: str, major: int) -> str:
    """The tool, of the server's version or newer. Raises: DomainError when there is none."""
    first = shutil.which(name)
    others = sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), reverse=True)
    for path in [first, *others] if first else others:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - a tool that was found, with our own word
        version = re.search(r"\d+", said.stdout)
        if version and int(version.group()) >= major:
            return path
    raise DomainError(
        _("%(tool)s of PostgreSQL %(major)s or newer is needed and was not found."),
        params={"tool": name, "major": major},
    )
