"""Published tables with the names of their rows, as pages, charts and files show them.

Where the records behind a number are public themselves, it leads to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.figures.models import Cell, Window
from baqylau.figures.queries.pages import Row
from baqylau.figures.queries.published import Number, chosen_of
from baqylau.figures.rules.results import Why, Withheld, is_nothing
from baqylau.kernel.access import Nobody
from baqylau.kernel.figures import Figure, Live, Slice, Text

PLACES = {"district": "district", "body": "institution"}
"""Dimensions whose values have a public page of their own."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A figure by a dimension, over a window of days; `refused` is why it has no rows."""

    dimension: str
    label: Text
    window: str
    rows: tuple[Row, ...]
    refused: Why | None = None

    @property
    def code(self) -> str:
        """As it stands in an address: the dimension, and the window where it is not the period."""
        is_own = self.window == Window.OWN
        return self.dimension if is_own else f"{self.dimension}-{self.window}"


def labels(figure: Figure) -> dict[str, Text]:
    """The label of every dimension and of its grouping, in their order."""
    found: dict[str, Text] = {}
    for each in figure.dimensions:
        found[each.code] = each.label
        if each.grouping:
            found[each.grouping.code] = each.grouping.label
    return found


def names(figure: Figure, dimension: str, values: Iterable[str]) -> dict[str, Text]:
    """The names of values in the active language."""
    wanted = sorted({value for value in values if value not in {"", Cell.TOGETHER}})
    for each in figure.dimensions:
        if each.code == dimension:
            return dict(each.names(wanted))
        if each.grouping and each.grouping.code == dimension:
            return dict(each.grouping.names(wanted))
    return {}


def tables(figure: Figure, numbers: Sequence[Number]) -> list[PublishedTable]:
    """The tables among a figure's numbers, the period's own before those of four quarters."""
    found: dict[tuple[str, str], list[Number]] = {}
    for each in numbers:
        if each.cell.dimension:
            found.setdefault((each.cell.dimension, each.cell.window), []).append(each)
    return [
        _table(figure, code, label, window, found[code, window])
        for window in Window.values
        for code, label in labels(figure).items()
        if (code, window) in found
    ]


def _table(
    figure: Figure, code: str, label: Text, window: str, numbers: Sequence[Number]
) -> PublishedTable:
    first = numbers[0]
    if first.cell.value == Cell.TOGETHER and isinstance(first.answer, Withheld):
        return PublishedTable(code, label, window, (), first.answer.why)
    said = names(figure, code, [each.cell.value for each in numbers])
    rows = tuple(_row(figure, each, said) for each in numbers)
    return PublishedTable(code, label, window, rows)


def _row(figure: Figure, number: Number, said: dict[str, Text]) -> Row:
    cell = number.cell
    if cell.value == Cell.TOGETHER:
        return Row("", "", number.answer, together=cell.together)
    name = said.get(cell.value, cell.value) if cell.value else ""
    page = _page(cell.dimension, cell.value) if cell.value in said else ""
    return Row(cell.value, name, number.answer, page, records=records(figure, number))


def records(figure: Figure, number: Number) -> str:
    """The public page that lists the records behind a number; "" where they are not public."""
    if not figure.has_public_records or figure.records is None or is_nothing(number.answer):
        return ""
    cell = number.cell
    period = None if isinstance(figure.kind, Live) else chosen_of(cell.closing).period
    return figure.records(Nobody(), Slice(period, cell.dimension, cell.value)) or ""


def _page(dimension: str, value: str) -> str:
    return reverse(PLACES[dimension], args=[value]) if dimension in PLACES else ""


def window_name(window: str, period: str) -> str:
    """The days of a window in words."""
    if window == Window.OWN:
        return period
    return _("four quarters up to and with %(period)s") % {"period": period}
