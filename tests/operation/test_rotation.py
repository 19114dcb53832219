"""Old archives go once a new one is there: never the newest, nor anything of others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.operation import rules
from baqylau.operation.backup import backup, site
from tests.operation.conftest import quiet

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
SITE, NOW = "0123abcd", datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
MOMENTS = st.lists(
    st.integers(-400 * 24, 400 * 24).map(lambda hours: NOW + timedelta(hours=hours)), max_size=12
)


def made(moments: list[datetime]) -> dict[str, datetime]:
    return {rules.archive_name(SITE, moment): moment for moment in moments}


@given(MOMENTS, st.integers(1, 365))
def test_what_goes_is_old_and_never_the_newest_and_never_of_the_future(
    moments: list[datetime], days: int
) -> None:
    archives = made(moments)
    gone = rules.expired(archives, NOW, days)
    past = [moment for moment in moments if moment <= NOW]
    assert all(archives[name] < NOW - timedelta(days=days) for name in gone)
    assert not past or rules.archive_name(SITE, max(past)) not in gone
    kept = archives.keys() - set(gone)
    old = [name for name in kept if archives[name] < NOW - timedelta(days=days)]
    assert len(old) <= 1


@given(MOMENTS, st.integers(1, 4000))
def test_a_clock_that_was_set_back_removes_nothing(moments: list[datetime], days: int) -> None:
    archives = made([moment for moment in moments if moment >= NOW])
    assert rules.expired(archives, NOW - timedelta(days=1), days) == []


@given(MOMENTS)
def test_a_name_tells_when_its_archive_was_made(moments: list[datetime]) -> None:
    archives = made(moments)
    assert rules.own_archives(archives, SITE) == archives
    assert rules.own_archives(archives, "ffffffff") == {}


@pytest.mark.parametrize(
    "name",
    [
        "baqylau-0123abcd-20261399-000000.age",
        "baqylau-0123abcd-20260101-000000.age.part",
        "baqylau-20260101-000000.age",
        "baqylau-0123abcd-٢٠٢٦٠١٠١-٠٠٠٠٠٠.age",
        "other.age",
    ],
)
def test_other_names_are_nobodys_business(name: str) -> None:
    assert rules.own_archives([name], SITE) == {}


def lay(folder: Path, *ages: int, whose: str = "") -> list[Path]:
    """Archives of so many days ago; of days to come where it is negative."""
    paths = [
        folder / rules.archive_name(whose or site(), clock.now() - timedelta(days=age))
        for age in ages
    ]
    for path in paths:
        path.write_bytes(b"sealed")
    return paths


def test_a_new_archive_takes_the_place_of_those_that_are_too_old(
    home: Path, settings: Settings
) -> None:
    settings.BACKUP_DAYS = 30
    old, young = lay(home / "out", 31, 29)
    (stranger,) = lay(home / "out", 500, whose="ffffffff")
    said: list[str] = []
    archive = backup(home / "out", said.append)
    assert archive.exists()
    assert (old.exists(), young.exists(), stranger.exists()) == (False, True, True)
    assert any("older than 30 days: 1" in line for line in said)


def test_a_backup_that_fails_removes_nothing(home: Path) -> None:
    (old,) = lay(home / "out", 500)
    (home / "keys" / "backup.pub").unlink()
    with pytest.raises(DomainError, match=r"backup\.pub"):
        backup(home / "out", quiet)
    assert old.exists()


def test_archives_of_days_to_come_stay_and_are_named(home: Path) -> None:
    (coming,) = lay(home / "out", -40)
    said: list[str] = []
    archive = backup(home / "out", said.append)
    assert coming.exists()
    assert any("after today" in line and coming.name in line for line in said)
    with clock.frozen(clock.now() - timedelta(days=3_000)):
        backup(home / "out", quiet)
    assert archive.exists()
    assert coming.exists()


def test_a_file_of_ones_own_name_moves_nothing_else(home: Path) -> None:
    (old,) = lay(home / "out", 500)
    backup(home / "out" / "mine.age", quiet)
    assert old.exists()
