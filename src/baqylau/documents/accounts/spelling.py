"""Numbers as people read them in Kazakh and Russian: 1 234,5 and 46,7 %."""

from datetime import date

from baqylau.documents.accounts.shapes import Estimate, Kind, Number

GAP = "\N{NO-BREAK SPACE}"
NONE = "–"
"""Stands where there is no number."""


def spelled(number: Number | None) -> str:
    """A number with its sign of percent, if it is a share."""
    if number is None:
        return NONE
    bare = _bare(number)
    return f"{bare}{GAP}%" if number.kind is Kind.SHARE else bare


def _bare(number: Number) -> str:
    value = number.value * 100 if number.kind is Kind.SHARE else number.value
    digits = 1 if number.kind is Kind.SHARE else -int(number.value.as_tuple().exponent)
    text = f"{value:,.{digits}f}"
    return text.replace(",", GAP).replace(".", ",").replace("-", "\N{MINUS SIGN}")


def interval(estimate: Estimate | None) -> str:
    """From the low end to the high one; the sign of percent stands once."""
    if estimate is None:
        return NONE
    return f"{_bare(estimate.low)}–{spelled(estimate.high)}"


def day(value: date) -> str:
    """A day as 31.12.2026."""
    return f"{value:%d.%m.%Y}"
