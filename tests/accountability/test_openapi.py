"""The description of the data addresses holds whatever a stranger's program asks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from baqylau.accountability.operations import operations
from tests.accountability.releasing import archive

SCHEMA = "/data/v1/openapi.json"


@pytest.mark.django_db(databases=["default", "sealed"])
def test_the_description_names_every_address_of_the_table(client: Client) -> None:
    said = client.get(SCHEMA).json()
    assert said["openapi"].startswith("3.1")
    assert len(said["paths"]) == len(list(operations()))
    for path, methods in said["paths"].items():
        assert list(methods) == ["get"], path
        texts = [methods["get"][name] for name in ("summary", "x-summary-ru", "x-summary-en")]
        assert all(texts), path


@pytest.mark.once
@pytest.mark.django_db(transaction=True, databases=["default", "sealed"])
def test_schemathesis_finds_nothing(
    house: None, live_server: LiveServer, tmp_path: Path, schema_examples: int
) -> None:
    archive()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}{SCHEMA}"),
            *("--max-examples", str(schema_examples), "--no-color", "--continue-on-failure"),
            *("--phases", "examples,coverage,fuzzing", "--generation-deterministic"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "HYPOTHESIS_STORAGE_DIRECTORY": "."},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    assert "No issues found" in done.stdout, done.stdout[-2_000:]
