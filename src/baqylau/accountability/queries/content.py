"""What an account says, in both languages, as plain data: the one thing that is frozen.

Numbers of a closed period are the published ones; while it is open they are counted now.
Nothing of a person comes in: indicators, sums, stages, lists of events, and what was written.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts, money
from baqylau.accountability.queries.outline import current
from baqylau.figures.models import Closing, Correction
from baqylau.figures.queries import contracts, pages, published
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.queries.definitions import figures
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.results import Answer
from baqylau.figures.rules.spans import Chosen
from baqylau.figures.sheets import part_name
from baqylau.figures.showing import method, name_of
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Figure
from baqylau.kernel.modules import Annex, registry
from baqylau.kernel.period import Period
from baqylau.web.queries import organisation

Plain = dict[str, Any]
Said = dict[str, Any]
"""A text, or a list of them, by language."""


def said(tell: Callable[[], Any]) -> Said:
    """What a function says in each language of accounts."""
    found = {}
    for language in accounts.LANGUAGES:
        with translation.override(language):
            found[language] = tell()
    return found


def content_of(account: Account, actor: Actor, today: date) -> Plain:
    """Everything that the account says as it stands now; after the seal what was frozen."""
    if account.content:
        return dict(account.content)
    chosen = accounts.chosen_of(account)
    asked = pages.Asked(actor, chosen, today)
    closing = closing_of(chosen)
    days = chosen.period or contracts.days_of(account.contract)
    known = {each.code: each for each in figures()}
    outline = current()
    return {
        "format": 1,
        "version": account.version,
        "title": dict(outline.title),
        "organisation": {code: organisation(code) for code in accounts.LANGUAGES},
        "contract": _contract(account),
        "period": account.period,
        "period_label": said(lambda: name_of(chosen)),
        "first_on": str(days.first),
        "until_on": str(days.until),
        "closing": _closing(closing),
        "headlines": list(_headlines(known, asked, closing)),
        "indicators": [_indicator(each) for each in contracts.lines(account.contract, asked)],
        "lines": [
            _spent(each) for each in money.lines_of(account.contract, days.first, days.until)
        ],
        "sections": list(_sections(account)),
        "annexes": [_stages(account), *_annexes(days)],
        "pictures": [_picture(each) for each in accounts.pictures_of(account)],
        "corrections": list(_corrections(account, known)),
        "verified": _whole(known.get(outline.verified), asked, closing),
        "notes": [
            {"heading": dict(note.heading), "text": dict(note.text)} for note in outline.notes
        ],
    }


def _contract(account: Account) -> Plain:
    row = account.contract
    return {
        "number": row.number,
        "signed_on": str(row.signed_on),
        "subject": {"kk": row.subject_kk, "ru": row.subject_ru},
        "customer": {"kk": row.customer_kk, "ru": row.customer_ru},
        "contractor": {"kk": row.contractor_kk, "ru": row.contractor_ru},
    }


def _closing(closing: Closing | None) -> Plain | None:
    if closing is None:
        return None
    names = ("number", "head", "digest", "key", "signature")
    return {name: getattr(closing, name) for name in names}


def _whole(known: Figure | None, asked: pages.Asked, closing: Closing | None) -> Plain | None:
    """A figure's whole in the period, with its words; None where there is no such figure."""
    if known is None:
        return None
    answer: Answer | None = None
    if closing is None:
        answer = pages.whole(known, asked).answer
    else:
        number = published.whole_of(closing, known.code)
        answer = number.answer if number else None
    return {**_words(known), "answer": as_plain(answer)} if answer else None


def _words(known: Figure) -> Plain:
    """A figure in words."""
    return {
        "figure": known.code,
        "label": said(lambda: str(known.label)),
        "unit": said(lambda: str(known.unit)),
        "sentence": said(lambda: str(known.sentence)),
        "population": said(lambda: str(known.population)),
        "method": said(lambda: str(method(known))),
    }


def _headlines(
    known: dict[str, Figure], asked: pages.Asked, closing: Closing | None
) -> Iterator[Plain]:
    for code in current().headlines:
        if found := _whole(known.get(code), asked, closing):
            yield found


def _indicator(line: contracts.Line) -> Plain:
    row = line.indicator
    found: Plain = {
        "code": row.code,
        "label": {"kk": row.label_kk, "ru": row.label_ru},
        "unit": {"kk": row.unit_kk, "ru": row.unit_ru},
        "plan": None if line.plan is None else str(line.plan),
        "verdict": line.compared.verdict.value,
        "cut": {"dimension": row.dimension, "value": row.value},
    }
    if row.figure:
        words = _words(line.figure) if line.figure else {"figure": row.figure}
        counted = {"answer": as_plain(line.answer) if line.answer else None}
        told = ("figure", "sentence", "population", "method")
        return found | {name: words[name] for name in told if name in words} | counted
    typed = line.typed
    return found | {
        "typed": None
        if typed is None
        else {
            "amount": str(typed.amount),
            "document": typed.document,
            "digest": typed.file_id,
            "version": typed.version,
        }
    }


def _spent(row: money.Spent) -> Plain:
    return {
        "code": row.line.code,
        "label": {"kk": row.line.label_kk, "ru": row.line.label_ru},
        "plan": str(row.line.plan),
        "spent": str(row.spent),
        "lately": str(row.lately),
    }


def _sections(account: Account) -> Iterator[Plain]:
    texts = accounts.narratives_of(account)
    for part in current().sections:
        found = {code: texts.get((part.code, code), "") for code in accounts.LANGUAGES}
        if any(found.values()):
            yield {"code": part.code, "heading": dict(part.heading), "text": found}


def _stages(account: Account) -> Plain:
    rows = money.stages_of(account.contract)
    return {
        "code": "stages",
        "heading": said(lambda: _("Stages of the contract")),
        "columns": said(
            lambda: [
                _("What is to be done"),
                _("Due"),
                _("Done"),
            ]
        ),
        "rows": {
            code: [
                [getattr(row, f"label_{code}"), _plain(row.due_on), _plain(row.done_on)]
                for row in rows
            ]
            for code in accounts.LANGUAGES
        },
    }


def _annexes(days: Period) -> Iterator[Plain]:
    wanted = current().annexes
    for annex in registry.gather("annexes"):
        if "*" in wanted or annex.code in wanted:
            yield _annex(annex, days)


def _annex(annex: Annex, days: Period) -> Plain:
    return {
        "code": annex.code,
        "heading": said(lambda: str(annex.label)),
        "columns": said(lambda: [str(column) for column in annex.columns]),
        "rows": said(lambda: [[_plain(cell) for cell in row] for row in annex.rows(days)]),
    }


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a text, a number, a day, or nothing
    """A cell as JSON holds it; a day is told from a text."""
    if cell is None or isinstance(cell, int):
        return cell
    return {"on": str(cell)} if isinstance(cell, date) else str(cell)


def _picture(row: Any) -> Plain:  # noqa: ANN401 - an AccountPicture with its file
    return {
        "digest": row.file_id,
        "media_type": row.file.media_type,
        "caption": {"kk": row.caption_kk, "ru": row.caption_ru},
        "alt": {"kk": row.alt_kk, "ru": row.alt_ru},
    }


def _corrections(account: Account, known: dict[str, Figure]) -> Iterator[Plain]:
    """What was corrected in the closed periods of the contract."""
    days = contracts.days_of(account.contract)
    rows = published.corrections().filter(
        cell__closing__first_on__gte=days.first.replace(day=1),
        cell__closing__first_on__lt=days.until,
    )
    for row in rows.order_by("made_at", "pk"):
        yield {
            "what": said(lambda row=row: _what(row, known)),  # type: ignore[misc]  # a default keeps the row of this turn
            "old": row.old,
            "new": row.new,
            "why": {"kk": row.reason_kk, "ru": row.reason_ru or row.reason_kk},
            "on": str(row.made_at.date()),
        }


def _what(row: Correction, known: dict[str, Figure]) -> str:
    figure = known.get(row.cell.figure)
    chosen: Chosen = published.chosen_of(row.cell.closing)
    parts = (figure.label if figure else row.cell.figure, part_name(row.cell), name_of(chosen))
    return ", ".join(str(part) for part in parts if part)
