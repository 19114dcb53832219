"""What an account of a period holds, in one language; numbers are exact, texts are only texts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from baqylau.documents.accounts.words import Words
from baqylau.kernel.period import Period

LANGUAGES = ("kk", "ru")


class Kind(StrEnum):
    """What a number counts; it decides how many digits every format shows."""

    COUNT = "count"
    SHARE = "share"
    MEASURE = "measure"
    MONEY = "money"


DIGITS = {Kind.COUNT: 0, Kind.SHARE: 3, Kind.MEASURE: 1, Kind.MONEY: 2}
"""Digits kept behind the point. A share is kept as a part of one: 0.467 is shown as 46,7 %."""


MOST = 10**12
"""Numbers stay below: a spreadsheet keeps fifteen digits, three of them behind the point."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as all formats show it: rounded once, here, halves away from zero.

    Raises: ValueError for one that is not finite, or not below `MOST`.
    """

    value: Decimal
    kind: Kind = Kind.COUNT

    def __init__(self, value: Decimal | int, kind: Kind = Kind.COUNT) -> None:
        exact = Decimal(value)
        if not exact.is_finite() or abs(exact) >= MOST:
            raise ValueError(f"no number that every format can show: {value}")
        step = Decimal(1).scaleb(-DIGITS[kind])
        # Adding zero takes the sign off a zero.
        object.__setattr__(self, "value", exact.quantize(step, ROUND_HALF_UP) + 0)
        object.__setattr__(self, "kind", kind)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an estimate never goes without: how many it rests on, and its interval."""

    n: Number
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the contract.

    `fact` is None where there is no number; `note` says why. `sentence` says what is counted,
    `method` how. `document` names the document of an indicator that somebody typed in: no record
    lies behind it, and it is marked as not recomputable. "" for those that are counted.
    """

    code: str
    label: str
    unit: str
    plan: Number | None
    fact: Number | None
    sentence: str = ""
    population: str = ""
    method: str = ""
    estimate: Estimate | None = None
    document: str = ""
    note: str = ""

    @property
    def done(self) -> Number | None:
        """The fact as a share of the plan; None without a fact, or with a plan of zero.

        An estimate has none either: its interval is held against the plan.
        """
        if self.plan is None or self.fact is None or self.estimate is not None:
            return None
        return share(self.fact, self.plan)


def share(part: Number, whole: Number) -> Number | None:
    """So much of so much; None of nothing, or of so little that no `Number` holds it."""
    if whole.value <= 0 or abs(part.value) >= MOST * whole.value:
        return None
    return Number(part.value / whole.value, Kind.SHARE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget; amounts in the account's currency.

    Raises: ValueError where what is left is no `Number`.
    """

    code: str
    label: str
    plan: Number
    spent: Number
    note: str = ""

    def __post_init__(self) -> None:
        _ = self.left

    @property
    def left(self) -> Number:
        """What is not spent; negative where more was spent than planned."""
        return Number(self.plan.value - self.spent.value, Kind.MONEY)


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the numbers that matter most, and a line under it."""

    number: Number
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and free text; each line of it is a paragraph. Without text it is left out."""

    heading: str
    text: str


Cell = str | int | date | Number | None


@dataclass(frozen=True, slots=True)
class Annex:
    """A table of events, never of persons. Without rows it is left out.

    Raises: ValueError for a row that does not fit the columns.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"rows that do not fit their columns: {self.heading}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG whose bytes the caller has cleaned; `alt` says what is seen on it."""

    content: bytes = field(repr=False)
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A number that was wrong in a closed period. `who` is a role, or a name the caller may say."""

    what: str
    old: Number | None
    new: Number | None
    who: str
    why: str
    day: date


@dataclass(frozen=True, slots=True)
class Verified:
    """The share of the records that were checked with the people themselves."""

    share: Number
    estimate: Estimate
    sentence: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, in which role, on which day."""

    role: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Seal:
    """The hash of the numbers, the head of the log, and how anybody checks both, step by step."""

    digest: str
    head_number: int
    head_digest: str
    head_day: date
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that the three formats show.

    `day` is the account's own day; the dates inside the files come from it alone. `period_label`
    is the period in words. Without a `seal` it is a draft and says so on every page; so does it
    with a `mark`, which says that it is no real account.

    Raises: ValueError for a language that it cannot be in, without a title, or when its lines come
    to more than a `Number` holds.
    """

    language: str
    title: str
    organisation: str
    commissioner: str
    contract: str
    contract_day: date
    period: Period
    period_label: str
    day: date
    words: Words
    currency: str = "₸"
    headlines: tuple[Headline, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] = ()
    pictures: tuple[Picture, ...] = ()
    corrections: tuple[Correction, ...] = ()
    verified: Verified | None = None
    notes: tuple[Section, ...] = ()
    approvals: tuple[Approval, ...] = ()
    seal: Seal | None = None
    mark: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"accounts are in {LANGUAGES}, not in {self.language}")
        if not self.title.strip():
            raise ValueError("an account without a title")
        _ = self.total

    @property
    def period_last(self) -> date:
        """The last day inside the period."""
        return self.period.until - timedelta(days=1)

    @property
    def total(self) -> Line:
        """All lines of the budget together."""
        plan, spent = (
            Number(sum((getattr(line, name).value for line in self.lines), Decimal()), Kind.MONEY)
            for name in ("plan", "spent")
        )
        return Line("", self.words.total, plan, spent)
