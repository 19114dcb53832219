"""Check that every template is written as djade would write it and compiles."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Return 0 when djade would change nothing."""
    files = sorted(map(str, (ROOT / "src").rglob("*.html")))
    djade = Path(sys.executable).parent / "djade"
    result = subprocess.run(
        [djade, "--check", "--target-version", "5.2", *files], check=False, cwd=ROOT
    )
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
