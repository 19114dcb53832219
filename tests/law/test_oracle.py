"""Two independent ways to count agree on random cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.law.amounts import Unit
from baqylau.law.deadline import compute
from baqylau.law.errors import LawError
from baqylau.law.rule_table import LONGEST
from baqylau.law.seed import FIRST_YEAR, LAST_YEAR, seeded_calendar
from tests.law import oracle
from tests.law.factories import term

pytestmark = pytest.mark.once
FIRST = date(FIRST_YEAR, 1, 1)
DAYS_HELD = (date(LAST_YEAR, 12, 31) - FIRST).days + 1

# The shipped amounts are small; long terms are rarer so that most walks stay short.
AMOUNTS = st.tuples(st.sampled_from(list(Unit)), st.integers(-25, 25)) | st.sampled_from(
    [(unit, sign * most) for unit, most in LONGEST.items() for sign in (1, -1)]
)


def ours(start: date, unit: Unit, amount: int, *, is_receipt: bool, is_late: bool) -> str:
    rule = term(amount, unit, is_receipt=is_receipt)
    try:
        deadline = compute(rule, start, seeded_calendar(), after_hours=is_late)
    except LawError as error:
        if error.code != "outside_calendar":
            raise
        return oracle.OUTSIDE
    return deadline.due_on.isoformat()


def test_the_oracle_and_the_calendar_hold_the_same_days() -> None:
    calendar = seeded_calendar()
    assert len(oracle.DAYS) == DAYS_HELD
    for day, mark in zip(oracle.DAYS, oracle.MARKS, strict=True):
        assert calendar.is_working_day(date.fromisoformat(day)) == (mark == "w"), day


@settings(max_examples=10_000, deadline=None, database=None)
@given(
    offset=st.integers(0, DAYS_HELD - 1),
    amount=AMOUNTS,
    is_receipt=st.booleans(),
    is_late=st.booleans(),
)
def test_ten_thousand_random_terms_end_where_the_oracle_says(
    offset: int, amount: tuple[Unit, int], is_receipt: bool, is_late: bool
) -> None:
    start = FIRST + timedelta(days=offset)
    unit, number = amount
    expected = oracle.due(
        start.isoformat(), number, unit.value, is_receipt=is_receipt, is_late=is_late
    )
    assert ours(start, unit, number, is_receipt=is_receipt, is_late=is_late) == expected
