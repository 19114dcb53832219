"""Rows of the pages, in the language that is active; numbers as every document spells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts
from baqylau.accountability.queries.money import Whole
from baqylau.figures import showing
from baqylau.figures.models import Contract
from baqylau.figures.queries.contracts import Line, Total
from baqylau.figures.rules.plans import Compared, Verdict
from baqylau.figures.rules.results import Estimate, Withheld
from baqylau.kernel.figures import Days, Share
from baqylau.text import unbroken

VERDICTS = {
    Verdict.REACHED: (gettext_lazy("reached"), "done"),
    Verdict.MISSED: (gettext_lazy("not reached"), "late"),
    Verdict.UNSURE: (gettext_lazy("cannot be told: chance"), "quiet"),
    Verdict.NONE: ("", ""),
}
"""What a verdict is called, and the mark that it has."""


def said(row: Any, name: str) -> str:  # noqa: ANN401 - any row with texts in two languages
    """A text of a row in the active language; where that is neither, in Kazakh."""
    code = "ru" if get_language() == "ru" else "kk"
    return str(getattr(row, f"{name}_{code}"))


def contract(row: Contract) -> dict[str, object]:
    """A contract in a list: its subject, and the last of its days."""
    last = row.until_on - timedelta(days=1)
    return {"row": row, "subject": said(row, "subject"), "last_on": last}


def account_title(row: Account) -> str:
    """Period and version of an account."""
    when = showing.name_of(accounts.chosen_of(row))
    if row.version == 1:
        return when
    return _("%(period)s, version %(version)s") % {"period": when, "version": row.version}


def money(whole: Whole) -> dict[str, str]:
    """All lines of a budget together."""
    return {name: amount(getattr(whole, name)) for name in ("plan", "spent", "left")}


def amount(number: Decimal | None) -> str:
    """A number with its thousands set apart, without noughts behind the point."""
    if number is None:
        return ""
    digits = 0 if number == number.to_integral_value() else 2
    return str(number_format(number, decimal_pos=digits, force_grouping=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of plan and fact as a page shows it."""

    code: str
    label: str
    unit: str
    plan: str
    fact: str
    is_words: bool
    interval: str
    n: str
    done: str
    verdict: Any
    mark: str
    document: str
    is_recomputable: bool


def line(row: Line) -> Shown:
    """A line of a period."""
    answer = row.answer
    verdict, mark = VERDICTS[row.compared.verdict]
    is_share = row.figure is not None and isinstance(row.figure.kind, Share)
    is_days = row.figure is not None and isinstance(row.figure.kind, Days)
    plan = amount(row.plan)
    if plan and is_share:
        plan = unbroken(_("%(number)s %%") % {"number": plan})
    if plan and is_days:
        plan = unbroken(_("at most %(number)s") % {"number": plan})
    return Shown(
        code=row.indicator.code,
        label=said(row.indicator, "label"),
        unit=said(row.indicator, "unit"),
        plan=plan,
        fact=_fact(row),
        is_words=(answer is None and row.typed is None) or isinstance(answer, Withheld),
        interval=showing.interval(answer) if answer else "",
        n=showing.count_behind(answer) if isinstance(answer, Estimate) else "",
        done=percent(row.compared),
        verdict=verdict,
        mark=mark,
        document=row.typed.document if row.typed else "",
        is_recomputable=row.is_recomputable,
    )


def _fact(row: Line) -> str:
    if row.typed:
        return amount(row.typed.amount)
    return showing.short(row.answer) if row.answer else _("not typed in yet")


def percent(compared: Compared) -> str:
    """The fact as a share of the plan; "" where that would say nothing."""
    if compared.done is None:
        return ""
    digits = number_format(round(compared.done * 100, 1), decimal_pos=1)
    return unbroken(_("%(number)s %%") % {"number": digits})


def total(row: Total) -> dict[str, object]:
    """A line of the whole contract."""
    return {
        "code": row.indicator.code,
        "label": said(row.indicator, "label"),
        "unit": said(row.indicator, "unit"),
        "plan": amount(row.plan),
        "fact": amount(row.fact),
        "done": percent(row.compared),
        "is_added": row.fact is not None,
    }


def all_lines(rows: Sequence[Line]) -> list[Shown]:
    """Lines of a period."""
    return [line(row) for row in rows]
