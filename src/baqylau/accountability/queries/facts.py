"""An answer as the documents show it: a number, its interval, or why there is none."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from baqylau.documents.accounts import shapes
from baqylau.documents.accounts.shapes import Kind, Number
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.rules.results import Answer, Estimate, Exact, Range, Rounded, Withheld
from baqylau.figures.showing import REASONS


@dataclass(frozen=True, slots=True)
class Told:
    """A number or none, its interval, and a note; `kind` where there is no number."""

    number: Number | None
    estimate: shapes.Estimate | None
    note: str
    kind: Kind = Kind.COUNT
    is_range: bool = False


def told(plain: dict[str, Any] | None) -> Told:
    """What a frozen answer says, in the language that is active."""
    return _told(from_plain(plain)) if plain else Told(None, None, "")


def _told(answer: Answer) -> Told:
    match answer:
        case Exact(number):
            return Told(Number(number), None, "")
        case Rounded(number):
            return Told(Number(number), None, _("Rounded to 5."))
        case Range(low, high) if low == high:
            return Told(Number(low), None, "")
        case Range(low, high):
            said = {"low": Number(low).value, "high": Number(high).value}
            return Told(None, None, _("At least %(low)s, at most %(high)s.") % said, is_range=True)
        case Estimate():
            return _estimated(answer)
        case Withheld(why):
            return Told(None, None, str(REASONS[why]))


def _estimated(answer: Estimate) -> Told:
    kind = Kind.SHARE if answer.is_share else Kind.MEASURE
    ends = (Number(_exact(end), kind) for end in (answer.low, answer.high))
    note = _("From counts that are rounded to 5.") if answer.is_rounded else ""
    return Told(
        Number(_exact(answer.value), kind), shapes.Estimate(Number(answer.n), *ends), note, kind
    )


def _exact(value: float) -> Decimal:
    return Decimal(str(value))
