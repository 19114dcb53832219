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

# Mostly amounts as the acts have them, with the longest that a rule may hold.
AMOUNTS = [(unit, amount) for unit in Unit for amount in range(-22, 23)] + [
    (unit, sign * most) for unit, most in LONGEST.items() for sign in (1, -1)
]
CASES = DAYS_HELD * len(AMOUNTS) * 4


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
@given(st.binary(min_size=8, max_size=8))
def test_ten_thousand_random_terms_end_where_the_oracle_says(drawn: bytes) -> None:
    # Eight bytes hold the whole case: drawing each part alone costs more than counting both
    # ways, and one wide integer would favour the first years.
    case, is_receipt = divmod(int.from_bytes(drawn, "big") % CASES, 2)
    case, is_late = divmod(case, 2)
    offset, choice = divmod(case, len(AMOUNTS))
    start = FIRST + timedelta(days=offset)
    unit, amount = AMOUNTS[choice]
    receipt = {"is_receipt": bool(is_receipt), "is_late": bool(is_late)}
    expected = oracle.due(start.isoformat(), amount, unit.value, **receipt)
    assert ours(start, unit, amount, **receipt) == expected
