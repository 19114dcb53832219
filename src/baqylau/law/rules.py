"""Rules of law that set a term, as dated versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from baqylau.law.amounts import Unit
from baqylau.law.errors import LawError
from baqylau.law.words import Wording


class Reading(StrEnum):
    """How the content of a rule came to be known."""

    READ = "read"
    MEMORY = "memory"


class ExtendsFrom(StrEnum):
    """From which day a rule that extends another counts its own term."""

    START = "start"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one term set by law.

    `amount` is in `unit`s; a negative amount is counted back from the event, nought means the
    same day. The version is in force on days in [valid_from, valid_until); None is an open end.
    `is_receipt`: the event is a receipt by a state body, so a receipt on a day off or after
    hours counts as received on the next working day.
    """

    rule_id: str
    name: Wording
    act: Wording
    article: str
    trigger: Wording
    amount: int
    unit: Unit
    who: Wording
    passes: Wording
    source: str = ""
    reading: Reading = Reading.MEMORY
    adopted_on: date | None = None
    is_receipt: bool = False
    extends: str = ""
    extends_from: ExtendsFrom | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def is_verified(self) -> bool:
        """Whether a lawyer has checked this version."""
        return bool(self.verified_by) and self.verified_on is not None

    @property
    def is_counted_back(self) -> bool:
        """Whether the term ends before its event."""
        return self.amount < 0

    def is_in_force(self, on: date) -> bool:
        """Tell whether this version applies to an event of that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on < self.valid_until)


def rules_on(rules: Iterable[Rule], on: date) -> dict[str, Rule]:
    """Return the versions in force on a day, by rule.

    Raises: LawError `overlapping_rules`.
    """
    found: dict[str, Rule] = {}
    for rule in rules:
        if not rule.is_in_force(on):
            continue
        if rule.rule_id in found:
            raise LawError("overlapping_rules", rule=rule.rule_id)
        found[rule.rule_id] = rule
    return found


def rule_on(rules: Iterable[Rule], rule_id: str, on: date) -> Rule:
    """Return the version of one rule for an event of that day.

    Raises: LawError `unknown_rule`, `rule_not_in_force`, `overlapping_rules`.
    """
    versions = [rule for rule in rules if rule.rule_id == rule_id]
    if not versions:
        raise LawError("unknown_rule", rule=rule_id)
    found = rules_on(versions, on)
    if rule_id not in found:
        raise LawError("rule_not_in_force", rule=rule_id, date=on)
    return found[rule_id]
