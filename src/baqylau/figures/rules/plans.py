"""Plan against fact: which periods a plan may name, and what a fact says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from baqylau.figures.rules.results import Answer, Estimate, Exact, Range, Rounded, Withheld
from baqylau.figures.rules.spans import Chosen, choose, first_of
from baqylau.kernel.figures import Span
from baqylau.kernel.period import Period

PERCENT = 100
HALF = 2
"""A count that is rounded to 5 may be two less, or two more."""


class Verdict(StrEnum):
    """What a fact says of its plan."""

    REACHED = "reached"
    MISSED = "missed"
    UNSURE = "unsure"
    """The plan lies inside the interval: chance alone could have made the difference."""
    NONE = "none"
    """No plan, no number, or a period that runs still."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict, and the fact as a share of the plan where both are plain counts."""

    verdict: Verdict
    done: Decimal | None = None


NOTHING = Compared(Verdict.NONE)


def compare(plan: Decimal | None, answer: Answer | Decimal | None) -> Compared:
    """A fact against its plan; a Decimal is one that was typed in.

    A plan of zero has no percentage. An estimate has none either: its interval is held against the
    plan, of shares the plan in per cent. Days are promised at most, all else at least.
    """
    if plan is None or answer is None or isinstance(answer, Withheld):
        return NOTHING
    if isinstance(answer, Estimate):
        return Compared(_by_interval(plan, answer))
    low, high = _ends(answer)
    done = low / plan if plan > 0 and low == high else None
    return Compared(_at_least(plan, low, high), _of_rounded(answer, plan) or done)


def so_far(found: Compared) -> Compared:
    """What may be said while the period runs.

    A count that has reached its plan stays so. Nothing is missed yet, and an estimate may turn.
    """
    is_sure = found.verdict is Verdict.REACHED and found.done is not None
    return found if is_sure else Compared(Verdict.NONE, found.done)


def _ends(answer: Exact | Rounded | Range | Decimal) -> tuple[Decimal, Decimal]:
    match answer:
        case Decimal():
            return answer, answer
        case Exact(number):
            return Decimal(number), Decimal(number)
        case Rounded(number):
            return Decimal(max(number - HALF, 0)), Decimal(number + HALF)
        case Range(low, high):
            return Decimal(low), Decimal(high)


def _of_rounded(answer: object, plan: Decimal) -> Decimal | None:
    return Decimal(answer.number) / plan if isinstance(answer, Rounded) and plan > 0 else None


def _by_interval(plan: Decimal, answer: Estimate) -> Verdict:
    low, high = (Decimal(str(end)) for end in (answer.low, answer.high))
    if answer.is_share:
        return _at_least(plan, low * PERCENT, high * PERCENT)
    # Of days fewer are better.
    return _at_least(-plan, -high, -low)


def _at_least(plan: Decimal, low: Decimal, high: Decimal) -> Verdict:
    if low >= plan:
        return Verdict.REACHED
    return Verdict.MISSED if high < plan else Verdict.UNSURE


def planned_periods(codes: Iterable[str]) -> list[Chosen]:
    """The periods that the codes name, in their order; what names none is left out."""
    found = {each for code in codes if (each := choose(code)) and each.period}
    return sorted(found, key=lambda each: (each.first, each.span))


def is_inside(chosen: Chosen, days: Period) -> bool:
    """Whether a period is one of the contract's.

    The months in which the contract begins and ends belong to it whole.
    """
    if chosen.period is None:
        return False
    return within(days).first <= chosen.period.first and chosen.period.until <= within(days).until


def within(days: Period) -> Period:
    """The whole months that hold these days."""
    last = date.fromordinal(days.until.toordinal() - 1)
    return Period(first_of(Span.MONTH, days.first), Period.month(last.year, last.month).until)


def overlapping(chosen: Chosen, others: Iterable[Chosen]) -> Chosen | None:
    """The first of the other periods that shares a day with this one, itself left aside."""
    own = chosen.period
    for other in others:
        if own and other != chosen and other.period and own.overlaps(other.period):
            return other
    return None
