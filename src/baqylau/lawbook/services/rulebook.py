"""Entering dated versions of rules, and marking them as checked."""

from dataclasses import replace
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.law.errors import LawError
from baqylau.law.rule_table import read_rules, write_rules
from baqylau.law.rules import Rule
from baqylau.lawbook.models import RuleVersion
from baqylau.lawbook.queries.versions import columns_of, rule_of
from baqylau.lawbook.services.editions import Outcome, changing
from baqylau.web.dates import said_day

FORM_FIELDS = {"receipt": "is_receipt", "status": "reading"}
"""Columns of the shipped table that are fields of another name."""


def enter_version(*, rule: Rule, base: int, actor: Actor, seen: int | None = None) -> Outcome:
    """Enter a version of a rule, in force from its own first day.

    `base` is the number of the latest version that the writer saw; 0 for a new rule. The version
    in force until then is closed on that day; one that begins on the same day is replaced and
    kept. Verification is never entered here: a new version begins unchecked.

    Raises: ConflictError when a colleague was first; DomainError when the version does not fit.
    """
    fresh = replace(rule, verified_by="", verified_on=None)
    _refuse_unreadable(fresh)
    with changing(actor=actor, seen=seen) as outcome:
        _refuse_stale(fresh.rule_id, base)
        _refuse_unknown_extended(fresh)
        _make_room(fresh)
        row = RuleVersion.objects.create(
            **columns_of(fresh),
            number=base + 1,
            created_by=actor.key,
            created_at=outcome.changed_at,
        )
        outcome.told(
            "lawbook.rule_entered",
            f"rule:{row.rule_id}",
            number=row.number,
            amount=row.amount,
            unit=row.unit,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
    return outcome


def _refuse_unreadable(rule: Rule) -> None:
    """Refuse what the table of rules could not hold, so that it can always be written out."""
    try:
        read_rules(write_rules([rule]))
    except LawError as error:
        column = str(error.params["column"])
        raise DomainError(
            _("This cannot stand in a rule: check its length, its signs and its days."),
            code="bad_rule",
            field=FORM_FIELDS.get(column, column),
        ) from error


def _refuse_stale(rule_id: str, base: int) -> None:
    last = RuleVersion.objects.filter(rule_id=rule_id).aggregate(last=Max("number"))["last"] or 0
    if base == last:
        return
    if base == 0:
        raise DomainError(
            _("There is already a rule with this code: %(rule)s."),
            code="rule_exists",
            field="rule_id",
            params={"rule": rule_id},
        )
    raise ConflictError(
        _("A colleague has entered version %(number)s since you opened this page. Open it anew."),
        code="stale_version",
        params={"number": last},
    )


def _refuse_unknown_extended(rule: Rule) -> None:
    if rule.extends and not RuleVersion.objects.filter(rule_id=rule.extends).exists():
        raise DomainError(
            _("There is no such rule: %(rule)s."), field="extends", params={"rule": rule.extends}
        )


def _make_room(rule: Rule) -> None:
    """Close or replace the standing version that the new one takes over from.

    Raises: DomainError when the new one would run into a later version.
    """
    first, until = rule.valid_from or date.min, rule.valid_until or date.max
    for row in _standing(rule.rule_id):
        begins, ends = row.valid_from or date.min, row.valid_until or date.max
        if begins == first:
            row.replaced_at = clock.now()
            row.save(update_fields=["replaced_at"])
        elif begins < first < ends:
            row.valid_until = rule.valid_from
            row.save(update_fields=["valid_until"])
        elif first < begins < until:
            raise DomainError(
                _("Version %(number)s begins on %(day)s: end this one on that day or before."),
                code="overlaps",
                field="valid_until",
                params={"number": row.number, "day": said_day(begins)},
            )


def _standing(rule_id: str) -> QuerySet[RuleVersion]:
    return RuleVersion.objects.standing().filter(rule_id=rule_id).order_by("number")


def verify(
    *, rule_id: str, number: int, verified_by: str, verified_on: date, actor: Actor
) -> Outcome:
    """Mark a version as checked by a lawyer: who, as readers see it, and when.

    Raises: DomainError when there is no such standing version, the name is empty, or the day has
    not come yet.
    """
    name = " ".join(verified_by.split())
    if not name:
        raise DomainError(_("Say who has checked it."), field="verified_by")
    if verified_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="verified_on")
    with changing(actor=actor, moves_days=False) as outcome:
        row = _standing(rule_id).filter(number=number).first()
        if row is None:
            raise DomainError(_("This version is not there any more."), code="no_version")
        row.verified_by, row.verified_on = name, verified_on
        _refuse_unreadable(rule_of(row))
        row.save(update_fields=["verified_by", "verified_on"])
        outcome.told(
            "lawbook.rule_verified",
            f"rule:{rule_id}",
            number=number,
            verified_on=verified_on,
        )
    return outcome
