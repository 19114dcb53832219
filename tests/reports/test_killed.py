"""kill -9 while keys change: nobody is locked out, nothing is lost, and it goes on where it was."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.reports.dying import REPORTS

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("BAQYLAU_")}
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    place = {"BAQYLAU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "baqylau.config.settings"}
    return {**kept, **place, "PYTHONPATH": path, "LC_ALL": "C.UTF-8"}


def step(home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=home,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with reports, two officers, and two changes of keys that are begun."""
    step(tmp_path, "baqylau", "prepare")
    step(tmp_path, "tests.reports.dying", "make")
    return tmp_path


def killed(home: Path, what: str, after: int, moment: float) -> None:
    """Start a change and kill it `moment` seconds after its piece number `after` was answered."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reports.dying", what],
        cwd=home,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for _line in range(after):
        assert process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    process.stdin.close()


def check(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(step(home, "tests.reports.dying", "check"))
    return found


def test_a_change_that_is_killed_again_and_again_ends_with_everything_open(home: Path) -> None:
    chance = random.Random(2017)  # noqa: S311 - moments of death, no secrets
    for what in ("change", "recovery"):
        for after in (1, 3):
            killed(home, what, after, chance.uniform(0, 0.03))
            found = check(home)
            # Whichever key the officer has just now, it opens every report.
            assert found["officer"][1] == REPORTS
            assert sorted(found["recovery"]) == [0, REPORTS]
            assert found["living"] == 1
    before = check(home)
    assert (before["officer"][0], before["waiting"]) == ("old", 2), "it was killed halfway"
    step(home, "tests.reports.dying", "change")
    step(home, "tests.reports.dying", "recovery")
    found = check(home)
    assert found == {
        "waiting": 0,
        "officer": ["new", REPORTS],
        "recovery": [0, REPORTS],
        "living": 1,
    }
