"""Where a tool is told to be silent, and whether the line says why."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.consistency.source import ROOT

FOLDERS = ("src", "tests", "tools", "benchmarks")
SILENCED = re.compile(r"#\s*(?:noqa\b|type:\s*ignore\b)")
ORDER = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[^\]]*\])?)"
)
WORDS = re.compile(r"[^\W\d_]{2,}")


def python_files() -> Iterator[Path]:
    """Every Python file of ours."""
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def bare(path: Path) -> list[str]:
    """`file:line` of each place that silences a tool and gives no reason.

    A reason stands after the order on the line, or in a comment of its own just above; one reason
    is enough for lines that follow each other, blank ones between them left aside.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = dict(_comments(path))
    found, reasoned = [], 0
    for number, comment in comments.items():
        if not SILENCED.search(comment):
            continue
        above = lines[number - 2].strip() if number > 1 else ""
        is_said = WORDS.search(ORDER.sub("", comment)) or (
            above.startswith("#") and not SILENCED.search(above)
        )
        between = lines[reasoned : number - 1] if reasoned else ["nothing before"]
        if is_said or not "".join(between).strip():
            reasoned = number
        else:
            found.append(f"{path.relative_to(ROOT).as_posix()}:{number}")
    return found


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
