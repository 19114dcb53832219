"""Every gate that needs no running site, each with one line of result; all run, then it fails."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

GATES: tuple[tuple[str, str], ...] = (
    ("style", "{bin}/ruff check -q --no-cache ."),
    ("format", "{bin}/ruff format -q --no-cache --check ."),
    ("architecture", "{bin}/lint-imports --no-cache"),
    ("types", "{bin}/mypy src tests tools benchmarks"),
    ("templates", "{bin}/djlint --lint --quiet src"),
    ("template syntax", "{python} -m tools.templates"),
    ("dependencies", "{bin}/deptry src"),
    ("security", "{python} -m tools.audit --code"),
    ("translations", "{python} -m tools.messages --check"),
    ("documents", "{python} -m tools.docs --check"),
    ("migrations", "{bin}/django-admin makemigrations --check --dry-run"),
    ("django", "{bin}/django-admin check --fail-level WARNING"),
)


def passes(name: str, command: str, environment: dict[str, str]) -> bool:
    """Run one gate and print its line; its whole output only when it fails."""
    start = time.monotonic()
    words = command.format(bin=BIN, python=sys.executable).split()
    result = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    mark = "ok" if result.returncode == 0 else "FAILED"
    print(f"{name:16} {mark:7} {time.monotonic() - start:5.1f} s", flush=True)
    if result.returncode:
        print(result.stdout + result.stderr, flush=True)
    return result.returncode == 0


def main() -> int:
    """Run all gates; returns 1 if any failed."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "var" / "db").mkdir(parents=True)
        environment = {
            **os.environ,
            "BAQYLAU_HOME": home,
            "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
        }
        results = [passes(name, command, environment) for name, command in GATES]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
