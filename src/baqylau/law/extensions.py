"""Extending a term that is still running."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baqylau.law.calendar import ONE_DAY, Calendar, Day
from baqylau.law.counting import count
from baqylau.law.errors import LawError
from baqylau.law.rules import ExtendsFrom, Rule


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision to extend: by which rule, decided when, until when (None: the most allowed)."""

    rule: Rule
    decided_on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AppliedExtension:
    """An extension with the due date before and after it, and the days off it was moved by."""

    extension: Extension
    previous_due_on: date
    due_on: date
    rolled: tuple[Day, ...]


def _check(base: Rule, extensions: Sequence[Extension]) -> None:
    """Refuse extensions by rules that do not extend this one, or not twice.

    Raises: LawError `extension_of_other_rule`, `extension_repeated`.
    """
    once: set[str] = set()
    for extension in extensions:
        rule = extension.rule
        if rule.extends != base.rule_id or rule.extends_from is None:
            raise LawError("extension_of_other_rule", extension=rule.rule_id)
        if rule.rule_id in once:
            raise LawError("extension_repeated", extension=rule.rule_id)
        if rule.extends_from is ExtendsFrom.DUE:
            once.add(rule.rule_id)


def _moved(until: date, calendar: Calendar) -> tuple[date, tuple[Day, ...]]:
    rolled = calendar.days_off_until_working(until)
    return (rolled[-1].on + ONE_DAY if rolled else until), rolled


def _extend(
    extension: Extension, counts_from: date, due: date, calendar: Calendar
) -> AppliedExtension:
    """Apply one extension to a term that ends on `due`.

    Raises: LawError `extension_not_in_term`, `extension_too_long`, `extension_shortens`.
    """
    rule = extension.rule
    if not counts_from <= extension.decided_on <= due:
        raise LawError("extension_not_in_term", decided=extension.decided_on, due=due)
    base = due if rule.extends_from is ExtendsFrom.DUE else counts_from
    longest = count(base, rule.amount, rule.unit, calendar)
    until, rolled = longest.due_on, longest.rolled
    if extension.until is not None:
        if extension.until > longest.due_on:
            raise LawError("extension_too_long", until=extension.until, limit=longest.due_on)
        until, rolled = _moved(extension.until, calendar)
    if until < due:
        raise LawError("extension_shortens", until=until, due=due)
    return AppliedExtension(extension, due, until, rolled)


def apply_extensions(
    base: Rule,
    extensions: Sequence[Extension],
    counts_from: date,
    due: date,
    calendar: Calendar,
) -> tuple[AppliedExtension, ...]:
    """Apply extensions in their order to a term that ends on `due`.

    Raises: LawError, see `_check` and `_extend`.
    """
    _check(base, extensions)
    applied: list[AppliedExtension] = []
    for extension in extensions:
        applied.append(_extend(extension, counts_from, due, calendar))
        due = applied[-1].due_on
    return tuple(applied)
