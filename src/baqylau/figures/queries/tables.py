"""The tables that closing a quarter would publish, chosen so that none gives another away.

Figures that are counted from one whole, by one dimension, are one question: its atoms are
(side, value, quarter), where a share has the sides PART and REST. Published of it are

- each value over four quarters, and groups of values, where the dimension has a grouping;
- shares over four quarters, by value and by group; without a grouping over the quarter as well;
- each value over the quarter.

Counts of a part ("problems", which lie within "visits") are counts of the side PART.

docs/disclosure.md says what somebody who keeps all of them may know.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from baqylau.figures.apart import NoChoiceError, choose_apart
from baqylau.figures.models import Cell as Row
from baqylau.figures.models import Closing, Counted, Window
from baqylau.figures.queries import sums as reading
from baqylau.figures.queries.families import PART, REST, Family, families
from baqylau.figures.rules.answers import as_plain, from_plain
from baqylau.figures.rules.disclosing.chance import drawn
from baqylau.figures.rules.disclosing.facts import Cell, Fact, Outcome, Question, Sum, Table
from baqylau.figures.rules.evaluating import share
from baqylau.figures.rules.results import Answer, Estimate, Rounded, Why, Withheld
from baqylau.figures.rules.sealing import Published
from baqylau.figures.rules.spans import Chosen
from baqylau.journal import keys
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Figure, Share, Span
from baqylau.stats.rounding import THRESHOLD


class NoTablesError(DomainError):
    """No tables can be published of the quarter; its records are untouched."""

    code = "no_tables"


FOUR = 4
KEPT = 12
"""Quarters that are looked back over; an older table shares no quarter with a window of today."""
Atom = tuple[str, str, str]
"""Side, value, quarter."""


@dataclass(frozen=True)
class Asked:
    """A family's counts in the closed quarters and the new one, oldest first, as atoms."""

    family: Family
    quarters: Sequence[str]
    counts: Mapping[Atom, int]
    groups: Mapping[str, str]
    told: Mapping[tuple[str, str, str, str], Mapping[str, tuple[int, ...]]] = field(
        default_factory=dict
    )
    """Of earlier tables what they show, by quarter, figure, window and dimension."""

    @cached_property
    def values(self) -> list[str]:
        """Every value that was ever counted, and all of a closed list."""
        known = set(self.family.by.values() if self.family.by.values else ())
        return sorted(known | {value for _side, value, _quarter in self.counts})

    def sides(self, part: str = "") -> tuple[str, ...]:
        """Both sides, or one of them."""
        if part:
            return (part,)
        return (PART, REST) if self.family.part else (REST,)

    def sum(self, values: Sequence[str], quarters: Sequence[str], part: str = "") -> Sum:
        """The atoms of values in quarters."""
        return frozenset(
            (side, value, quarter)
            for side in self.sides(part)
            for value in values
            for quarter in quarters
        )

    def of(self, atoms: Sum) -> int:
        """Their count."""
        return sum(self.counts.get(atom, 0) for atom in atoms)  # type: ignore[call-overload]  # atoms are ours


def question(asked: Asked, secret: bytes) -> Question:
    """All that the choice of the newest quarter's tables depends on."""
    known = [
        Fact(atoms, asked.of(atoms), asked.of(atoms))
        for quarter in asked.quarters
        for part in (("", PART) if asked.family.part else ("",))
        if (atoms := asked.sum(asked.values, [quarter], part))
    ]
    known += _owed(asked)
    before = [
        Table(key, cells, _told(asked, cells, shown))
        for n, quarter in enumerate(asked.quarters[:-1])
        for key, place, cells in _tables(asked, asked.quarters[: n + 1])
        if (shown := asked.told.get((quarter, *place)))
    ]
    new = [Table(key, cells) for key, _place, cells in _tables(asked, asked.quarters)]
    protected = [
        asked.sum([value], asked.quarters[-length:], part)
        for length in (FOUR - 2, FOUR - 1)
        if len(asked.quarters) >= length
        for value in asked.values
        for part in _guarded(asked.family)
    ]
    return Question(asked.counts, known, [*before, *new], protected, drawn(new, secret))


def _guarded(family: Family) -> tuple[str, ...]:
    """The sides whose sums stay hidden while they are small; the rest where a share shows it."""
    if not family.part:
        return ("",)
    return ("", PART, REST) if family.has_shares else ("", PART)


def _owed(asked: Asked) -> Iterator[Fact]:
    """The sums of some values that another figure's exact whole tells."""
    for side, values in asked.family.owed:
        here = sorted(values & set(asked.values))
        for quarter in asked.quarters:
            if atoms := asked.sum(here, [quarter], side):
                yield Fact(atoms, asked.of(atoms), asked.of(atoms))


def _told(
    asked: Asked, cells: Mapping[str, Cell], shown: Mapping[str, tuple[int, ...]]
) -> dict[str, Outcome]:
    """What became of an earlier table's cells; of the hidden ones why, as anybody may know it."""
    return {
        key: Outcome(shown[key]) if key in shown else Outcome(why=_why(asked, cell))
        for key, cell in cells.items()
    }


def _why(asked: Asked, cell: Cell) -> Why:
    least = min(asked.of(each) for each in (*cell.sums, *cell.checks))
    return Why.SMALL if least < THRESHOLD else Why.NARROW


Place = tuple[str, str, str]
"""Figure, window, dimension."""


def _tables(asked: Asked, quarters: Sequence[str]) -> Iterator[tuple[str, Place, dict[str, Cell]]]:
    """The tables of the last of the quarters, the most wanted first: key, place, cells."""
    by, last = asked.family.by, quarters[-1]
    singles = {value: [value] for value in asked.values}
    groups: dict[str, list[str]] = {}
    for value in asked.values:
        if group := asked.groups.get(value):
            groups.setdefault(group, []).append(value)
    wanted: list[tuple[str, str, Mapping[str, list[str]], Sequence[str]]] = []
    four = quarters[-FOUR:]
    if len(four) == FOUR and (by.grouping or asked.family.has_shares):
        wanted.append((Window.FOUR, by.code, singles, four))
        if by.grouping:
            wanted.append((Window.FOUR, by.grouping.code, groups, four))
    wanted.append((Window.OWN, by.code, singles, quarters[-1:]))
    for window, dimension, members, over in wanted:
        for figure in asked.family.figures:
            is_share = isinstance(figure.kind, Share)
            if is_share and window == Window.OWN and by.grouping:
                continue
            cells = {key: _cell(asked, figure, values, over) for key, values in members.items()}
            if cells:
                place = figure.code, str(window), dimension
                yield "|".join((*place, last)), place, cells


def _cell(asked: Asked, figure: Figure, values: Sequence[str], over: Sequence[str]) -> Cell:
    if not isinstance(figure.kind, Share):
        return Cell((asked.sum(values, over, asked.family.side_of(figure)),))
    whole = asked.sum(values, over)
    return Cell((asked.sum(values, over, PART), whole), (asked.sum(values, over, REST),))


def ask(family: Family, chosen: Chosen) -> Asked:
    """A family as it stands: closed quarters as they were counted then, the new one as it is."""
    closings = list(
        Closing.objects.filter(span=Span.QUARTER.value, first_on__lt=chosen.first).order_by(
            "-first_on"
        )[:KEPT]
    )[::-1]
    codes = {each.pk: Chosen(Span.QUARTER, each.first_on).code for each in closings}
    rows = Counted.objects.filter(
        closing__in=list(codes), dimension=family.by.code, measure__in=family.measures
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    groups: dict[str, str] = {}
    for row in rows:
        found.setdefault((codes[row.closing_id], row.value), {})[row.measure] = row.amount
        groups.setdefault(row.value, row.group)
    for value, sums in now(family, chosen).items():
        found[chosen.code, value] = dict(sums)
    groups |= {
        value: group for value, group in grouped(family, found).items() if value not in groups
    }
    return Asked(
        family,
        [*codes.values(), chosen.code],
        dict(_atoms(family, found)),
        groups,
        _shown(family, codes),
    )


def now(family: Family, chosen: Chosen) -> Mapping[str, Mapping[str, int]]:
    """What the quarter's records lead to, by value and measure."""
    return reading.by_value(family.measures, chosen, family.by.code)


def grouped(family: Family, found: Mapping[tuple[str, str], object]) -> Mapping[str, str]:
    """The groups of the values."""
    grouping = family.by.grouping
    values = sorted({value for _quarter, value in found if value})
    return grouping.of(values) if grouping and values else {}


def _atoms(
    family: Family, found: Mapping[tuple[str, str], Mapping[str, int]]
) -> Iterator[tuple[Atom, int]]:
    for (quarter, value), sums in found.items():
        part = sums.get(family.part, 0) if family.part else 0
        if family.part:
            yield (PART, value, quarter), part
        rest = sums.get(family.whole, 0) - part
        if rest < 0:
            raise ValueError(f"{family.part} is more than {family.whole} in {quarter}")
        yield (REST, value, quarter), rest


def _shown(
    family: Family, codes: Mapping[int, str]
) -> dict[tuple[str, str, str, str], dict[str, tuple[int, ...]]]:
    """What earlier tables show; those that show nothing are not named."""
    dimensions = [family.by.code, *([family.by.grouping.code] if family.by.grouping else [])]
    rows = Row.objects.filter(
        closing__in=list(codes),
        figure__in=[figure.code for figure in family.figures],
        dimension__in=dimensions,
    ).exclude(value=Row.TOGETHER)
    found: dict[tuple[str, str, str, str], dict[str, tuple[int, ...]]] = {}
    for row in rows:
        key = codes[row.closing_id], row.figure, row.window, row.dimension
        found.setdefault(key, {})[row.value] = _numbers(from_plain(row.answer))
    return found


def _numbers(answer: Answer) -> tuple[int, ...]:
    match answer:
        case Rounded(number):
            return (number,)
        case Estimate(part=int(part), n=n):
            return part, n
    raise ValueError("no number of a table")


def tables(figures: Sequence[Figure], chosen: Chosen) -> Iterator[Published]:
    """The cells of every table of the quarter.

    Raises: NoTablesError when no safe choice was found, or what was counted for earlier tables is
    not what they told.
    """
    secret = hashlib.blake2b(b"baqylau tables 1", key=keys.seed()).digest()
    try:
        asked = [ask(family, chosen) for family in families(figures)]
        choices = choose_apart([question(each, secret) for each in asked]) if asked else []
    except (NoChoiceError, ValueError) as error:
        raise NoTablesError(
            _(
                "The tables of this quarter could not be chosen safely, so nothing is published. "
                "Run “baqylau verify” and tell whoever looks after the program."
            )
        ) from error
    for each, choice in zip(asked, choices, strict=True):
        for key, place, cells in _tables(each, each.quarters):
            yield from _published(each, place, cells, choice.outcomes[key])


def _published(
    asked: Asked, place: Place, cells: Mapping[str, Cell], outcomes: Mapping[str, Outcome]
) -> Iterator[Published]:
    """The shown cells; of a closed list how many are hidden; of a refused table that it is."""
    shown = {key: each.shown for key in cells if (each := outcomes[key]).shown}
    for key, numbers in shown.items():
        yield Published(*place, key, as_plain(_answer(numbers)))
    hidden = len(cells) - len(shown)
    is_closed = asked.family.by.values is not None
    if hidden and (is_closed or not shown):
        why = Withheld(Why.SMALL if shown else Why.NARROW)
        yield Published(*place, Row.TOGETHER, as_plain(why), hidden if is_closed else 0)


def _answer(numbers: tuple[int, ...]) -> Answer:
    if len(numbers) == 1:
        return Rounded(numbers[0])
    part, whole = numbers
    return share(min(part, whole), whole, is_rounded=True)
