"""What the tests of chains share: entries without a database, and a journal without its guard."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from baqylau.journal import guard, queries
from baqylau.journal.chain import Finding, Row, Walk
from baqylau.journal.rules import GENESIS, link
from baqylau.journal.services import append
from baqylau.kernel.access import Actor

WRITER = Actor("writer", frozenset())


@contextmanager
def unguarded(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The journal as the owner of the disk has it: nothing refuses."""
    had = "journal_entry" in connection.introspection.table_names()
    if had:
        guard.lift_guard(connection)
    try:
        yield
    finally:
        if had:
            guard.set_guard(connection)


def chain(length: int) -> list[Row]:
    """A sound chain."""
    rows: list[Row] = []
    previous = GENESIS
    for number in range(1, length + 1):
        words = ("2026-03-05T09:00:00+00:00", "case.opened", f"a{number % 3}", f"case:{number}")
        payload = f'{{"n":{number}}}'
        previous = link(previous, number, *words, payload)
        rows.append((number, *words, payload, previous))
    return rows


def write(count: int, using: str = "default") -> None:
    """Append that many entries, each in a transaction of its own."""
    for number in range(count):
        with transaction.atomic(using=using):
            append(action="test.wrote", actor=WRITER, payload={"n": number}, using=using)


def findings(using: str = "default") -> list[Finding]:
    """What is wrong with the chain in the database."""
    return list(Walk(using).over(queries.rows(using)))


def alter(sql: str, parameters: Sequence[str | int] = (), using: str = "default") -> None:
    """Change the journal behind its back."""
    with unguarded(connections[using]), connections[using].cursor() as cursor:
        cursor.execute(sql, parameters)


def start_writer(name: str, threads: int, count: int) -> subprocess.Popen[str]:
    """Another process that writes to the same databases; ready when it has said so."""
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    databases = {
        alias: {key: str(connections[alias].settings_dict[key]) for key in names}
        for alias in ("default", "sealed")
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.writer", name, str(threads), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(databases) + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    return process
