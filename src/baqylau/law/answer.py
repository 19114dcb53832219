"""A deadline as plain data, ready for JSON."""

from baqylau.law.calendar import Day
from baqylau.law.deadline import Deadline
from baqylau.law.errors import LawError
from baqylau.law.explain import explain
from baqylau.law.extensions import AppliedExtension
from baqylau.law.rules import Rule
from baqylau.law.words import LANGUAGES

Json = dict[str, object]


def _day_as_json(day: Day) -> Json:
    return {"date": day.on.isoformat(), "kind": day.kind.value, "reason": day.reason.as_dict()}


def _extension_as_json(applied: AppliedExtension) -> Json:
    return {
        "rule": applied.extension.rule.rule_id,
        "decided": applied.extension.decided_on.isoformat(),
        "due_before": applied.previous_due_on.isoformat(),
        "due": applied.due_on.isoformat(),
    }


def rule_as_json(rule: Rule) -> Json:
    """Return a rule as plain data: what it is, where it stands, who has checked it."""
    return {
        "id": rule.rule_id,
        "name": rule.name.as_dict(),
        "act": rule.act.as_dict(),
        "article": rule.article or None,
        "amount": rule.amount,
        "unit": rule.unit.value,
        "who": rule.who.as_dict(),
        "source": rule.source or None,
        "status": rule.reading.value,
        "verified_by": rule.verified_by or None,
        "verified_on": rule.verified_on.isoformat() if rule.verified_on else None,
    }


def deadline_as_json(deadline: Deadline) -> Json:
    """Return a deadline as plain data; dates are year-month-day, texts are by language."""
    term = deadline.term
    return {
        "rule": deadline.rule.rule_id,
        "from": deadline.start_on.isoformat(),
        "counts_from": deadline.counts_from.isoformat(),
        "first_day": term.first_on.isoformat() if term.first_on else None,
        "days_counted": len(term.counted),
        "due": deadline.due_on.isoformat(),
        "skipped": [_day_as_json(day) for day in deadline.skipped],
        "worked": [_day_as_json(day) for day in term.worked],
        "extensions": [_extension_as_json(applied) for applied in deadline.extensions],
        "passes": deadline.rule.passes.as_dict(),
        "unconfirmed_years": list(deadline.unconfirmed_years),
        "is_verified": deadline.is_verified,
        "sentence": {language: explain(deadline, language) for language in LANGUAGES},
        "law": rule_as_json(deadline.rule),
    }


def error_as_json(error: LawError) -> Json:
    """Return an error as plain data: a stable code and one sentence in each language."""
    said = {language: error.sentence(language) for language in LANGUAGES}
    return {"code": error.code, "sentence": said}
