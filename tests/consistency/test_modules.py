"""Each module can be left out: the suite's smoke part passes, and a new installation works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.consistency.source import ROOT
from tests.modules import ALL_MODULES, NONE

pytestmark = pytest.mark.once


@pytest.mark.parametrize("missing", ALL_MODULES)
def test_the_smoke_part_passes_without(missing: str) -> None:
    rest = " ".join(name for name in ALL_MODULES if name != missing) or NONE
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/smoke"],
        cwd=ROOT,
        env={**os.environ, "BAQYLAU_TEST_MODULES": rest},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stdout[-3000:]
    assert " passed" in result.stdout


@pytest.mark.parametrize("missing", [name for name in ALL_MODULES if name != "tests.sample"])
def test_a_new_installation_without_it_is_made_filled_and_read(
    missing: str, tmp_path: Path
) -> None:
    rest = [name for name in ALL_MODULES if name not in {missing, "tests.sample"}]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAQYLAU_")}
    environment = kept | {
        "BAQYLAU_HOME": str(tmp_path),
        "BAQYLAU_MODULES": " ".join(rest),
        "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    for words in (["baqylau", "prepare"], ["tests.consistency.left_out"]):
        result = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert result.returncode == 0, result.stdout[-1000:] + result.stderr[-3000:]
    told = json.loads(result.stdout)
    room = missing.rpartition(".")[2]
    assert room not in told["rooms"]
    assert {name.rpartition(".")[2] for name in rest} <= set(told["rooms"])
    assert told["broken"] == told["nowhere"] == told["differences"] == []
    assert told["answers"]["200"] > 100
    assert sum(told["data"].values()) > 300
    assert told["rows"]["institutions"] > 300
