"""Rules and calendars for the tests."""

from dataclasses import replace
from datetime import date

from baqylau.law.amounts import Unit
from baqylau.law.rule_table import shipped_rules
from baqylau.law.rules import Rule, rule_on

SOME_DAY = date(2026, 3, 5)


def shipped(rule_id: str) -> Rule:
    """Return a shipped rule."""
    return rule_on(shipped_rules(), rule_id, SOME_DAY)


def term(amount: int, unit: Unit = Unit.WORKING_DAY, *, is_receipt: bool = False) -> Rule:
    """Return a rule of that length."""
    answer = shipped("app.answer")
    return replace(answer, amount=amount, unit=unit, is_receipt=is_receipt)


def checked(rule: Rule) -> Rule:
    """Return the rule as a lawyer has checked it."""
    return replace(rule, verified_by="lawyer", verified_on=date(2026, 9, 1))
