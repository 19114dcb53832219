"""The daily backup: where it goes, what the doctor says of it, and who must not be disturbed."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from baqylau.jobs.models import Lease
from baqylau.jobs.rules import is_due
from baqylau.jobs.services import run
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Job, registry
from baqylau.operation import presence, rules, schedule, sealing
from baqylau.operation.backup import backup, site
from baqylau.operation.restore import restore
from tests.operation.conftest import ROOT, quiet

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
JOB = next(job for job in registry.gather("jobs") if job.code == "operation.backup")
ERASURES = next(job for job in registry.gather("jobs") if job.code == "operation.erasures")


def told() -> str:
    return "\n".join(f"{each.what} {each.mend}" for each in schedule.health())


def test_the_clock_makes_an_archive_in_the_folder_that_is_set(
    home: Path, settings: Settings
) -> None:
    settings.BACKUP_FOLDER = str(home / "out")
    assert JOB.at
    assert run(job=JOB, is_forced=True)
    (name,) = rules.own_archives([path.name for path in (home / "out").iterdir()], site())
    assert Lease.objects.get(code=JOB.code).result.startswith(name)
    assert ERASURES.run() == "nothing new"
    (home / "out" / rules.erasures_name(site())).unlink()
    assert ERASURES.run() == "written"


def test_without_a_folder_none_is_made(home: Path, settings: Settings) -> None:
    settings.BACKUP_FOLDER = ""
    assert JOB.run() == ERASURES.run() == schedule.OFF
    assert not list((home / "out").iterdir())


def test_a_stick_that_is_not_there_is_told_and_nothing_takes_its_name(
    home: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BACKUP_FOLDER = str(home / "stick")
    assert run(job=JOB, is_forced=True)
    assert Lease.objects.get(code=JOB.code).last_error == "DomainError"
    assert "no backup was made" in caplog.text
    assert not (home / "stick").exists()
    with pytest.raises(DomainError, match="no folder"):
        ERASURES.run()
    assert "cannot be used" in told()


def test_the_doctor_warns_of_what_may_leave_the_site_without_a_backup(
    home: Path, settings: Settings
) -> None:
    settings.BACKUP_FOLDER = ""
    assert told() == ""
    settings.IS_TRAINING = False
    assert "BAQYLAU_BACKUP_FOLDER" in told()
    settings.BACKUP_FOLDER = str(home / "out")
    assert "too old: -" in told()
    assert "same disk" in told()
    assert "backup-passphrase" in told()
    backup(home / "out", quiet)
    assert "too old" not in told()
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert "too old: 20" in told()
    with clock.frozen(clock.now() - timedelta(days=3)):
        assert "dated after today" in told()


def test_a_duty_that_began_in_the_future_of_a_wrong_clock_is_due_now() -> None:
    zone, now = ZoneInfo("Asia/Almaty"), datetime(2026, 11, 23, 12, tzinfo=UTC)
    for job in (Job("x", "x", str, every=60), Job("x", "x", str, at="02:20")):
        assert is_due(job, now + timedelta(days=300), now, zone)
        assert not is_due(job, now + timedelta(seconds=20), now, zone)


@pytest.mark.once
def test_nothing_is_restored_under_a_server_that_runs(home: Path) -> None:
    archive = backup(home / "out" / "one.age", quiet)
    place = home / "served"
    place.mkdir()
    words = "import sys; from pathlib import Path; from baqylau.kernel.presence import hold; "
    words += "hold(Path(sys.argv[1])); print('here', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", words, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "here\n"
        with pytest.raises(DomainError, match="A server runs"):
            restore(archive, place, home / "keys" / sealing.SECRET, quiet)
        assert list(place.iterdir()) == []
        server.kill()
    presence.refuse_served(place)
    restore(archive, place, home / "keys" / sealing.SECRET, quiet)
    assert (place / "var").is_dir()
