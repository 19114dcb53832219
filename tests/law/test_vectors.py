"""The worked examples of the calendar and of terms."""

import csv
from datetime import date
from pathlib import Path

import pytest

from baqylau.law.amounts import Unit
from baqylau.law.deadline import compute
from baqylau.law.seed import seeded_calendar
from tests.law.factories import term

pytestmark = pytest.mark.once
VECTORS = Path(__file__).parent / "vectors"


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


@pytest.mark.parametrize("row", rows("calendar-vectors.tsv"), ids=lambda row: row["start"])
def test_working_days_are_counted_as_in_the_worked_examples(row: dict[str, str]) -> None:
    rule = term(int(row["working_days"]))
    deadline = compute(rule, date.fromisoformat(row["start"]), seeded_calendar())
    assert deadline.due_on.isoformat() == row["due"], row["why_it_is_hard"]


@pytest.mark.parametrize("row", rows("term-vectors.tsv"), ids=lambda row: row["start"])
def test_terms_are_counted_as_in_the_worked_examples(row: dict[str, str]) -> None:
    rule = term(int(row["amount"]), Unit(row["unit"]))
    deadline = compute(rule, date.fromisoformat(row["start"]), seeded_calendar())
    assert deadline.due_on.isoformat() == row["due"], row["note"]
