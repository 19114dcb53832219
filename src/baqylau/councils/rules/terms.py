"""Terms of members: who sits on a day, and which terms cannot stand beside each other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A term in a council, half-open [first_on, until_on); `person` is "" without an account."""

    first_on: date
    until_on: date | None
    is_chair: bool = False
    is_civil_servant: bool = False
    person: str = ""


def sits(first_on: date | None, until_on: date | None, day: date) -> bool:
    """Whether the day lies in the half-open span."""
    return (first_on is None or first_on <= day) and (until_on is None or day < until_on)


def overlap(one: Term, other: Term) -> bool:
    """Whether at least one day lies in both terms."""
    last = date.max
    return one.first_on < (other.until_on or last) and other.first_on < (one.until_on or last)


def faults(new: Term, others: Iterable[Term], first_on: date, until_on: date | None) -> list[str]:
    """Codes of what is wrong with a term in a council of the span [first_on, until_on).

    `others` are the other terms in the council.
    """
    found = []
    if new.until_on is not None and new.until_on <= new.first_on:
        found.append("span")
    if new.first_on < first_on or (until_on is not None and new.first_on >= until_on):
        found.append("outside")
    if new.is_chair and new.is_civil_servant:
        found.append("servant")
    beside = [other for other in others if overlap(new, other)]
    if new.is_chair and any(other.is_chair for other in beside):
        found.append("chair")
    if new.person and any(other.person == new.person for other in beside):
        found.append("twice")
    return found
