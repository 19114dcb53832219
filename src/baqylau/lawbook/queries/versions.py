"""Rows of rule versions: how they stand on a day, and what differs between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.law.amounts import Unit
from baqylau.law.rules import ExtendsFrom, Reading, Rule
from baqylau.law.words import Wording
from baqylau.lawbook.labels import COLUMNS, VALUES
from baqylau.lawbook.models import RuleVersion

WORDINGS = ("name", "act", "trigger", "who", "passes")


class UnknownRuleError(DomainError):
    """There is no such rule."""

    code = "unknown_rule"
    status = 404


def rule_of(row: RuleVersion) -> Rule:
    """Return a row as `law` knows it."""
    words = {
        stem: Wording(*(getattr(row, f"{stem}_{code}") for code in ("kk", "ru", "en")))
        for stem in WORDINGS
    }
    return Rule(
        rule_id=row.rule_id,
        article=row.article,
        amount=row.amount,
        unit=Unit(row.unit),
        source=row.source,
        reading=Reading(row.reading),
        adopted_on=row.adopted_on,
        is_receipt=row.is_receipt,
        extends=row.extends,
        extends_from=ExtendsFrom(row.extends_from) if row.extends_from else None,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        verified_by=row.verified_by,
        verified_on=row.verified_on,
        **words,
    )


def columns_of(rule: Rule) -> dict[str, object]:
    """Return a rule as the columns of a row."""
    words = {
        f"{stem}_{code}": text
        for stem in WORDINGS
        for code, text in getattr(rule, stem).as_dict().items()
    }
    plain = (
        "rule_id", "article", "amount", "source", "adopted_on", "is_receipt", "extends",
        "valid_from", "valid_until", "verified_by", "verified_on",
    )  # fmt: skip
    return {
        **words,
        **{name: getattr(rule, name) for name in plain},
        "unit": rule.unit.value,
        "reading": rule.reading.value,
        "extends_from": rule.extends_from.value if rule.extends_from else "",
    }


class State(StrEnum):
    """How a version stands on a day."""

    IN_FORCE = "in_force"
    FUTURE = "future"
    PAST = "past"
    REPLACED = "replaced"


def state_on(row: RuleVersion, today: date) -> State:
    """Tell how a version stands on a day."""
    if row.replaced_at is not None:
        return State.REPLACED
    if row.valid_from is not None and row.valid_from > today:
        return State.FUTURE
    if row.valid_until is not None and row.valid_until <= today:
        return State.PAST
    return State.IN_FORCE


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the list: the version to look at first, and how it stands."""

    row: RuleVersion
    rule: Rule
    state: State
    versions: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that two versions write differently, as people read it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version with how it stands and what it changed against the version before it."""

    row: RuleVersion
    rule: Rule
    state: State
    differences: tuple[Difference, ...]


SPAN = ("valid_from", "valid_until")
"""Told beside every version: a later version also closes the one before it."""
ORDER = {State.IN_FORCE: 0, State.FUTURE: 1, State.PAST: 2, State.REPLACED: 3}


def rule_lines(today: date) -> list[RuleLine]:
    """Return every rule once, by its id: the version in force, else the one nearest to it."""
    found: dict[str, list[RuleVersion]] = {}
    for row in RuleVersion.objects.order_by("rule_id", "-number"):
        found.setdefault(row.rule_id, []).append(row)
    return [_line(rows, today) for rows in found.values()]


def _line(rows: Sequence[RuleVersion], today: date) -> RuleLine:
    first = min(rows, key=lambda row: ORDER[state_on(row, today)])
    return RuleLine(first, rule_of(first), state_on(first, today), len(rows))


def versions_of(rule_id: str) -> list[RuleVersion]:
    """Return all versions of a rule, the latest first.

    Raises: DomainError `unknown_rule` when there is none.
    """
    rows = list(RuleVersion.objects.filter(rule_id=rule_id).order_by("-number"))
    if not rows:
        raise UnknownRuleError(_("There is no such rule: %(rule)s."), params={"rule": rule_id[:63]})
    return rows


def version_pages(rule_id: str, today: date) -> list[VersionPage]:
    """Return all versions of a rule, the latest first, each with what it changed.

    Raises: DomainError `unknown_rule`.
    """
    rows = versions_of(rule_id)
    return [
        VersionPage(row, rule_of(row), state_on(row, today), differences(before, row))
        for row, before in zip(rows, [*rows[1:], None], strict=True)
    ]


def differences(before: RuleVersion | None, after: RuleVersion) -> tuple[Difference, ...]:
    """Return the columns that differ; none for a first version."""
    if before is None:
        return ()
    return tuple(
        Difference(str(label), shown(name, old), shown(name, new))
        for name, label in COLUMNS.items()
        if name not in SPAN and (old := getattr(before, name)) != (new := getattr(after, name))
    )


def shown(column: str, value: object) -> str:
    """Return a value of a column as people read it; a dash for nothing."""
    if column in VALUES:
        return str(VALUES[column][str(value)])
    if isinstance(value, date):
        return date_format(value)
    return str(value) if value not in (None, "") else "—"
