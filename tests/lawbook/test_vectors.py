"""The worked examples again, through the tables of the database."""

from datetime import date

import pytest

from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.law.amounts import Unit
from baqylau.lawbook.models import RuleVersion
from baqylau.lawbook.queries.book import deadline
from baqylau.lawbook.queries.versions import columns_of
from tests.law.factories import term
from tests.law.test_vectors import rows

pytestmark = pytest.mark.django_db
LETTERS = "abcdefghij"


def code_of(amount: int, unit: Unit) -> str:
    """A rule's code for each length."""
    digits = "".join(LETTERS[int(digit)] for digit in str(abs(amount)))
    return f"test.{unit}_{'back_' if amount < 0 else ''}{digits}"


def hold(lengths: set[tuple[int, Unit]]) -> None:
    """Keep a rule of each length in the database."""
    RuleVersion.objects.bulk_create(
        RuleVersion(
            **{**columns_of(term(amount, unit)), "rule_id": code_of(amount, unit)},
            number=1,
            created_by=SYSTEM.key,
            created_at=clock.now(),
        )
        for amount, unit in lengths
    )


def test_working_days_are_counted_as_in_the_worked_examples(seeded: None) -> None:
    examples = rows("calendar-vectors.tsv")
    hold({(int(row["working_days"]), Unit.WORKING_DAY) for row in examples})
    for row in examples:
        code = code_of(int(row["working_days"]), Unit.WORKING_DAY)
        due = deadline(code, date.fromisoformat(row["start"])).due_on
        assert due.isoformat() == row["due"], row["why_it_is_hard"]


def test_terms_are_counted_as_in_the_worked_examples(seeded: None) -> None:
    examples = rows("term-vectors.tsv")
    hold({(int(row["amount"]), Unit(row["unit"])) for row in examples})
    for row in examples:
        code = code_of(int(row["amount"]), Unit(row["unit"]))
        due = deadline(code, date.fromisoformat(row["start"])).due_on
        assert due.isoformat() == row["due"], row["note"]
