"""The suite runs on both engines: every test with a database that runs on one only says why."""

import re

import pytest

from tests.consistency.source import ROOT

pytestmark = pytest.mark.once

PLAN = "counts the steps of SQLite's own machine; PostgreSQL's plans are tried beside it"
OTHERS = "the program is started in a folder of its own, with SQLite files"
FILES = "reads or breaks SQLite's files"
READER = "judges what is given out, made by code that the engine does not reach"
REASONS = {
    "accountability/test_frictionless.py": READER,
    "accountability/test_openapi.py": READER,
    "accountability/test_verify.py": READER,
    "casework/test_list.py": PLAN,
    "casework/test_worklist.py": PLAN,
    "config/test_setup.py": OTHERS,
    "contacts/test_erasing.py": FILES,
    "crash/test_power.py": FILES,
    "crash/test_reports.py": FILES,
    "crash/test_reports_power.py": FILES,
    "journal/test_heads.py": READER,
    "operation/test_beside.py": OTHERS,
    "operation/test_looking.py": OTHERS,
    "operation/test_passphrases.py": OTHERS,
    "operation/test_schedule.py": OTHERS,
    "reception/test_list.py": PLAN,
    "reception/test_search.py": PLAN,
    "reception/test_worklist.py": PLAN,
    "reports/test_markup.py": READER,
    "reports/test_recover.py": OTHERS,
    "staff/test_foreign.py": "reads the translations of another program, and no record",
    "storage/test_sqlite.py": FILES,
}
"""Files with a test marked `once` and with a database, and why one engine is enough for it."""
ONCE = re.compile(r"^@?\s*(?:pytestmark = \[?.*)?pytest\.mark\.once", re.MULTILINE)
DATABASE = re.compile(r"mark\.django_db|usefixtures\(|: Cast\b|\bdb: None")
ELSEWHERE = ("browser/", "consistency/", "security/", "docs/", "tools/")
"""Folders whose tests marked `once` walk a server of their own, or read only files."""


def found() -> set[str]:
    """Files with tests that run once, and with a database."""
    names = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        name = path.relative_to(ROOT / "tests").as_posix()
        text = path.read_text(encoding="utf-8")
        if not name.startswith(ELSEWHERE) and ONCE.search(text) and DATABASE.search(text):
            names.add(name)
    return names


def test_every_test_with_a_database_that_runs_once_says_why() -> None:
    assert found() - REASONS.keys() == set(), "say in REASONS why the other engine is not needed"


def test_every_reason_is_still_needed() -> None:
    for name in REASONS:
        assert "mark.once" in (ROOT / "tests" / name).read_text(encoding="utf-8"), name
    assert all(len(reason.split()) > 3 for reason in REASONS.values())
