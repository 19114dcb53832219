"""Check HTML files with html-validate, whose exact files are pinned in tools/html.

`python -m tools.html` makes it ready; `findings(folder)` checks every .html file of a folder.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent / "html"
READY = HERE / "node_modules" / ".package-lock.json"
PROGRAM = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def install() -> bool:
    """Bring node by apt where it is missing, then the pinned packages; whether it is there now."""
    if not (shutil.which("node") and shutil.which("npm")):
        words = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq npm"
        subprocess.run(words, shell=True, check=False, timeout=900)  # noqa: S602 - our own words
    npm = shutil.which("npm")
    lock = HERE / "package-lock.json"
    if npm and (not READY.exists() or READY.stat().st_mtime < lock.stat().st_mtime):
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run([npm, "ci", *quiet], cwd=HERE, check=False, timeout=600)
    return PROGRAM.exists()


def findings(folder: Path) -> list[str]:
    """One line for each finding: file, place, rule, sentence.

    Raises: RuntimeError when the checker cannot be had or does not run.
    """
    node = shutil.which("node") if install() else None
    if node is None:
        raise RuntimeError("html-validate needs node and npm, and they could not be installed")
    files = sorted(map(str, folder.glob("*.html")))
    command = [node, str(PROGRAM), "--config", str(HERE / ".htmlvalidate.json")]
    # Into a file: the program ends before a pipe of more than 64 KB is empty.
    report = folder / "report.json"
    result = subprocess.run(
        [*command, "--formatter", f"json={report}", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode not in {0, 1} or not report.exists():
        raise RuntimeError(result.stderr)
    return [
        f"{Path(page['filePath']).stem}:{message['line']}:{message['column']} "
        f"{message['ruleId']}: {message['message']}"
        for page in json.loads(report.read_text(encoding="utf-8"))
        for message in page["messages"]
    ]


def main() -> int:
    """Return 0 when the checker is ready afterwards."""
    if install():
        print("html-validate: ready")
        return 0
    print("The page tests need node and npm, and they could not be installed. Install them.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
