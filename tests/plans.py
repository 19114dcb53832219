"""How the database goes about a question: through an index, or through everything."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


def analyse() -> None:
    """Let the planner know what is there, where a running site does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def forget_size(table: str) -> None:
    """Let the planner take a table for one that grows, whoever counted its few rows before.

    What ANALYZE says of a table's size outlives the test in which it was said.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            unknown = "UPDATE pg_class SET relpages = 0, reltuples = -1 WHERE relname = %s"
            cursor.execute(unknown, [table])


def plan_of(sql: str) -> str:
    """The plan of a query, a step a line."""
    word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        # The query was filled in already, so a percent sign in it is one.
        cursor.execute(f"{word} {sql}".replace("%", "%%"), [])
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def whole_reads(plan: str, table: str) -> list[str]:
    """The steps that read a table row by row, whatever is asked.

    SQLite also calls it a scan when an index is walked in order: that stops where the limit says.
    `steps_of` tells whether it stops early.
    """
    if connection.vendor == "sqlite":
        scan = re.compile(rf"\bSCAN {table}\b(?! USING (COVERING )?INDEX)")
        return [line for line in plan.splitlines() if scan.search(line)]
    return [line for line in plan.splitlines() if f"Seq Scan on {table} " in line]


@contextmanager
def reading_by_index(*tables: str) -> Iterator[None]:
    """Fail if a query of the block reads one of these tables row by row."""
    with CaptureQueriesContext(connection) as captured:
        yield
    found = [query["sql"] for query in captured.captured_queries]
    asked = [sql for sql in found if any(f'FROM "{table}"' in sql for table in tables)]
    assert asked, "nothing was asked of these tables"
    for sql in asked:
        plan = plan_of(sql)
        for table in tables:
            assert not whole_reads(plan, table), f"{sql}\n{plan}"


def steps_of(ask: Callable[[], object]) -> int:
    """How many hundreds of steps SQLite's machine takes for what is asked: no clock, no noise."""
    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return taken[0]
