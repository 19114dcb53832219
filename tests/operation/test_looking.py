"""`baqylau doctor`: the machine, and whether duties are done; in each language."""

import os
import subprocess
import sys
import zoneinfo
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation
from pytest_django import Settings

from baqylau.files import store
from baqylau.files.services import keep
from baqylau.jobs.models import Lease, Letter
from baqylau.journal import keys
from baqylau.journal.models import Head
from baqylau.journal.services import sign_heads
from baqylau.kernel import clock
from baqylau.operation import looking, sealing
from baqylau.operation.doctor import findings
from baqylau.operation.models import Installation
from baqylau.operation.services import mark_installation
from tests.journal.chains import write

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NOW = clock.now()
OLD = timedelta(days=9)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """An installation that has run for nine days, and in which nothing is wrong."""
    settings.HOME, settings.KEYS, settings.VAR = tmp_path, tmp_path / "keys", tmp_path / "var"
    settings.FILES_ROOT = tmp_path / "var" / "files"
    (tmp_path / "var" / "db").mkdir(parents=True)
    keys.make()
    sealing.make_key()
    mark_installation()
    Installation.objects.update(created_at=clock.now() - OLD)
    Lease.objects.create(code="mail.send", started_at=clock.now(), finished_at=clock.now())
    write(1)
    sign_heads()
    return tmp_path


def told(language: str = "en") -> str:
    with translation.override(language):
        return "\n".join(f"{found.what} {found.mend}" for found in findings())


def _open_database(home: Path) -> None:
    home.chmod(0o755)
    (home / "var" / "db").chmod(0o755)
    (home / "var" / "db" / "default.sqlite3").touch(0o644)


def _open_settings(home: Path) -> None:
    home.chmod(0o755)
    (home / "baqylau.toml").touch(0o644)


def _open_key(home: Path) -> None:
    (home / "keys" / "journal.key").chmod(0o640)


def _stop_the_clock(_home: Path) -> None:
    Lease.objects.update(started_at=clock.now() - OLD)


def _never_begin(_home: Path) -> None:
    Lease.objects.all().delete()


def _fail_a_duty(_home: Path) -> None:
    Lease.objects.update(failures=3)


def _sign_no_more(_home: Path) -> None:
    Head.objects.update(signed_on=clock.today() - OLD)


def _keep_a_letter(_home: Path) -> None:
    day = clock.now() - OLD
    Letter.objects.create(to="a@example.org", message=b"{}", created_at=day, next_at=day)


def _lose_a_file(_home: Path) -> None:
    kept = keep(pieces=[b"content"], media_type="text/plain")
    store.path_of(kept.digest).unlink()


def _cut_a_file(_home: Path) -> None:
    kept = keep(pieces=[b"content"], media_type="text/plain")
    os.truncate(store.path_of(kept.digest), 3)


HARMS: dict[Callable[[Path], None], str] = {
    _open_database: "can read: default.sqlite3. Run in the home folder: chmod",
    _open_settings: "can read: baqylau.toml",
    _open_key: "Others on this machine can read keys/",
    _stop_the_clock: "No duty was begun since",
    _never_begin: "No duty was begun since -",
    _fail_a_duty: "mail.send has failed; times in a row: 3. Run “baqylau jobs run mail.send”",
    _sign_no_more: "was not signed and published since",
    _keep_a_letter: "A letter waits to be sent since",
    _lose_a_file: "missing or not whole: 1 (",
    _cut_a_file: "missing or not whole: 1 (",
}


def test_a_sound_installation_that_runs_for_days_has_no_findings() -> None:
    assert told() == ""


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_each_thing_is_told_with_how_to_mend_it(home: Path, harm: Callable[[Path], None]) -> None:
    harm(home)
    assert HARMS[harm] in told()
    # In its own words in each language, and in each with something to do.
    assert len({told(language) for language in ("kk", "ru", "en")}) == 3
    assert all(found.mend for found in findings())


def test_a_whole_file_is_no_finding() -> None:
    keep(pieces=[b"content"], media_type="text/plain")
    assert told() == ""


def test_a_closed_folder_hides_what_lies_in_it(home: Path) -> None:
    _open_database(home)
    home.chmod(0o700)
    assert told() == ""


@pytest.mark.parametrize("offset", [timedelta(hours=6), None])
def test_old_or_missing_time_zone_data_is_told(
    monkeypatch: pytest.MonkeyPatch, offset: timedelta | None
) -> None:
    class Old:
        def __init__(self, name: str) -> None:
            if offset is None:
                raise zoneinfo.ZoneInfoNotFoundError(name)

        def utcoffset(self, _at: object) -> timedelta | None:
            return offset

    monkeypatch.setattr(looking, "ZoneInfo", Old)
    assert "time zone data of this machine is missing or old" in told()
    assert "tzdata" in told("kk")


def test_a_clock_of_before_the_program_is_told() -> None:
    with clock.frozen(NOW.replace(year=1970)):
        assert "a day before the program was installed" in told()


def test_a_fresh_installation_is_given_a_day_to_begin() -> None:
    Installation.objects.update(created_at=clock.now())
    Lease.objects.all().delete()
    assert told() == ""


def test_a_site_that_answers_under_any_name_is_told(settings: Settings) -> None:
    Installation.objects.update(kind="production")
    Installation.objects.using("sealed").update(kind="production")
    settings.MODE, settings.IS_TRAINING, settings.HTTPS = "production", False, True
    settings.ALLOWED_HOSTS = ["*"]
    assert "answers under any name" in told()


def asked(tmp_path: Path, **settings: str) -> tuple[int, str]:
    """What `baqylau doctor` says in a process of its own, and its exit status."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BAQYLAU_")}
    clean |= {"BAQYLAU_HOME": str(tmp_path), "LC_ALL": "en_GB.UTF-8", **settings}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    words = [sys.executable, "-m", "baqylau", "doctor"]
    done = subprocess.run(words, env=clean, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.once
def test_a_production_with_debug_does_not_even_start(tmp_path: Path) -> None:
    status, said = asked(tmp_path, BAQYLAU_MODE="production", BAQYLAU_DEBUG="True")
    assert (status, "BAQYLAU_DEBUG cannot be True in production" in said) == (2, True), said


@pytest.mark.once
def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    nobody = dict.fromkeys(
        ("BAQYLAU_DATABASE_URL", "BAQYLAU_SEALED_DATABASE_URL"),
        "postgresql://nobody@127.0.0.1:1/nothing",
    )
    status, said = asked(tmp_path, **nobody)
    assert status == 1, said
    assert "✗ A database does not answer" in said
    assert "Start the database server" in said
    assert "Traceback" not in said


def test_a_database_that_waits_for_a_migration_is_told() -> None:
    recorder = MigrationRecorder(connections["default"])
    name = max(name for app, name in recorder.applied_migrations() if app == "journal")
    recorder.record_unapplied("journal", name)
    assert "not ready" in told()
    assert "baqylau prepare" in told()
