"""`baqylau doctor`: each thing that can be wrong is named with how to mend it."""

import socket
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils import translation
from pytest_django import Settings

from baqylau.journal import keys
from baqylau.kernel import clock
from baqylau.operation import doctor, sealing
from baqylau.operation.console import tell_health
from baqylau.operation.doctor import findings
from baqylau.operation.models import Installation
from baqylau.operation.services import mark_installation
from tests.journal.chains import unguarded, write

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


@pytest.fixture(autouse=True)
def sound(db: None, tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """An installation in which nothing is wrong."""
    settings.HOME = tmp_path
    settings.KEYS = tmp_path / "keys"
    (tmp_path / "var").mkdir()
    keys.make()
    sealing.make_key()
    mark_installation()
    with translation.override("en"):
        yield tmp_path


def told() -> str:
    return "\n".join(f"{found.what} {found.mend}" for found in findings())


def test_a_sound_installation_has_no_findings() -> None:
    assert told() == ""


def test_a_clock_that_was_set_back_is_told() -> None:
    with clock.frozen(clock.now() + timedelta(days=1)):
        write(1)
    assert "clock of this machine is behind" in told()


def test_a_small_difference_of_clocks_is_nobodys_business() -> None:
    with clock.frozen(clock.now() + timedelta(seconds=30)):
        write(1)
    assert told() == ""


def _lose_journal_key(home: Path) -> None:
    keys.path().unlink()


def _damage_backup_key(home: Path) -> None:
    (home / "keys" / sealing.PUBLIC).write_text("nonsense")


def _show_secret(home: Path) -> None:
    (home / "keys" / "secret").touch(0o644)


def _lose_var(home: Path) -> None:
    (home / "var").rmdir()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_lose_journal_key, "keys/journal.key is missing"),
        (_damage_backup_key, "keys/backup.pub is missing or damaged"),
        (_show_secret, "chmod"),
        (_lose_var, "no folder var/"),
    ],
)
def test_what_is_missing_or_open_to_others_is_told(
    sound: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(sound)
    assert words in told()


def test_a_nearly_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 1 << 60)
    assert "nearly full" in told()


def test_a_lifted_guard_is_told() -> None:
    with unguarded(connections["sealed"]):
        assert "“sealed” would let entries" in told()


def test_a_database_that_is_not_for_us_is_told() -> None:
    Installation.objects.update(version="999.0")
    assert "newer version" in told()


def test_production_asks_for_a_name_and_https(settings: Settings) -> None:
    Installation.objects.update(kind="production")
    Installation.objects.using("sealed").update(kind="production")
    settings.MODE, settings.IS_TRAINING = "production", False
    settings.ALLOWED_HOSTS, settings.HTTPS = ["localhost"], False
    assert "BAQYLAU_HOSTS" in told()
    assert "BAQYLAU_HTTPS=True" in told()
    settings.ALLOWED_HOSTS, settings.HTTPS = ["kontrol.example.org"], True
    assert all(found.is_warning for found in findings())


def test_without_a_mail_server_production_is_warned_and_not_failed(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    Installation.objects.update(kind="production")
    Installation.objects.using("sealed").update(kind="production")
    settings.MODE, settings.IS_TRAINING, settings.HTTPS = "production", False, True
    settings.ALLOWED_HOSTS = ["kontrol.example.org"]
    assert tell_health(Namespace()) == 0
    said = capsys.readouterr().out
    assert "! No mail server is set" in said
    assert "Nothing wrong was found." in said
    settings.HTTPS = False
    assert tell_health(Namespace()) == 1
    assert "✗ The settings do not say" in capsys.readouterr().out


def test_a_mail_server_that_does_not_answer_is_told(settings: Settings) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = str(server.getsockname()[1])
        settings.MAIL_SERVER = {"host": "127.0.0.1", "port": port}
        assert "mail server does not answer" in told()
        assert all(found.is_warning for found in findings())
        server.listen()
        assert told() == ""
