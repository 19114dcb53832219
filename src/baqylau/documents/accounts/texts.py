"""An account as a tree of texts: what the pages of PDF and DOCX show, spelled in one place.

What is not there is an empty text or an empty list, so that a template may ask `if`.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from baqylau.documents.accounts.shapes import (
    Account,
    Annex,
    Cell,
    Indicator,
    Line,
    Number,
    Section,
    share,
)
from baqylau.documents.accounts.spelling import day, interval, spelled
from baqylau.documents.accounts.words import Words

Tree = dict[str, Any]
"""Texts, lists of trees, and trees, by name."""

_ROWS: Final[dict[str, str]] = {
    "headlines": "number label note",
    "indicators": "code label unit plan fact done n interval counted population method sentence "
    "mark document note",
    "lines": "code label plan spent left done note",
    "corrections": "what old new who why day",
    "approvals": "role name day",
}
_SINGLE: Final[dict[str, str]] = {
    "total": _ROWS["lines"],
    "verified": "share n interval sentence",
}
_HEAD: Final = (
    "language title organisation commissioner contract contract_day period period_label day "
    "currency draft"
)


def _named(names: str) -> Tree:
    return dict.fromkeys(names.split(), "")


_SECTION: Final[Tree] = {"heading": "", "paragraphs": [""]}
FIELDS: Final[Tree] = {
    **_named(_HEAD),
    **{name: [_named(names)] for name, names in _ROWS.items()},
    **{name: _named(names) for name, names in _SINGLE.items()},
    "sections": [_SECTION],
    "notes": [_SECTION],
    "annexes": [{"number": "", "heading": "", "columns": [""], "rows": [{"cells": [""]}]}],
    "pictures": [{"number": "", "caption": "", "alt": "", "image": ""}],
    "seal": {**_named("digest head_number head_digest head_day"), "steps": [""]},
    "words": {word.name: "" for word in dataclasses.fields(Words)},
}
"""The shape of `tree`: a text, a list (shown by its one row), or a tree for each name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a template may use: its name, whether it is a list, and what it says here.

    `name` goes through lists with []: "indicators[].label".
    """

    name: str
    is_list: bool
    sample: str


def fields(account: Account) -> tuple[Field, ...]:
    """Every field that a template may use, with what it says in this account ("" for lists)."""
    return tuple(_listed("", FIELDS, tree(account)))


def _listed(path: str, shape: Tree, values: Tree | None) -> list[Field]:
    found: list[Field] = []
    for name, below in shape.items():
        here = f"{path}.{name}" if path else name
        value = values[name] if values else None
        if isinstance(below, dict):
            found += _listed(here, below, value)
        elif isinstance(below, list):
            first = value[0] if value else None
            found.append(Field(here, True, first if isinstance(first, str) else ""))
            if isinstance(below[0], dict):
                found += _listed(f"{here}[]", below[0], first)
        else:
            found.append(Field(here, False, value or ""))
    return found


def tree(account: Account) -> Tree:
    """All texts of an account, in the shape of `FIELDS`."""
    return {
        **{name: getattr(account, name) for name in ("language", "title", "organisation")},
        **{name: getattr(account, name) for name in ("commissioner", "contract", "currency")},
        "contract_day": day(account.contract_day),
        "period": f"{day(account.period.first)}–{day(account.period_last)}",
        "period_label": account.period_label,
        "day": day(account.day),
        "draft": " · ".join(marks(account)),
        "headlines": [
            {"number": spelled(each.number), "label": each.label, "note": each.note}
            for each in account.headlines
        ],
        "indicators": [_indicator(each, account.words) for each in account.indicators],
        "lines": [_line(each) for each in account.lines],
        "total": _line(account.total) if account.lines else _named(_SINGLE["total"]),
        "sections": _sections(account.sections),
        "notes": _sections(account.notes),
        **_listings(account),
        "verified": _verified(account),
        "seal": _seal(account),
        "words": asdict(account.words),
    }


def marks(account: Account) -> list[str]:
    """What every page says of an account that is not sealed, or not real."""
    draft = "" if account.seal else account.words.draft
    return [each for each in (draft, account.mark) if each]


def _listings(account: Account) -> Tree:
    shown = [annex for annex in account.annexes if annex.rows]
    return {
        "annexes": [_annex(number, annex) for number, annex in enumerate(shown, 1)],
        "pictures": [
            {"number": str(number), "caption": each.caption, "alt": each.alt, "image": ""}
            for number, each in enumerate(account.pictures, 1)
        ],
        "corrections": [
            {
                **{name: getattr(each, name) for name in ("what", "who", "why")},
                "old": spelled(each.old),
                "new": spelled(each.new),
                "day": day(each.day),
            }
            for each in account.corrections
        ],
        "approvals": [
            {"role": each.role, "name": each.name, "day": day(each.day)}
            for each in account.approvals
        ],
    }


def counted(indicator: Indicator) -> str:
    """How an indicator was counted, in one line."""
    return " ".join(filter(None, (indicator.sentence, indicator.method)))


def _indicator(indicator: Indicator, words: Words) -> Tree:
    names = "code", "label", "unit", "population", "method", "sentence", "document", "note"
    estimate = indicator.estimate
    return {
        **{name: getattr(indicator, name) for name in names},
        "plan": spelled(indicator.plan),
        "fact": spelled(indicator.fact),
        "done": spelled(indicator.done),
        "n": spelled(estimate.n if estimate else None),
        "interval": interval(estimate),
        "counted": counted(indicator),
        "mark": words.not_recomputable if indicator.document else "",
    }


def _line(line: Line) -> Tree:
    return {
        "code": line.code,
        "label": line.label,
        "plan": spelled(line.plan),
        "spent": spelled(line.spent),
        "left": spelled(line.left),
        "done": spelled(share(line.spent, line.plan)),
        "note": line.note,
    }


def _sections(sections: Sequence[Section]) -> list[Tree]:
    """Those with text."""
    split = [(each.heading, [line.strip() for line in each.text.split("\n")]) for each in sections]
    return [
        {"heading": heading, "paragraphs": [line for line in lines if line]}
        for heading, lines in split
        if any(lines)
    ]


def _annex(number: int, annex: Annex) -> Tree:
    return {
        "number": str(number),
        "heading": annex.heading,
        "columns": list(annex.columns),
        "rows": [{"cells": [_cell(cell) for cell in row]} for row in annex.rows],
    }


def _cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, int):
        return spelled(Number(cell))
    if isinstance(cell, Number):
        return spelled(cell)
    return cell or ""


def _verified(account: Account) -> Tree:
    verified = account.verified
    if verified is None:
        return _named(_SINGLE["verified"])
    return {
        "share": spelled(verified.share),
        "n": spelled(verified.estimate.n),
        "interval": interval(verified.estimate),
        "sentence": verified.sentence,
    }


def _seal(account: Account) -> Tree:
    seal = account.seal
    if seal is None:
        return {**_named("digest head_number head_digest head_day"), "steps": []}
    return {
        "digest": seal.digest,
        "head_number": str(seal.head_number),
        "head_digest": seal.head_digest,
        "head_day": day(seal.head_day),
        "steps": list(seal.steps),
    }
