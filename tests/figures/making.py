"""Cases of a quarter, for tests that close it."""

from datetime import UTC, datetime, timedelta

from tests.casework.making import FILED, POLICE, SCHOOL, happen, open_one

AFTER = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
"""A day on which the quarter is over."""


def cases(number: int) -> None:
    """So many cases, every third about a school, every second solved."""
    for each in range(number):
        case = open_one(opened_on=FILED, body=POLICE if each % 3 else SCHOOL)
        if each % 2:
            details = {"outcome": "solved", "evidence": "letter"}
            happen(case, "closed", FILED + timedelta(days=each % 5), **details)
