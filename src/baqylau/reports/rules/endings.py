"""How long a report is kept after it was closed, by its ending. Judgement of the project [J].

The periods are the organisation's promise to reporters; they are printed where a report is filed.
"""

from collections.abc import Mapping
from datetime import date

from baqylau.law.counting import add_months
from baqylau.reports.taxonomy import Ending

MONTHS: Mapping[str, int] = {
    Ending.CASE: 36,
    Ending.ADVISED: 12,
    Ending.HANDED: 36,
    Ending.NO_ANSWER: 12,
    Ending.WITHDRAWN: 1,
    Ending.UNFOUNDED: 12,
    Ending.ABUSE: 1,
}
"""Months from the day of closing to the day of deletion."""


def delete_on(ending: str, closed_on: date) -> date:
    """The day on which everything but day and state is deleted."""
    return add_months(closed_on, MONTHS[ending])
