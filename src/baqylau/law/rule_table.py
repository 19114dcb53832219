"""Rules as a tab-separated table: reading, writing, the shipped seed."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from baqylau.law.amounts import Unit
from baqylau.law.dates import parse_date
from baqylau.law.errors import LawError
from baqylau.law.rules import ExtendsFrom, Reading, Rule, rules_on
from baqylau.law.tables import shipped_lines
from baqylau.law.words import LANGUAGES, Wording

COLUMNS = (
    "rule_id", "name_kk", "name_ru", "name_en", "act_kk", "act_ru", "act_en", "adopted_on",
    "article", "trigger_kk", "trigger_ru", "trigger_en", "amount", "unit", "receipt", "extends",
    "extends_from", "who_kk", "who_ru", "who_en", "passes_kk", "passes_ru", "passes_en",
    "valid_from", "valid_until", "source", "status", "verified_by", "verified_on",
)  # fmt: skip
RULE_ID = re.compile(r"[a-z][a-z_]{0,30}\.[a-z][a-z_]{0,30}")
# No term of the acts that we use is longer than a year; the bound keeps a slip of the pen from
# walking the calendar for centuries.
LONGEST: dict[Unit, int] = {Unit.WORKING_DAY: 260, Unit.CALENDAR_DAY: 366, Unit.MONTH: 12}
YES_NO = {"yes": True, "no": False}


Value = TypeVar("Value")


class _Row:
    """One row under way: gives cells by column and says which one was wrong."""

    def __init__(self, number: int, cells: Sequence[str]) -> None:
        self.number = number
        if len(cells) != len(COLUMNS):
            raise LawError("bad_rules", row=number, column=f"{len(cells)}/{len(COLUMNS)}")
        self.cells = dict(zip(COLUMNS, cells, strict=True))

    def wrong(self, column: str) -> LawError:
        return LawError("bad_rules", row=self.number, column=column)

    def read(self, column: str, reader: Callable[[str], Value]) -> Value:
        try:
            return reader(self.cells[column])
        except (ValueError, KeyError, LawError) as error:
            raise self.wrong(column) from error

    def wording(self, stem: str) -> Wording:
        columns = [f"{stem}_{language}" for language in LANGUAGES]
        for column in columns:
            if not self.cells[column]:
                raise self.wrong(column)
        return Wording(*(self.cells[column] for column in columns))

    def day(self, column: str) -> date | None:
        return self.read(column, lambda cell: parse_date(cell) if cell else None)


def _checked(rule: Rule, row: _Row) -> Rule:
    """Return the rule if its parts agree with each other."""
    faults = {
        "rule_id": RULE_ID.fullmatch(rule.rule_id) is None,
        "amount": abs(rule.amount) > LONGEST[rule.unit],
        "extends_from": (rule.extends == "") != (rule.extends_from is None),
        "valid_until": not (rule.valid_from or date.min) < (rule.valid_until or date.max),
        "verified_on": (rule.verified_by == "") != (rule.verified_on is None),
    }
    for column, is_wrong in faults.items():
        if is_wrong:
            raise row.wrong(column)
    return rule


def _rule_from(row: _Row) -> Rule:
    rule = Rule(
        rule_id=row.cells["rule_id"],
        name=row.wording("name"),
        act=row.wording("act"),
        article=row.cells["article"],
        trigger=row.wording("trigger"),
        amount=row.read("amount", int),
        unit=row.read("unit", Unit),
        who=row.wording("who"),
        passes=row.wording("passes"),
        source=row.cells["source"],
        reading=row.read("status", Reading),
        adopted_on=row.day("adopted_on"),
        is_receipt=row.read("receipt", YES_NO.__getitem__),
        extends=row.cells["extends"],
        extends_from=row.read("extends_from", lambda cell: ExtendsFrom(cell) if cell else None),
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_until"),
        verified_by=row.cells["verified_by"],
        verified_on=row.day("verified_on"),
    )
    return _checked(rule, row)


def _refuse_overlaps(rules: Sequence[Rule]) -> None:
    """Refuse two versions of one rule in force on one day; an overlap shows on a first day."""
    for rule in rules:
        rules_on(
            [each for each in rules if each.rule_id == rule.rule_id], rule.valid_from or date.min
        )


def read_rules(lines: Sequence[str]) -> tuple[Rule, ...]:
    """Read a table of rules, its header first.

    Raises: LawError `bad_rules` with row and column, `overlapping_rules`.
    """
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise LawError("bad_rules", row=1, column="*")
    rules = tuple(
        _rule_from(_Row(number, line.split("\t"))) for number, line in enumerate(lines[1:], start=2)
    )
    _refuse_overlaps(rules)
    return rules


def _cells(rule: Rule) -> dict[str, str]:
    """Return the cells of a rule's row by column."""
    words = {"name": rule.name, "act": rule.act, "trigger": rule.trigger}
    words |= {"who": rule.who, "passes": rule.passes}
    cells = {
        f"{stem}_{code}": text for stem, w in words.items() for code, text in w.as_dict().items()
    }
    days = ("adopted_on", "valid_from", "valid_until", "verified_on")
    for column in days:
        on: date | None = getattr(rule, column)
        cells[column] = on.isoformat() if on else ""
    for column in ("rule_id", "article", "extends", "source", "verified_by"):
        cells[column] = getattr(rule, column)
    return cells | {
        "amount": str(rule.amount),
        "unit": rule.unit.value,
        "receipt": "yes" if rule.is_receipt else "no",
        "extends_from": rule.extends_from.value if rule.extends_from else "",
        "status": rule.reading.value,
    }


def _line(rule: Rule, number: int) -> str:
    cells = _cells(rule)
    for column in COLUMNS:
        if not (cells[column] or "-").isprintable():
            raise LawError("bad_rules", row=number, column=column)
    return "\t".join(cells[column] for column in COLUMNS)


def write_rules(rules: Sequence[Rule]) -> list[str]:
    """Write rules as the lines of a table that `read_rules` reads back.

    Raises: LawError `bad_rules` for a text with a tab or a line break in it.
    """
    rows = [_line(rule, number) for number, rule in enumerate(rules, start=2)]
    return ["\t".join(COLUMNS), *rows]


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules that ship with the product; no lawyer has checked any of them."""
    return read_rules(shipped_lines("rules.tsv"))
