"""Settings are read strictly: what cannot be used is told in one sentence."""

from pathlib import Path

import pytest

from baqylau.config.databases import databases
from baqylau.config.environment import SettingError, read


def test_without_any_setting_the_defaults_hold(tmp_path: Path) -> None:
    chosen = read({"BAQYLAU_HOME": str(tmp_path)})
    assert (chosen["MODE"], chosen["PORT"], chosen["HOME"]) == ("training", 8000, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("COLOUR", "red", "Unknown setting: BAQYLAU_COLOUR"),
        ("PORT", "eighty", "a port from 1 to 65535, not “eighty”"),
        ("PORT", "70000", "a port from 1 to 65535"),
        ("HTTPS", "yes", "True or False, not “yes”"),
        ("MODE", "live", "training or production"),
        ("SITE", "all", "both, public or desk"),
        ("PUBLIC_ADDRESS", "ashyq.example.org", "an address like https://"),
        ("PUBLIC_ADDRESS", "https://ashyq.example.org/ru/", "nothing behind it"),
        ("PUBLIC_ADDRESS", "https://*", "an address like https://"),
        ("EMAIL_URL_FILE", "/nowhere/at/all", "BAQYLAU_EMAIL_URL_FILE: the file cannot be read"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(SettingError) as refused:
        read({"BAQYLAU_HOME": str(tmp_path), f"BAQYLAU_{name}": value})
    assert words in str(refused.value)


def test_a_desk_on_a_host_of_its_own_must_know_the_public_one(tmp_path: Path) -> None:
    desk = {"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_SITE": "desk"}
    with pytest.raises(SettingError, match="BAQYLAU_PUBLIC_ADDRESS must say where"):
        read(desk)
    chosen = read({**desk, "BAQYLAU_PUBLIC_ADDRESS": "https://ashyq.example.org:8443"})
    assert chosen["PUBLIC_ADDRESS"] == "https://ashyq.example.org:8443"


def test_the_environment_outweighs_the_file(tmp_path: Path) -> None:
    (tmp_path / "baqylau.toml").write_text('port = 9000\nhosts = ["a.kz", "b.kz"]\n')
    chosen = read({"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_PORT": "9001"})
    assert (chosen["PORT"], chosen["HOSTS"]) == (9001, ("a.kz", "b.kz"))


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "baqylau.toml").write_text("port = = 1\n")
    with pytest.raises(SettingError, match=r"baqylau\.toml cannot be read"):
        read({"BAQYLAU_HOME": str(tmp_path)})


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("smtp://u:p@h:25\n")
    chosen = read({"BAQYLAU_HOME": str(tmp_path), "BAQYLAU_EMAIL_URL_FILE": str(tmp_path / "mail")})
    assert chosen["EMAIL_URL"] == "smtp://u:p@h:25"


def test_both_databases_are_on_one_engine(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="together or not at all"):
        databases(tmp_path, "postgresql://h/one", "")


def test_a_database_address_is_read_whole(tmp_path: Path) -> None:
    both = databases(tmp_path, "postgresql://u:p%40@h:5433/one", "postgresql:///two?host=%2Frun")
    assert both["default"]["PASSWORD"] == "p@"
    assert (both["default"]["HOST"], both["default"]["PORT"]) == ("h", "5433")
    assert (both["sealed"]["NAME"], both["sealed"]["HOST"]) == ("two", "/run")


@pytest.mark.parametrize("address", ["mysql://h/one", "postgresql://h", "nonsense"])
def test_another_kind_of_database_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingError, match="postgresql://"):
        databases(tmp_path, address, address)
