"""`make audit`: known faults of the packages that are locked, and bandit over our own code.

A look-up that looked nothing up is no pass. pip-audit says "no known vulnerabilities" and ends
with 0 also where it could ask nobody: so every locked package must have been looked up by name,
otherwise this says "not checked here" and fails. `--code` does the part that needs no network.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LOCK = ROOT / "requirements" / "pg.txt"
"""Everything that a site may run on: the lock with the driver of PostgreSQL."""
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", re.MULTILINE)
LEAST = 20_000
"""Lines of code that bandit must at least have read."""
PATIENCE = 300
"""Seconds after which the look-up is given up."""

EVERYWHERE: Mapping[str, str] = {
    "B404": "naming subprocess runs nothing; every call has its own reason beside it",
    "B405": "only types are named; foreign XML is read with defusedxml",
    "B406": "only escaping is named; foreign XML is read with defusedxml",
}
"""Findings that are none wherever they stand, and why."""
THERE: Mapping[tuple[str, str], str] = {
    ("B105", "src/baqylau/councils/training/drafts.py"): "a vote called pass, and how many gave it",
    ("B105", "src/baqylau/reception/views/correction.py"): "an empty token of a form without draft",
    ("B107", "src/baqylau/reception/queries/drafts.py"): "an empty token of a form without draft",
    ("B107", "src/baqylau/staff/backend.py"): "no passphrase was typed; it opens nothing",
    ("B308", "src/baqylau/figures/drawing.py"): "an empty string, or what charts have escaped",
    ("B608", "src/baqylau/figures/services/writing.py"): "names of our own columns and tables",
}
"""Findings that are none in one file, and why."""
SAME: Mapping[str, str] = {"B703": "B308"}
"""Findings that tell of the same fault as another one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look gave: `state` is "ok", "FAILED" or "not checked here"; lines for the reader."""

    state: str
    lines: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether it was looked at and found good."""
        return self.state == "ok"


def locked(text: str) -> set[str]:
    """The names of the packages in a lock."""
    return {_plain(name) for name in LOCKED.findall(text)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def judged(said: str, wanted: set[str]) -> Verdict:
    """What pip-audit's JSON is worth: a fault, a whole look-up, or none."""
    try:
        rows: list[dict[str, Any]] = json.loads(said)["dependencies"]
        looked_up = {_plain(row["name"]) for row in rows if "skip_reason" not in row}
        faults = tuple(
            f"{row['name']} {row.get('version', '')}: {fault['id']}"
            for row in rows
            for fault in row.get("vulns", ())
        )
    except (ValueError, KeyError, TypeError):
        return Verdict("not checked here", ("The look-up gave no answer that can be read.",))
    if faults:
        return Verdict("FAILED", faults)
    if not wanted or wanted - looked_up:
        missing = sorted(wanted - looked_up)
        told = f"{len(missing)} of {len(wanted)} packages were not looked up."
        return Verdict("not checked here", (told, " ".join(missing)))
    return Verdict("ok", (f"{len(wanted)} packages were looked up.",))


def advisories() -> Verdict:
    """Look every locked package up in the database of known faults."""
    words = [BIN / "pip-audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    words += ["-r", LOCK, "-f", "json", "--timeout", "10"]
    try:
        done = subprocess.run(
            list(map(str, words)), capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Verdict("not checked here", (type(error).__name__,))
    return judged(done.stdout, locked(LOCK.read_text(encoding="utf-8")))


def answered(finding: Mapping[str, Any], line: str) -> bool:
    """Whether the finding is silenced beside it, or answered in the tables above."""
    code, place = str(finding["test_id"]), str(finding["filename"])
    if code in EVERYWHERE or (code, place) in THERE:
        return True
    silenced = {code, SAME.get(code, code)}
    # ruff has the same rules under S and the same number.
    return "noqa" in line and any(f"S{each[1:]}" in line for each in silenced)


def unanswered(report: Mapping[str, Any], root: Path = ROOT) -> Verdict:
    """What is left of bandit's report."""
    lines_read = int(report["metrics"]["_totals"]["loc"])
    if report["errors"] or lines_read < LEAST:
        return Verdict("not checked here", (f"{lines_read} lines were read.",))
    left = []
    for finding in report["results"]:
        source = (root / finding["filename"]).read_text(encoding="utf-8").splitlines()
        numbers: Sequence[int] = finding["line_range"]
        told = "\n".join(source[numbers[0] - 1 : numbers[-1]])
        if not answered(finding, told):
            place = f"{finding['filename']}:{finding['line_number']}"
            left.append(f"{place} {finding['test_id']} {finding['issue_text']}")
    return Verdict("FAILED", tuple(left)) if left else Verdict("ok", (f"{lines_read} lines read.",))


def code() -> Verdict:
    """Run bandit over our own code."""
    done = subprocess.run(
        [str(BIN / "bandit"), "-q", "-r", "src", "-f", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return unanswered(json.loads(done.stdout))
    except ValueError:
        return Verdict("not checked here", (done.stderr[-500:],))


def main() -> int:
    """Look, tell, and return 1 unless everything was looked at and found good."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code", action="store_true", help="only what needs no network")
    options = parser.parse_args()
    looks = {"our code": code} | ({} if options.code else {"packages": advisories})
    verdicts = {name: look() for name, look in looks.items()}
    for name, verdict in verdicts.items():
        print(f"{name}: {verdict.state}", *verdict.lines, sep="\n  ")
    return 0 if all(verdict.passes for verdict in verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
