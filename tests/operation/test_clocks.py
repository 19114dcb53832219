"""A clock that was set back: one sentence each, and nothing is lost by it."""

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.operation import sealing
from baqylau.operation.backup import backup
from baqylau.operation.restore import restore
from baqylau.operation.rules import is_after
from tests.journal.chains import findings, write
from tests.operation.conftest import quiet

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
BACK = timedelta(days=3)


def test_a_backup_under_a_clock_that_was_set_back_is_made_and_says_so(home: Path) -> None:
    said: list[str] = []
    right = backup(home / "out", said.append)
    assert not any("clock" in line for line in said)
    with clock.frozen(clock.now() - BACK):
        earlier = backup(home / "out", said.append)
    assert any("clock of this machine is behind" in line for line in said)
    assert any("dated after today" in line and right.name in line for line in said)
    assert earlier.exists()
    assert right.exists()
    assert earlier.name < right.name


def test_a_restore_under_a_clock_that_was_set_back_comes_back_and_says_so(home: Path) -> None:
    archive, said = backup(home / "out", quiet), list[str]()
    key, into = home / "keys" / sealing.SECRET, home / "new"
    # The databases of this test are not empty: on PostgreSQL the sentence comes before that one.
    with clock.frozen(clock.now() - BACK), _refused():
        restore(archive, into, key, said.append)
    assert any("archive is dated after today" in line for line in said)
    assert into.is_dir() is (connection.vendor == "sqlite")


def _refused() -> AbstractContextManager[object]:
    if connection.vendor == "sqlite":
        return nullcontext()
    return pytest.raises(DomainError, match="not empty")


def test_the_journal_goes_on_under_a_clock_that_was_set_back(home: Path) -> None:
    with clock.frozen(clock.now() - BACK):
        for alias in ("default", "sealed"):
            write(2, alias)
            assert findings(alias) == []


@pytest.mark.parametrize("said", ["", "yesterday", "2026-13-01T00:00:00+00:00"])
def test_what_is_no_moment_is_not_after_today(said: str) -> None:
    assert not is_after(said, clock.now())
