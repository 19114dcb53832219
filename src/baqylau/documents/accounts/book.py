"""The account as a workbook: numbers as numbers, percent as percent, days as days, no formulas."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from baqylau.documents.accounts.checks import check
from baqylau.documents.accounts.shapes import (
    Account,
    Annex,
    Cell,
    Correction,
    Estimate,
    Indicator,
    Kind,
    Line,
    Number,
    share,
)
from baqylau.documents.accounts.texts import marks
from baqylau.documents.writing import Formed, Sheet, Value
from baqylau.documents.writing import write_xlsx as write_book

FORMS: Final = {
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.MEASURE: "#,##0.0",
    Kind.MONEY: "#,##0.00",
}
_WIDE, _NARROW, _NUMBER = 60, 12, 16
"""Characters of a column."""


def write_xlsx(account: Account) -> bytes:
    """The account as a workbook; a sheet for each part that holds something.

    Raises: AccountError.
    """
    check(account)
    return write_book([sheet for sheet in _sheets(account) if sheet.rows], account.title)


def _sheets(account: Account) -> Iterator[Sheet]:
    words = account.words
    yield Sheet(words.overview, (words.heading, words.text), _head(account), (_NARROW * 3, _WIDE))
    yield Sheet(
        words.indicators,
        (
            *(words.code, words.indicator, words.unit, words.plan, words.fact, words.done),
            *(words.n, f"{words.interval}, ≥", f"{words.interval}, ≤"),
            *(words.not_recomputable, words.note),
        ),
        [_indicator(each) for each in account.indicators],
        (_NARROW, _WIDE, *(_NUMBER,) * 7, _WIDE // 2, _WIDE),
    )
    yield Sheet(
        f"{words.spending}, {account.currency}",
        (words.code, words.line, words.plan, words.spent, words.left, words.done, words.note),
        [_line(each) for each in (*account.lines, account.total)] if account.lines else [],
        (_NARROW, _WIDE, *(_NUMBER,) * 4, _WIDE),
    )
    yield from _annexes(account)
    yield Sheet(
        words.corrections,
        (words.what, words.old, words.new, words.who, words.why, words.day),
        [_correction(each) for each in account.corrections],
        (_WIDE, _NUMBER, _NUMBER, _NUMBER * 2, _WIDE, _NARROW),
    )
    yield Sheet(
        words.definitions,
        (words.code, words.indicator, words.counted, words.population, words.unit, words.method),
        [_definition(each) for each in account.indicators],
        (_NARROW, _WIDE, _WIDE, _WIDE // 2, _NUMBER, _WIDE),
    )
    notes = [(each.heading, each.text) for each in (*account.sections, *account.notes)]
    yield Sheet(words.narrative, (words.heading, words.text), _long(notes), (_WIDE // 2, _WIDE * 2))
    yield Sheet(words.seal, (words.heading, words.text), _seal(account), (_NARROW * 3, _WIDE * 2))


def _text(text: str) -> Value:
    return Formed(text) if text else None


def _number(number: Number | None) -> Value:
    return Formed(number.value, FORMS[number.kind]) if number else None


def _head(account: Account) -> list[tuple[Value, ...]]:
    words, verified = account.words, account.verified
    rows: list[tuple[Value, ...]] = [
        (account.organisation, None),
        (account.title, _text(account.period_label)),
        (words.contract, _text(account.contract)),
        (words.day, account.contract_day),
        (words.commissioner, _text(account.commissioner)),
        (words.period, account.period.first),
        (None, account.period_last),
        (words.made, account.day),
    ]
    rows += [(each, None) for each in marks(account)]
    rows += [(each.label, _number(each.number)) for each in account.headlines]
    rows += [(each.role, each.day) for each in account.approvals]
    if verified:
        low, high = verified.estimate.low, verified.estimate.high
        rows += [(words.verified, _number(verified.share)), (words.n, _number(verified.estimate.n))]
        rows += [(f"{words.interval}, ≥", _number(low)), (f"{words.interval}, ≤", _number(high))]
        rows.append((None, _text(verified.sentence)))
    return rows


def _indicator(indicator: Indicator) -> Sequence[Value]:
    return (
        indicator.code,
        *map(_text, (indicator.label, indicator.unit)),
        *map(_number, (indicator.plan, indicator.fact, indicator.done)),
        *_estimate(indicator.estimate),
        *map(_text, (indicator.document, indicator.note)),
    )


def _estimate(estimate: Estimate | None) -> Iterable[Value]:
    if estimate is None:
        return (None,) * 3
    return map(_number, (estimate.n, estimate.low, estimate.high))


def _line(line: Line) -> Sequence[Value]:
    numbers = line.plan, line.spent, line.left, share(line.spent, line.plan)
    return (line.code, _text(line.label), *map(_number, numbers), _text(line.note))


def _correction(correction: Correction) -> Sequence[Value]:
    texts = map(_text, (correction.who, correction.why))
    numbers = map(_number, (correction.old, correction.new))
    return (_text(correction.what), *numbers, *texts, correction.day)


def _annexes(account: Account) -> Iterator[Sheet]:
    shown = (annex for annex in account.annexes if annex.rows)
    for number, annex in enumerate(shown, 1):
        yield Sheet(
            f"{account.words.annex} {number}. {annex.heading}",
            annex.columns,
            [[_cell(cell) for cell in row] for row in annex.rows],
            _widths(annex),
        )


def _widths(annex: Annex) -> list[int]:
    columns = zip(*annex.rows, strict=True)
    longest = [max(len(cell) if isinstance(cell, str) else 10 for cell in each) for each in columns]
    return [min(max(_NARROW, width + 2), _WIDE) for width in longest]


def _cell(cell: Cell) -> Value:
    if isinstance(cell, Number):
        return _number(cell)
    if isinstance(cell, int):
        return _number(Number(cell))
    return _text(cell) if isinstance(cell, str) else cell


def _definition(indicator: Indicator) -> Sequence[Value]:
    texts = indicator.label, indicator.sentence, indicator.population, indicator.unit
    return (indicator.code, *map(_text, texts), _text(indicator.method))


def _long(told: Iterable[tuple[str, str]]) -> list[tuple[Value, ...]]:
    """A row for each paragraph, the heading beside its first; sections without text left out."""
    rows: list[tuple[Value, ...]] = []
    for heading, text in told:
        lines = [line for line in text.split("\n") if line.strip()]
        rows += [(_text("" if place else heading), _text(line)) for place, line in enumerate(lines)]
    return rows


def _seal(account: Account) -> list[tuple[Value, ...]]:
    seal, words = account.seal, account.words
    if seal is None:
        return []
    return [
        (words.digest, seal.digest),
        (words.head_number, seal.head_number),
        (words.head, seal.head_day),
        (words.head_digest, seal.head_digest),
        *(
            ((words.how_to_check if not place else None), _text(step))
            for place, step in enumerate(seal.steps)
        ),
    ]
