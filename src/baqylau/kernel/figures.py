"""How a room says what may be counted: definitions, never numbers.

A `Fold` turns journal entries into contributions, which the room `figures` adds up; a `Figure` says
what a sum of contributions means, of whom, and where its records open.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from baqylau.kernel.access import Actor
from baqylau.kernel.period import Period

Text = Any
"""A str or a lazy translation."""


class Span(StrEnum):
    """The periods for which sums are kept."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


ADDITIVE = frozenset(Span)
"""What may be added over any periods counts in every one of them."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the journal as folds see it; `day` is the programme's, not UTC's."""

    number: int
    day: date
    action: str
    subject: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What something adds to a measure on a day.

    `amount` is negative when something is taken back: with the same measure, day, cells and size
    as it was given. `cells` names a value in each dimension of the figures that read the measure;
    a dimension left out counts as not stated. `size` is what a histogram is made of (whole days),
    None for what is only counted. `spans` are the periods in which it counts: all of them, unless
    the measure counts distinct things, which cannot be added up ("the first visit of this person in
    this month" counts in the month alone). `in_parts_only`: it counts in its cells and not in the
    whole, which one of its kind has given already (the same person in a second district).
    """

    measure: str
    on: date
    amount: int = 1
    cells: Mapping[str, str] = field(default_factory=dict)
    size: int | None = None
    spans: frozenset[Span] = ADDITIVE
    in_parts_only: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """How entries of the journal become contributions.

    `run` gets entries with one of the `actions` in the order of their numbers, many at once. What
    it gives must follow from these entries, and from rows of the room's own that were written with
    them or before and never change: entries folded one by one, or all together, must add up to the
    same. `measures` are all that it may contribute to; each belongs to one fold. A change of the
    meaning is a new `version`: then everything is folded again from the first entry.
    """

    code: str
    actions: frozenset[str]
    measures: frozenset[str]
    run: Callable[[Sequence[Told]], Iterable[Contribution]]
    version: int = 1


@dataclass(frozen=True, slots=True)
class Grouping:
    """Larger groups of a dimension's values, for what is too small to be shown alone.

    `of` gives each value's group, all at once; a value without one is in none.
    """

    code: str
    label: Text
    of: Callable[[Sequence[str]], Mapping[str, str]]
    names: Callable[[Sequence[str]], Mapping[str, Text]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what a figure may be taken apart.

    `names` gives the names of values in the active language, all at once; a value without one is
    shown as it is. `values` are all values that there are, for a short closed list: then those
    that nothing was counted for are shown too.
    """

    code: str
    label: Text
    names: Callable[[Sequence[str]], Mapping[str, Text]]
    values: Callable[[], Sequence[str]] | None = None
    grouping: Grouping | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """Which records are meant: a period (None: all time, or now), and a value of a dimension.

    `dimension` "" means all of them; `value` "" those for which none is stated.
    """

    period: Period | None = None
    dimension: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """So many; exact, no estimate."""

    measure: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many: always with its number and an interval.

    `counted` names the part in a sentence, in the nominative ("of them solved").
    """

    part: str
    whole: str
    counted: Text = ""


@dataclass(frozen=True, slots=True)
class Days:
    """How long: the median and the quartiles of a measure with sizes, with n and intervals."""

    measure: str


@dataclass(frozen=True, slots=True)
class Between:
    """Between so many and so many, because it cannot be known better; `method` says why.

    Both measures may count distinct things: then there is a number for whole months, quarters,
    years and all time only.
    """

    low: str
    high: str
    method: Text


@dataclass(frozen=True, slots=True)
class Live:
    """So many at this moment, asked from the room's own rows because it depends on today.

    `count` takes today and a dimension's code, and gives the numbers by value; for "" the whole
    under the value "".
    """

    count: Callable[[date, str], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """Some values of a dimension whose sum another figure counts as `measure`.

    Who hides small numbers must know what else is known: the whole of that measure is published
    exactly, so the sum of these values is no secret, and tells of each of them.
    """

    dimension: str
    values: frozenset[str]
    measure: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A definition: what is counted, of which population, in which unit, from which rows.

    `sentence` says what is counted, what is not, and from which records. `population` and `unit`
    are in the nominative ("closed cases", "cases"). `action` is the permission of those who may
    open the records: they see exact numbers; all others see what the disclosure gate lets through.
    `records` gives the desk's address that opens the very records behind a number, or None where
    there is none for this actor; `counted` the same for those that a share counts. `published` are
    the codes of the dimensions by which the public sees it once its period is closed: empty for its
    whole alone, None for a figure that stays at the desk.

    `within` is a measure that holds every record of this figure's count as well, on the same day
    and with the same values ("problems" lie within "visits"): in each cell the one is at most the
    other, and what is shown of both says so. A share says it of its part by itself.

    `has_public_records`: every record that it counts stands on the public site for everybody to
    read (recommendations, votes, meetings, institutions reached), with its day and each value by
    which the figure is published. Then nothing about it is a secret: it is exact for everybody who
    may see figures, its closed periods are published exactly, zeros and ones too, and the
    disclosure engine knows nothing of it. `action` opens nothing more, and `records` and `counted`
    give pages of the public site for any actor, `Nobody` too. Never say so of a figure that counts
    people who came to us, visits, cases or reports, however it is added up (a headcount that stands
    on the public page of its event is a record like any other), and never let such a figure read a
    measure of this one: the registry refuses a measure that figures of both kinds read.
    """

    code: str
    label: Text
    sentence: Text
    population: Text
    unit: Text
    kind: Count | Share | Days | Between | Live
    action: str
    dimensions: Sequence[Dimension] = ()
    records: Callable[[Actor, Slice], str | None] | None = None
    counted: Callable[[Actor, Slice], str | None] | None = None
    parts: Sequence[Part] = ()
    within: str = ""
    published: frozenset[str] | None = None
    has_public_records: bool = False
    order: int = 50
