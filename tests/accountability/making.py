"""Closed quarters, with cells by hand where a test needs one that few records cannot give."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from baqylau.figures.models import Cell, Closing
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.evaluating import share
from baqylau.figures.rules.results import Answer, Estimate, Withheld
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.figures.services import close
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from tests.casework.making import POLICE, SCHOOL, happen, open_one

COORDINATOR = Actor("person:c", frozenset({"coordinator"}))
AUTUMN = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
SPRING = date(2026, 5, 4)
SUMMER = date(2026, 8, 3)
OTHER = "0000000d"
"""The code of a body that no number names."""


def chosen(code: str) -> Chosen:
    """The period with the code."""
    found = choose(code)
    assert found
    return found


def cases(number: int, on: date = SPRING) -> None:
    """Cases of one quarter: two thirds about the police, half of them solved."""
    for each in range(number):
        case = open_one(opened_on=on, body=POLICE if each % 3 else SCHOOL)
        if each % 2:
            details = {"outcome": "solved", "evidence": "letter"}
            happen(case, "closed", on + timedelta(days=each % 5), **details)


def close_quarter(code: str) -> Closing:
    """The closing of a period, as the coordinator does it."""
    return close(actor=COORDINATOR, chosen=chosen(code))


def put(
    closing: Closing,
    figure: str,
    answer: Answer,
    dimension: str = "",
    value: str = "",
    *,
    window: str = "own",
    together: int = 0,
) -> Cell:
    """A published cell, in the place of the one that stands there."""
    place = {"figure": figure, "dimension": dimension, "value": value, "window": window}
    Cell.objects.filter(closing=closing, **place).delete()
    plain = as_plain(answer)
    return Cell.objects.create(closing=closing, **place, answer=plain, together=together)


def of(part: int, whole: int, *, is_rounded: bool = True) -> Estimate:
    """A share as tables publish it."""
    found = share(part, whole, is_rounded=is_rounded)
    assert not isinstance(found, Withheld)
    return found


@pytest.fixture
def closed(house: None) -> Iterator[Closing]:
    """Spring with 12 cases, closed; the clock stands in autumn."""
    with clock.frozen(AUTUMN):
        cases(12)
        yield close_quarter("2026-Q2")


@pytest.fixture
def year(house: None) -> Iterator[Closing]:
    """Spring with 12 cases, summer with 16, both closed; gives the summer's closing."""
    with clock.frozen(AUTUMN):
        cases(12)
        cases(16, SUMMER)
        close_quarter("2026-Q2")
        yield close_quarter("2026-Q3")
