"""Cases of a quarter that is over, and a coordinator who closes it."""

from datetime import UTC, datetime, timedelta

from baqylau.figures.models import Cell, Closing
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.kernel.access import Actor
from tests.casework.making import FILED, POLICE, SCHOOL, happen, open_one

COORDINATOR = Actor("person:c", frozenset({"coordinator"}))
AFTER = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
REASONS = {"kk": "Бір іс екі рет жазылған."}
CODE = f"{FILED.year}-Q{(FILED.month + 2) // 3}"


def period(code: str) -> Chosen:
    """The period with the code."""
    found = choose(code)
    assert found
    return found


def quarter() -> Chosen:
    """The quarter of the cases."""
    return period(CODE)


def cases(number: int, before: int = 0) -> None:
    """Cases of the quarter, or of one so many days before; every second one is closed, solved."""
    on = FILED - timedelta(days=before)
    for each in range(number):
        case = open_one(opened_on=on, body=POLICE if each % 3 else SCHOOL)
        if each % 2:
            details = {"outcome": "solved", "evidence": "letter"}
            happen(case, "closed", on + timedelta(days=each % 5), **details)


def cell(closing: Closing, figure: str) -> Cell:
    """The whole of a figure as it was closed."""
    return Cell.objects.get(closing=closing, figure=figure, dimension="", window="own")
