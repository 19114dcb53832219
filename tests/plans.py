"""How the database goes about a question: through an index, or through everything."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


def analyse() -> None:
    """Let the planner know what is there, as a running site does by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan_of(sql: str) -> str:
    """The plan of a query, a step a line."""
    word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        # The query was filled in already, so a percent sign in it is one.
        cursor.execute(f"{word} {sql}".replace("%", "%%"), [])
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def whole_reads(plan: str, table: str) -> list[str]:
    """The steps that read a whole table, by row or by index."""
    if connection.vendor == "sqlite":
        return [line for line in plan.splitlines() if re.search(rf"\bSCAN {table}\b", line)]
    return [line for line in plan.splitlines() if f"Seq Scan on {table} " in line]


@contextmanager
def reading_by_index(*tables: str) -> Iterator[None]:
    """Fail if a query of the block reads one of these tables whole, or sorts it whole."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith("SELECT")
        and any(f'"{table}"' in query["sql"] for table in tables)
    ]
    assert asked, "nothing was asked of these tables"
    for sql in asked:
        plan = plan_of(sql)
        for table in tables:
            assert not whole_reads(plan, table), f"{sql}\n{plan}"
