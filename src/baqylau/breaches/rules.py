"""What is decided without asking anybody: the clock of a breach."""

from datetime import date

from baqylau.law.calendar import Calendar
from baqylau.law.deadline import Deadline, compute
from baqylau.law.rules import Rule, rule_on

RULE = "pd.breach_authority"
"""Source: Law on Personal Data and Their Protection (No 94-V), article 25."""


def deadline_of(detected_on: date, rules: tuple[Rule, ...], calendar: Calendar) -> Deadline:
    """By when the authority must be told of what was detected on the day."""
    return compute(rule_on(rules, RULE, detected_on), detected_on, calendar)
