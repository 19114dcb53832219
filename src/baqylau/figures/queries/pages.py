"""What the pages show: answers with their names, and where their records open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from baqylau.figures.queries import gated
from baqylau.figures.queries import sums as reading
from baqylau.figures.queries.definitions import dimension, figures, folds, folds_of
from baqylau.figures.queries.parts import sizes_by, sums_by
from baqylau.figures.rules.evaluating import LIVE, Sums, evaluate, measures_of
from baqylau.figures.rules.results import Answer, Version, Why, Withheld
from baqylau.figures.rules.spans import Chosen, cover
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import (
    Between,
    Days,
    Dimension,
    Figure,
    Live,
    Slice,
    Span,
    Text,
)
from baqylau.kernel.period import Period
from baqylau.kernel.permissions import may_somewhere

Opener = Callable[[Actor, Slice], str | None]
"""Gives the address that opens the records behind a number."""
TOP = 50
"""Rows of a table before it is asked for whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """A cell: its name, its answer, and the address of its records ("" where there is none).

    `counted` is the address of those that a share counts; `records` where a public page lists what
    a public number counts, beside the page of the value.
    `together`: how many values this row stands for, when they are too small alone; 0 else.
    """

    value: str
    name: Text
    answer: Answer
    url: str = ""
    together: int = 0
    counted: str = ""
    records: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its whole, as the list shows it."""

    figure: Figure
    whole: Row


@dataclass(frozen=True, slots=True)
class Table:
    """A figure taken apart. `refused` says why there are no rows; `more` how many are left out."""

    rows: tuple[Row, ...] = ()
    refused: Why | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which period on which day, and whether the records are open to them."""

    actor: Actor
    chosen: Chosen
    today: date

    def is_open(self, figure: Figure) -> bool:
        """Whether the actor may open the figure's records, and so sees exact numbers."""
        return figure.has_public_records or may_somewhere(self.actor, figure.action)

    def address(self, figure: Figure, by: str = "", value: str = "") -> str:
        """Where the records behind a number open, "" where they do not."""
        return self._opened(figure, figure.records, by, value)

    def counted(self, figure: Figure, by: str = "", value: str = "") -> str:
        """Where the records that a share counts open, "" where they do not."""
        return self._opened(figure, figure.counted, by, value)

    def _opened(self, figure: Figure, find: Opener | None, by: str, value: str) -> str:
        if find is None or not self.is_open(figure):
            return ""
        period = None if isinstance(figure.kind, Live) else self.chosen.period
        return find(self.actor, Slice(period, by, value)) or ""


def since(today: date) -> date:
    """The first month of which anything is told; this month when nothing is."""
    measures = [measure for fold in folds() for measure in fold.measures]
    return reading.first_month(measures) or today.replace(day=1)


def version(figure: Figure | None, today: date) -> Version:
    """How far the figure's numbers were counted; of all figures when none is named."""
    return reading.version_of(folds() if figure is None else folds_of(figure), today)


def cards(asked: Asked) -> list[Card]:
    """Every figure with its whole in the period."""
    known = figures()
    measures = {measure for figure in known for measure in measures_of(figure)}
    found = reading.by_value(measures, asked.chosen).get("", {})
    fixed = gated.fixed([each for each in known if not asked.is_open(each)], asked.chosen)
    return [Card(figure, whole(figure, asked, found, fixed)) for figure in known]


def whole(
    figure: Figure,
    asked: Asked,
    found: Mapping[str, int] | None = None,
    fixed: gated.Fixed | None = None,
) -> Row:
    """A figure's whole; `found` are its sums and `fixed` what was published, if read already."""
    if isinstance(figure.kind, Live):
        found = {LIVE: figure.kind.count(asked.today, "").get("", 0)}
    elif found is None:
        found = reading.by_value(measures_of(figure), asked.chosen).get("", {})
    by_size: Mapping[int, int] = {}
    if isinstance(figure.kind, Days):
        by_size = reading.sizes(figure.kind.measure, asked.chosen).get("", {})
    sums = Sums(found, by_size)
    if asked.is_open(figure):
        return Row(
            "",
            figure.label,
            evaluate(figure, sums),
            asked.address(figure),
            counted=asked.counted(figure),
        )
    if fixed is None:
        fixed = gated.fixed([figure], asked.chosen)
    return Row("", figure.label, gated.whole(figure, sums, fixed.get(figure.code)))


def over(figure: Figure, period: Period) -> Answer:
    """The exact answer over any days: whole months and years are read as such, days for the rest.

    Distinct people cannot be added up, and medians are kept for whole months and longer.
    """
    is_whole = all(span is not Span.DAY for span, _first in cover(period))
    if isinstance(figure.kind, Between | Live) or (isinstance(figure.kind, Days) and not is_whole):
        return Withheld(Why.WHOLE_PERIODS)
    found = reading.by_value(measures_of(figure), period).get("", {})
    is_sized = isinstance(figure.kind, Days)
    by_size = reading.sizes(measures_of(figure)[0], period).get("", {}) if is_sized else {}
    return evaluate(figure, Sums(found, by_size))


def table(figure: Figure, asked: Asked, by: str, *, is_all: bool = False) -> Table:
    """A figure by the values of one of its dimensions."""
    chosen = dimension(figure, by)
    if chosen is None:
        return Table()
    if asked.is_open(figure):
        return _open_table(figure, asked, chosen, is_all=is_all)
    return _published_table(figure, asked, chosen)


def _names(by: Dimension, values: Iterable[str]) -> Mapping[str, Text]:
    return by.names([value for value in values if value])


def _open_table(figure: Figure, asked: Asked, by: Dimension, *, is_all: bool) -> Table:
    cells = sums_by(figure, asked.chosen, by, asked.today)
    first = measures_of(figure)[0]
    order = sorted(cells, key=lambda value: (-cells[value].get(first, 0), value == "", value))
    shown = order if is_all else order[:TOP]
    names = _names(by, shown)
    by_size = sizes_by(figure, asked.chosen, by, shown)
    rows = tuple(
        Row(
            value,
            names.get(value, value),
            evaluate(figure, Sums(cells[value], by_size.get(value, {}))),
            asked.address(figure, by.code, value) if cells[value].get(first) else "",
            counted=asked.counted(figure, by.code, value) if cells[value].get(first) else "",
        )
        for value in shown
    )
    return Table(rows, more=len(order) - len(shown))


def _published_table(figure: Figure, asked: Asked, by: Dimension) -> Table:
    found = gated.table(figure, asked.chosen, by)
    if isinstance(found, Why):
        return Table(refused=found)
    names = _names(by, [each.cell.value for each in found if not each.cell.together])
    return Table(
        tuple(
            Row("", "", each.answer, together=each.cell.together)
            if each.cell.together
            else Row(each.cell.value, names.get(each.cell.value, each.cell.value), each.answer)
            for each in found
        )
    )


def points(figure: Figure, asked: Asked, first: date) -> list[tuple[Chosen, Row]]:
    """The wholes of the months, or quarters, up to the chosen period; none where it has none."""
    if isinstance(figure.kind, Live):
        return []
    periods = window(asked.chosen, first, asked.today)
    if not periods:
        return []
    question = (periods[0].span, periods[0].first, _end(periods[-1]))
    found = reading.over_time(measures_of(figure), *question)
    is_sized = isinstance(figure.kind, Days)
    by_size = reading.sizes_over_time(measures_of(figure)[0], *question) if is_sized else {}
    sums = {
        each.first: Sums(found.get(each.first, {}), by_size.get(each.first, {})) for each in periods
    }
    if not asked.is_open(figure):
        fixed = gated.fixed_over_time(figure, periods)
        told = {
            each: gated.whole(figure, sums[each.first], fixed.get(each.first)) for each in periods
        }
        return [(each, Row(each.code, "", answer)) for each, answer in told.items()]
    return [
        (each, _point(figure, replace(asked, chosen=each), sums[each.first])) for each in periods
    ]


def _point(figure: Figure, asked: Asked, sums: Sums) -> Row:
    return Row(asked.chosen.code, "", evaluate(figure, sums), asked.address(figure))


def _end(chosen: Chosen) -> date:
    period = chosen.period
    return period.until if period else date.max


MONTHS = 36
"""Months that a chart of all time holds; beyond, it goes by quarters."""
YEAR = 12


def window(chosen: Chosen, first: date, today: date) -> list[Chosen]:
    """The periods of the chart: the year that ends with the chosen period, or all time."""
    end = min(_end(chosen), _end(Chosen(Span.MONTH, today.replace(day=1))))
    months = [Chosen(Span.MONTH, day) for day in _months(first, end)]
    if chosen.span is not Span.ALL:
        return months[-YEAR:]
    if len(months) <= MONTHS:
        return months
    quarters = {Chosen(Span.QUARTER, _quarter(each.first)): None for each in months}
    return list(quarters)


def _quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1)


def _months(first: date, until: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day < until:
        yield day
        day = Period.month(day.year, day.month).until
