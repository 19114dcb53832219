"""What a figure may come to. An estimate without its n and interval cannot be made at all."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why there is no number."""

    NOTHING = "nothing"
    """There is nothing to count it from."""
    FEW = "few"
    """Too few for an interval."""
    SMALL = "small"
    """Below the threshold of what may be shown."""
    NARROW = "narrow"
    """What is hidden could be worked out from the rest."""
    CLOSED_QUARTERS = "closed_quarters"
    """Shown to those who may not open the records once it is published: the period is closed."""
    OPENERS = "openers"
    """Shown to those who may open the records only."""
    WHOLE_PERIODS = "whole_periods"
    """Distinct people cannot be added up over other periods, and medians are not kept for them."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A count as it is."""

    number: int


@dataclass(frozen=True, slots=True)
class Rounded:
    """A count to the nearest 5."""

    number: int


@dataclass(frozen=True, slots=True)
class Range:
    """Somewhere between two counts. Raises: ValueError when they are turned round."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError("a range begins before it ends")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that chance has a part in, with its interval and the n behind it.

    Shares lie between 0 and 1 and name their `part` of n; days name their `quartiles`.
    Raises: ValueError for an interval that does not hold the value, or an n below 1.
    """

    value: float
    low: float
    high: float
    n: int
    part: int | None = None
    quartiles: tuple[int, int] | None = None
    is_rounded: bool = False

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError("an estimate needs an n")
        if not all(map(math.isfinite, (self.value, self.low, self.high))):
            raise ValueError("an estimate is a number")
        if not 0 <= self.low <= self.value <= self.high:
            raise ValueError("an estimate lies in its interval")

    @property
    def is_share(self) -> bool:
        """Whether it is a share, not days."""
        return self.part is not None


@dataclass(frozen=True, slots=True)
class Withheld:
    """No number, and why: a valid result."""

    why: Why


Answer = Exact | Rounded | Range | Estimate | Withheld


def is_nothing(answer: Answer) -> bool:
    """Whether no record stands behind it."""
    match answer:
        case Exact(number):
            return number == 0
        case Range(_, high):
            return high == 0
        case _other:
            return isinstance(answer, Withheld)


@dataclass(frozen=True, slots=True)
class Version:
    """Up to which entry of the journal, and its day, a number was counted.

    `behind` entries are written but not read yet. A live number has only the day.
    """

    day: date | None
    number: int | None = None
    behind: int = 0
