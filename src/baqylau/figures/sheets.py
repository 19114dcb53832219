"""The cells of a period as pages show them: wholes, and tables with what is hidden of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from baqylau.figures import showing
from baqylau.figures.models import Cell, Window
from baqylau.figures.queries.definitions import figures
from baqylau.figures.queries.published import Number
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.rules.results import Answer, Withheld
from baqylau.figures.rules.sealing import Published
from baqylau.kernel.figures import Figure, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A cell as it is told: where it stands, and what it says."""

    figure: str
    window: str
    dimension: str
    value: str
    answer: Answer
    together: int = 0
    corrections: int = 0

    @property
    def size(self) -> int:
        """By what rows are sorted."""
        return getattr(self.answer, "number", None) or getattr(self.answer, "n", None) or 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table in words."""

    name: Text
    number: str
    interval: str
    n: str
    is_words: bool
    corrections: int = 0
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: of which figure, by what, over which days; `hidden` are the groups left out.

    `is_exact`: its records are public, so nothing is hidden or rounded.
    """

    figure: Text
    by: Text
    window: Text
    lines: Sequence[Line] = field(default_factory=tuple)
    hidden: int = 0
    is_exact: bool = False


def of_cells(cells: Iterable[Published]) -> list[Place]:
    """What would be published."""
    return [Place(*cell.place, from_plain(cell.answer), cell.together) for cell in cells]


def of_numbers(numbers: Iterable[Number]) -> list[Place]:
    """What is published, as it stands now."""
    return [
        Place(
            each.cell.figure,
            each.cell.window,
            each.cell.dimension,
            each.cell.value,
            each.answer,
            each.cell.together,
            len(each.corrections),
        )
        for each in numbers
    ]


def wholes(places: Iterable[Place]) -> list[Line]:
    """One line for the whole of each figure, in the order of the figures."""
    known = {figure.code: figure for figure in figures()}
    order = {code: number for number, code in enumerate(known)}
    mine = [each for each in places if not each.dimension and each.window == Window.OWN]
    mine.sort(key=lambda each: (order.get(each.figure, len(order)), each.figure))
    return [
        _line(each, known[each.figure].label if each.figure in known else each.figure)
        for each in mine
    ]


def tables(places: Iterable[Place]) -> list[Sheet]:
    """Every table, in the order of figures and dimensions."""
    known = {figure.code: figure for figure in figures()}
    found: dict[tuple[str, str, str], list[Place]] = {}
    for each in places:
        if each.dimension:
            found.setdefault((each.figure, each.window, each.dimension), []).append(each)
    order = {code: number for number, code in enumerate(known)}
    keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), key[2], key[1] != "own"))
    return [_sheet(known.get(key[0]), key, found[key]) for key in keys]


def _sheet(figure: Figure | None, key: tuple[str, str, str], places: Sequence[Place]) -> Sheet:
    code, window, dimension = key
    by, names = _named(figure, dimension, [each.value for each in places])
    rows = sorted(places, key=lambda each: (each.value == Cell.TOGETHER, -each.size, each.value))
    return Sheet(
        figure.label if figure else code,
        by,
        Window(window).label,
        [_line(each, _name(each, names)) for each in rows],
        sum(each.together for each in places),
        is_exact=figure is not None and figure.has_public_records,
    )


def _named(
    figure: Figure | None, dimension: str, values: Sequence[str]
) -> tuple[Text, Mapping[str, Text]]:
    """What a dimension, or its grouping, is called, and its values."""
    stated = [value for value in values if value not in {"", Cell.TOGETHER}]
    for each in figure.dimensions if figure else ():
        if each.code == dimension:
            return each.label, each.names(stated)
        if each.grouping and each.grouping.code == dimension:
            return each.grouping.label, each.grouping.names(stated)
    return dimension, {}


def part_name(cell: Cell) -> str:
    """What a part is called, by what first ("District: Taraz"); "" for a whole."""
    if not cell.dimension:
        return ""
    known = {figure.code: figure for figure in figures()}
    by, names = _named(known.get(cell.figure), cell.dimension, [cell.value])
    return f"{by}: {names.get(cell.value, cell.value) or _('not stated')}"


def _name(place: Place, names: Mapping[str, Text]) -> Text:
    if place.value == Cell.TOGETHER:
        return _("groups too small to be shown alone, together: %(number)s") % {
            "number": place.together
        }
    return names.get(place.value, place.value) or _("not stated")


def _line(place: Place, name: Text) -> Line:
    return Line(
        name,
        showing.short(place.answer),
        showing.interval(place.answer),
        showing.count_behind(place.answer),
        isinstance(place.answer, Withheld),
        place.corrections,
        place.figure,
    )
