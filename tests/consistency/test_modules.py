"""Each module can be left out: the smoke part of the suite passes without it."""

import os
import subprocess
import sys

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
