"""Settings that nobody should write: each is one sentence, never a traceback or a guess."""

import argparse
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.config.commands import _serve_arguments
from baqylau.config.databases import databases, postgresql
from baqylau.config.environment import SETTINGS, SettingError, port, read
from baqylau.config.mail import mail_server
from baqylau.config.secret import LEAST, secret_key

T = TypeVar("T")


def answered(call: Callable[[], T]) -> T | None:
    """What the reader answers; None when it refuses in a sentence. All else fails the test."""
    try:
        return call()
    except SettingError:
        return None


NUMBERS = ["²", "٣", "8000.0", "+80", " 80", "0", "", "-1", "65536", "9" * 5_000, "1_000"]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_port_is_in_the_digits_of_a_keyboard(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError) as refused:
        read({"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_PORT": text})
    assert "a port from 1 to 65535" in str(refused.value)


@pytest.mark.parametrize("text", ["²", "٥", "121", "0", "five"])
def test_so_are_minutes(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError, match="minutes from 1 to 120"):
        read({"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_IDLE_MINUTES": text})


@given(st.integers(1, 65_535))
def test_every_port_is_read(number: int) -> None:
    assert port(str(number)) == number


@pytest.mark.parametrize("text", ["70000", "0", "eighty", "²"])
def test_a_port_of_the_console_is_held_to_the_same(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    _serve_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--port", text])
    assert "65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "https://a.kz",
        "a.kz:443",
        "a.kz/desk",
        "a kz,/",
        "",
        ",",
        "a..kz",
        "[::1",
        "a.kz?",
        "сайт.қаз",
    ],
)
def test_a_host_that_no_request_could_match_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError, match=r"names like kontrol\.example\.org"):
        read({"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_HOSTS": text})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kontrol.Example.org", ("kontrol.example.org",)),
        ("a.kz, b.kz localhost", ("a.kz", "b.kz", "localhost")),
        ("127.0.0.1 [::1]", ("127.0.0.1", "[::1]")),
        (".example.org *", (".example.org", "*")),
        ("xn--80a.xn--80ao21a", ("xn--80a.xn--80ao21a",)),
    ],
)
def test_hosts_are_read_as_they_are_compared(
    tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    assert read({"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_HOSTS": text})["HOSTS"] == names


def test_a_value_and_a_file_for_the_same_setting_are_no_guess(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("smtp://u:p@h:25")
    environ = {
        "BAQYLAU_HOME": str(tmp_path),
        "BAQYLAU_EMAIL_URL": "smtp://other:25",
        "BAQYLAU_EMAIL_URL_FILE": str(tmp_path / "mail"),
    }
    for turned in (environ, dict(reversed(environ.items()))):
        with pytest.raises(SettingError, match="BAQYLAU_EMAIL_URL is set twice"):
            read(turned)


@pytest.mark.parametrize("content", [b"\xff\xfe", "құпия".encode("utf-16")])
def test_a_secret_file_of_other_bytes_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mail").write_bytes(content)
    environ = {"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_EMAIL_URL_FILE": str(tmp_path / "mail")}
    with pytest.raises(SettingError, match="the file cannot be read"):
        read(environ)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[mail]\nurl = 'x'\n", "Unknown setting: BAQYLAU_MAIL"),
        ("port = [80, 90]\n", "a port from 1 to 65535"),
        ("https = 1\n", "True or False"),
        ("mode = 2026-01-01\n", "training or production"),
        ("port = 1\nport = 2\n", "cannot be read"),
        ("hosts = [['a']]\n", "names like"),
    ],
)
def test_a_file_of_another_shape_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "baqylau.toml").write_text(content)
    with pytest.raises(SettingError) as refused:
        read({"BAQYLAU_HOME": str(tmp_path)})
    assert words in str(refused.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "baqylau.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match=r"baqylau\.toml cannot be read"):
        read({"BAQYLAU_HOME": str(tmp_path)})


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "baqylau.toml").mkdir()
    with pytest.raises(SettingError, match=r"baqylau\.toml cannot be read"):
        read({"BAQYLAU_HOME": str(tmp_path)})


@given(st.dictionaries(st.sampled_from(sorted(SETTINGS)), st.text(max_size=30), max_size=4))
def test_whatever_is_set_it_is_read_or_refused_in_one_line(chosen: dict[str, str]) -> None:
    environ = {f"BAQYLAU_{name}": value for name, value in chosen.items()}
    found = answered(lambda: read({**environ, "BAQYLAU_HOME": "/nowhere/at/all"}))
    assert found is None or set(found) == set(SETTINGS)


ADDRESSES = st.text("smtp:/@[]:%.?#0123456789abпочта ", max_size=40)


@given(ADDRESSES.map(lambda tail: f"smtp://{tail}") | ADDRESSES)
def test_any_mail_address_is_read_or_refused(address: str) -> None:
    server = answered(lambda: mail_server(address))
    assert not server or (server["host"] and 1 <= int(server["port"]) <= 65_535)


@pytest.mark.parametrize(
    "address", ["smtp://[bad", "smtp://h:99999", "smtp://h:x", "smtp:///", "h"]
)
def test_a_mail_server_that_is_none_is_one_sentence(address: str) -> None:
    with pytest.raises(SettingError, match="mail server looks like"):
        mail_server(address)


def test_a_mail_servers_password_may_hold_any_sign() -> None:
    server = mail_server("smtps://a%40b.kz:p%2Fw%23@mail.kz")
    assert (server["user"], server["password"]) == ("a@b.kz", "p/w#")
    assert (server["port"], server["security"]) == ("465", "tls")


@given(ADDRESSES.map(lambda tail: f"postgresql://{tail}"))
def test_any_database_address_is_read_or_refused(address: str) -> None:
    found = answered(lambda: postgresql(address))
    assert found is None or found["NAME"]


@pytest.mark.parametrize(
    "address", ["postgresql://h:99999/n", "postgresql://[x/n", "postgresql://h:p/n"]
)
def test_a_database_address_with_a_wrong_port_is_one_sentence(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingError, match="database address looks like"):
        databases(tmp_path, address, address)


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = secret_key(tmp_path / "keys")
    assert len(first) >= LEAST
    assert secret_key(tmp_path / "keys") == first
    assert stat.S_IMODE((tmp_path / "keys" / "secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret"]


@pytest.mark.parametrize("content", ["", " \n", "short"])
def test_a_secret_that_anybody_could_guess_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret").write_text(content)
    with pytest.raises(SettingError, match="too short"):
        secret_key(tmp_path)
    assert (tmp_path / "secret").read_text() == content, "it is not replaced unasked"


def test_a_secret_of_other_bytes_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff" * 64)
    with pytest.raises(SettingError, match="cannot be written or read"):
        secret_key(tmp_path)


@pytest.mark.skipif("os.geteuid() == 0", reason="nothing is forbidden to root")
def test_keys_that_cannot_be_written_are_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SettingError, match="cannot be written or read"):
        secret_key(tmp_path / "keys")
    assert os.access(tmp_path, os.R_OK)
