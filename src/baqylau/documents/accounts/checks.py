"""What every writer asks of an account first: bounded, printable, its pictures pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from baqylau.documents.accounts import limits, pictures
from baqylau.documents.accounts.errors import AccountError
from baqylau.documents.accounts.shapes import Account
from baqylau.documents.letters import strange_signs

Text = tuple[str, str, int]
"""Where it stands, what it says, how many signs it may have."""


def check(account: Account) -> None:
    """Refuse what one of the formats could not show, so that all show the same.

    Raises: AccountError `account_sign`, `account_long`, `account_many`, `account_picture`,
    `account_picture_large`.
    """
    for where, length, limit in _counts(account):
        if length > limit:
            raise AccountError("account_many", where=where, length=length, limit=limit)
    whole = 0
    for where, text, limit in _texts(account):
        whole += len(text)
        if len(text) > limit or whole > limits.WHOLE:
            length, most = (len(text), limit) if len(text) > limit else (whole, limits.WHOLE)
            raise AccountError("account_long", where=where, length=length, limit=most)
        _check_signs(where, text, is_long=limit == limits.SECTION)
    for number, picture in enumerate(account.pictures, 1):
        pictures.measure(picture.content, f"{account.words.picture} {number}")


def _check_signs(where: str, text: str, *, is_long: bool) -> None:
    """Only free text has lines."""
    strange = ("\n",) if "\n" in text and not is_long else strange_signs(text)
    if strange:
        sign = strange[0]
        shown = sign if sign.isprintable() else "?"
        raise AccountError("account_sign", where=where, sign=shown, number=f"U+{ord(sign):04X}")


def _counts(account: Account) -> Iterator[tuple[str, int, int]]:
    words = account.words
    annexes = account.annexes
    yield words.fact, len(account.headlines), limits.HEADLINES
    yield words.indicators, len(account.indicators), limits.INDICATORS
    yield words.spending, len(account.lines), limits.LINES
    yield words.narrative, len(account.sections) + len(account.notes), limits.SECTIONS
    yield words.annex, len(annexes), limits.ANNEXES
    yield words.annex, sum(len(annex.rows) for annex in annexes), limits.ROWS
    for annex in annexes:
        yield annex.heading, len(annex.columns), limits.COLUMNS
    yield words.pictures, len(account.pictures), limits.PICTURES
    yield words.corrections, len(account.corrections), limits.CORRECTIONS
    yield words.approved, len(account.approvals), limits.APPROVALS
    yield words.how_to_check, len(account.seal.steps) if account.seal else 0, limits.STEPS


def _texts(account: Account) -> Iterator[Text]:
    """Every text of an account with the place that its reader knows it by."""
    words = account.words
    for named in fields(words):
        yield named.name, getattr(words, named.name), limits.LABEL
    head = ("title", "organisation", "commissioner", "contract", "period_label", "currency", "mark")
    for name in head:
        yield account.title, getattr(account, name), limits.LABEL
    for section in (*account.sections, *account.notes):
        yield section.heading, section.heading, limits.LABEL
        yield section.heading, section.text, limits.SECTION
    yield from _rows(words.indicators, account.indicators, ("code", "label", "unit", "document"))
    longer = ("sentence", "population", "method", "note")
    yield from _rows(words.indicators, account.indicators, longer, limits.TEXT)
    yield from _rows(words.spending, account.lines, ("code", "label"))
    yield from _rows(words.spending, account.lines, ("note",), limits.TEXT)
    yield from _rows(words.fact, account.headlines, ("label", "note"))
    yield from _rows(words.pictures, account.pictures, ("caption", "alt"), limits.TEXT)
    yield from _rows(words.corrections, account.corrections, ("what", "who", "why"), limits.TEXT)
    yield from _rows(words.approved, account.approvals, ("role", "name"))
    for annex in account.annexes:
        yield from _annex(annex.heading, (annex.heading, *annex.columns), annex.rows)
    if account.verified:
        yield words.verified, account.verified.sentence, limits.TEXT
    if account.seal:
        for text in (account.seal.digest, account.seal.head_digest, *account.seal.steps):
            yield words.seal, text, limits.TEXT


def _rows(
    where: str, rows: Sequence[object], names: Sequence[str], limit: int = limits.LABEL
) -> Iterator[Text]:
    for number, row in enumerate(rows, 1):
        for name in names:
            yield f"{where}, {number}", getattr(row, name), limit


def _annex(heading: str, labels: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[Text]:
    for label in labels:
        yield heading, label, limits.LABEL
    for number, row in enumerate(rows, 1):
        for cell in row:
            if isinstance(cell, str):
                yield f"{heading}, {number}", cell, limits.TEXT
