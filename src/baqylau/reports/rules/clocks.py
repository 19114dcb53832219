"""By when a reporter hears from us. Source: directive (EU) 2019/1937, art. 9(1)(b) and (f).

Kazakhstan's law sets no such terms for an organisation like ours: these are its own promise.
"""

from datetime import date, timedelta

from baqylau.law.counting import add_months

ACKNOWLEDGE = timedelta(days=7)
FEEDBACK_MONTHS = 3


def acknowledge_by(filed_on: date) -> date:
    """The last day on which we say that the report has come."""
    return filed_on + ACKNOWLEDGE


def feedback_by(filed_on: date) -> date:
    """The last day on which we say what became of it."""
    return add_months(filed_on, FEEDBACK_MONTHS)
