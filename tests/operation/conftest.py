"""An installation in a folder of its own, and PostgreSQL's tools."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from baqylau.operation import sealing
from baqylau.operation.services import mark_installation
from tests.journal.chains import write

ROOT = Path(__file__).resolve().parents[2]


def quiet(_line: str) -> None:
    """Say nothing."""


@pytest.fixture
def home(tmp_path: Path, settings: Settings, tools: None) -> Iterator[Path]:
    """An installation's folder with keys, one stored file and settings."""
    settings.HOME = tmp_path
    settings.VAR = tmp_path / "var"
    settings.KEYS = tmp_path / "keys"
    settings.FILES_ROOT = tmp_path / "var" / "files"
    (tmp_path / "var" / "files" / "ab").mkdir(parents=True)
    (tmp_path / "var" / "files" / "ab" / ("ab" * 32)).write_bytes(b"a scanned letter")
    (tmp_path / "var" / "files" / ".half.part").write_bytes(b"still being written")
    (tmp_path / "baqylau.toml").write_text('hosts = ["example.org"]\n')
    (tmp_path / "out").mkdir()
    sealing.make_key()
    mark_installation()
    write(5)
    write(3, "sealed")
    with translation.override("en"):
        yield tmp_path


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own tools, of the server that the tests start."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setting FROM pg_config() WHERE name = 'BINDIR'")
            folder = cursor.fetchone()[0]
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def other_place(home: Path, name: str) -> dict[str, str]:
    """The environment of a program whose home and databases are elsewhere, and empty."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    environment = clean | {
        "BAQYLAU_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
        "LC_ALL": "C.UTF-8",
    }
    if connection.vendor == "postgresql":
        host = quote(str(connection.settings_dict["HOST"]), safe="")
        variables = {"BAQYLAU_DATABASE_URL": name, "BAQYLAU_SEALED_DATABASE_URL": f"{name}_sealed"}
        with connection.cursor() as cursor:
            for variable, database in variables.items():
                cursor.execute(f"DROP DATABASE IF EXISTS {database}")
                cursor.execute(f"CREATE DATABASE {database}")
                environment[variable] = f"postgresql://postgres@/{database}?host={host}"
    return environment


def baqylau(
    environment: dict[str, str], *words: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the program there."""
    return subprocess.run(
        [sys.executable, "-m", "baqylau", *words],
        env=environment,
        capture_output=True,
        text=True,
        input=typed,
        cwd=ROOT,
        timeout=120,
    )
