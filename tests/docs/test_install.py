"""docs/install.md, followed line by line on a make-believe machine."""

import configparser
import http.client
import json
import re
import shutil
import socket
import stat
import subprocess
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.machine import Machine, snapshot

pytestmark = pytest.mark.once

PAGE = pages.DOCS / "install.md"
DEPLOY = pages.ROOT / "deploy"
HOST = "kontrol.example.org"
ANSWERS = ("Бақылау", "Контроль", "Control", HOST, "", "first@example.org", "Айгүл")
"""What the reader types when `setup` asks; the languages are left as they are offered."""


def section(title: str) -> list[str]:
    """The shell blocks below the heading."""
    parts = re.split(r"^## (.+)$", pages.text(PAGE), flags=re.MULTILINE)[1:]
    chapters = dict(zip(parts[::2], parts[1::2], strict=True))
    return [body for kind, body in pages.FENCE.findall(chapters[title]) if kind == "sh"]


def numbered() -> list[str]:
    """The titles of the steps, in their order."""
    return re.findall(r"^## (\d\. .+)$", pages.text(PAGE), re.MULTILINE)


WALKED = (
    "Is everything as it should be?",
    "A newer version",
    "Bringing a copy back",
)
"""Chapters without a number whose blocks have a test of their own below."""


def test_no_block_of_the_page_is_left_unwalked() -> None:
    parts = re.split(r"^## (.+)$", pages.text(PAGE), flags=re.MULTILINE)
    assert not pages.FENCE.findall(parts[0]), "a block before the first chapter"
    with_blocks = [
        title
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
        if pages.FENCE.findall(body)
    ]
    assert sorted(with_blocks) == sorted([*numbered(), *WALKED])
    assert {kind for kind, _body in pages.FENCE.findall(pages.text(PAGE))} == {"sh"}
    assert sum(len(section(title)) for title in with_blocks) >= 11


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("source")
    snapshot(target)
    return target


@pytest.fixture(scope="module")
def yours(source: Path) -> str:
    """The two lines of step 1 that are the reader's own."""
    lines = section(numbered()[0])[0]
    assert lines == f"SOURCE=https://example.org/baqylau.git\nHOST={HOST}\n"
    return lines.replace("https://example.org/baqylau.git", str(source))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, yours: str) -> Iterator[Machine]:
    """A machine on which every numbered step was followed."""
    found = Machine(tmp_path_factory.mktemp("machine"))
    found.start()
    for title in numbered():
        for block in section(title):
            said = found.run(f"{yours}{block}", typed="\n".join((*ANSWERS, "")))
            if "baqylau setup" in block:
                assert f"https://{HOST}/desk/" in said
    yield found
    shutil.rmtree(found.root, ignore_errors=True)


def test_every_step_can_be_followed_and_followed_again(machine: Machine, yours: str) -> None:
    for title in numbered():
        for block in section(title):
            machine.run(f"{yours}{block}" if "baqylau setup" not in block else f"! {block}")


def test_the_machine_was_asked_for_what_only_an_administrator_may(machine: Machine) -> None:
    calls = machine.calls()
    for wanted in (
        "apt-get install -y git make python3-venv nginx certbot cron",
        "adduser --system --group --home /var/lib/baqylau --shell /usr/sbin/nologin baqylau",
        "systemctl enable --now baqylau",
        "nginx -t",
        "systemctl reload nginx",
    ):
        assert wanted in calls
    assert any(call.startswith("certbot certonly --webroot") and HOST in call for call in calls)
    as_itself = [call for call in calls if call.startswith("runuser")]
    assert as_itself
    assert all(call.startswith("runuser -u baqylau -- env BAQYLAU_HOME=") for call in as_itself)


def test_only_its_own_user_can_read_the_data(machine: Machine) -> None:
    home = machine.path("/var/lib/baqylau")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for path in [home / "keys", *(home / "keys").iterdir(), *(home / "var" / "db").iterdir()]:
        others = stat.S_IMODE(path.stat().st_mode) & 0o007
        assert not others or path.suffix == ".pub", path


def test_the_settings_are_strict(machine: Machine) -> None:
    path = machine.path("/var/lib/baqylau/baqylau.toml")
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (settings["mode"], settings["https"], settings["hosts"]) == ("production", True, [HOST])
    assert settings["organisation_kk"] == ANSWERS[0]


def test_the_site_file_names_the_host_and_no_example(machine: Machine) -> None:
    site = machine.path("/etc/nginx/sites-enabled/baqylau")
    assert site.is_symlink()
    text = site.read_text(encoding="utf-8")
    assert f"server_name {HOST};" in text
    assert "example.org" not in text.replace(HOST, "")
    assert not machine.path("/etc/nginx/sites-enabled/default").exists()


def test_the_service_answers_as_it_would_behind_nginx(machine: Machine) -> None:
    unit = _unit(machine.path("/etc/systemd/system/baqylau.service"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*unit["ExecStart"].split(), "--port", str(port)]
    name, _, value = unit["Environment"].partition("=")
    environment = machine.environment() | {name: value}
    with subprocess.Popen(command, env=environment, cwd=unit["WorkingDirectory"]) as process:
        try:
            assert json.loads(_get(port, "/healthz", HOST)[1]) == {"status": "ok"}
            status, page = _get(port, "/", HOST)
            assert status == 200
            # Translated although the service may not write to the program's folder.
            assert '<html lang="kk">' in page
            assert "Біз туралы" in page
            assert _get(port, "/", "elsewhere.example")[0] == 400
        finally:
            process.terminate()


def _get(port: int, path: str, host: str) -> tuple[int, str]:
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    for _attempt in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionRefusedError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("the service did not start")


def test_all_is_as_it_should_be(machine: Machine) -> None:
    (block,) = section("Is everything as it should be?")
    doctor, *others = block.splitlines()
    assert doctor == "sudo baqylau doctor"
    # A warning and no fault: the document leaves the mail server to the reader.
    found = machine.run(doctor)
    assert "! No mail server is set" in found
    assert "✗" not in found
    for line in others:
        machine.run(line)


def test_a_copy_comes_back_after_everything_was_lost(machine: Machine, yours: str) -> None:
    machine.run("sudo baqylau jobs run operation.backup")
    home = machine.path("/var/lib/baqylau")
    backups = machine.path("/var/backups/baqylau")
    assert len(list(backups.glob("*.age"))) >= 2
    newest = max(backups.glob("*.age"))
    (erased,) = backups.glob("*-erased.txt")
    shutil.move(home / "keys", machine.path("/mnt/keys"))
    shutil.move(newest, machine.path("/mnt/newest.age"))
    shutil.copy(erased, machine.path("/mnt/erased.txt"))
    shutil.rmtree(home)
    for title in numbered()[:2]:
        for block in section(title):
            machine.run(f"{yours}{block}")
    for block in section("Bringing a copy back"):
        machine.run(block)
    shutil.rmtree(machine.path("/mnt/keys"))
    assert machine.run("sudo baqylau verify").count("✓") >= 2


def test_a_newer_version_is_three_commands(machine: Machine, source: Path) -> None:
    (block,) = section("A newer version")
    assert len(block.splitlines()) == 3
    note = source / "docs" / "note.txt"
    note.write_text("newer", encoding="utf-8")
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for words in (["add", "-A"], [*who, "commit", "-q", "-m", "newer"]):
        subprocess.run(["git", *words], cwd=source, check=True, capture_output=True)
    machine.run(block)
    assert machine.path("/opt/baqylau/docs/note.txt").read_text(encoding="utf-8") == "newer"
    assert machine.calls()[-1] == "systemctl restart baqylau"


def _unit(path: Path) -> dict[str, str]:
    """The service section of a unit; the last of several equal names counts."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as the documents of configparser say
    parser.read(path, encoding="utf-8")
    return dict(parser["Service"])


def test_the_unit_gives_the_program_no_more_than_it_needs() -> None:
    unit = _unit(DEPLOY / "baqylau.service")
    wanted = {
        "User": "baqylau",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "ReadWritePaths": "/var/lib/baqylau -/var/backups/baqylau",
        "CapabilityBoundingSet": "",
        "UMask": "0077",
    }
    assert {name: unit[name] for name in wanted} == wanted
    assert unit["ExecStart"] == "/opt/baqylau/.venv/bin/baqylau serve"


def test_systemd_understands_the_unit_where_it_can_be_asked(machine: Machine) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here: the unit was only read")
    unit = machine.path("/etc/systemd/system/baqylau.service")
    result = subprocess.run(
        [program, "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60
    )
    ours = [line for line in result.stderr.splitlines() if "baqylau" in line]
    assert ours == []
