"""An audit that looked nothing up is no pass, and a finding without an answer is a fault."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tools.audit import EVERYWHERE, LEAST, LOCK, ROOT, THERE, code, judged, locked, unanswered

pytestmark = pytest.mark.once
WANTED = {"segno", "django"}
Row = Mapping[str, object]


def said(*rows: Row) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


FINE: list[Row] = [{"name": name, "version": "1", "vulns": []} for name in ("segno", "Django")]
SKIPPED: Row = {
    "name": "segno",
    "skip_reason": "Dependency not found on PyPI and could not be audited",
}
FAULTY: Row = {"name": "django", "version": "1", "vulns": [{"id": "PYSEC-1"}]}


def test_packages_that_were_all_looked_up_pass() -> None:
    assert judged(said(*FINE), WANTED).state == "ok"


@pytest.mark.parametrize(
    "answer",
    [
        said(SKIPPED, FINE[1]),
        said(FINE[0]),
        said(),
        "",
        "No known vulnerabilities found",
        "[]",
        "{}",
        '{"dependencies": [1]}',
        '{"dependencies": null}',
    ],
)
def test_packages_that_were_not_looked_up_do_not(answer: str) -> None:
    verdict = judged(answer, WANTED)
    assert (verdict.state, verdict.passes) == ("not checked here", False)


def test_an_empty_lock_is_no_pass() -> None:
    assert judged(said(*FINE), set()).state == "not checked here"


def test_a_known_fault_fails_even_beside_packages_that_were_skipped() -> None:
    verdict = judged(said(SKIPPED, FAULTY), WANTED)
    assert (verdict.state, verdict.lines) == ("FAILED", ("django 1: PYSEC-1",))


def test_the_lock_is_read_whole() -> None:
    names = locked(LOCK.read_text(encoding="utf-8"))
    assert {"django", "gunicorn", "pynacl", "django-allauth"} <= names
    assert len(names) == LOCK.read_text(encoding="utf-8").count("==")


def test_our_own_code_has_an_answer_to_every_finding() -> None:
    verdict = code()
    assert verdict.state == "ok", "\n".join(verdict.lines)


def test_every_answer_is_still_asked_for() -> None:
    assert all((ROOT / place).exists() for _code, place in THERE)
    assert all(len(reason) > 20 for reason in [*EVERYWHERE.values(), *THERE.values()])


@pytest.mark.parametrize(
    ("line", "is_left"),
    [
        ("eval(text)", True),
        ("eval(text)  # no" + "qa: S307 - ours", False),
        ("eval(text)  # no" + "qa: S101 - another", True),
    ],
)
def test_a_finding_is_left_unless_its_line_says_why(
    tmp_path: Path, line: str, is_left: bool
) -> None:
    (tmp_path / "one.py").write_text(line + "\n", encoding="utf-8")
    finding = {
        "test_id": "B307",
        "filename": "one.py",
        "line_number": 1,
        "line_range": [1],
        "issue_text": "eval",
    }
    report = {"errors": [], "metrics": {"_totals": {"loc": LEAST}}, "results": [finding]}
    assert (unanswered(report, tmp_path).state == "FAILED") is is_left
    assert unanswered(report | {"results": [], "errors": ["x"]}).state == "not checked here"
    empty = {"errors": [], "metrics": {"_totals": {"loc": 0}}, "results": []}
    assert unanswered(empty).state == "not checked here"
