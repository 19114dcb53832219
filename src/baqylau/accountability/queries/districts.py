"""The last closed quarter by district: what most districts show in one table, one on the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from baqylau.accountability.queries.periods import Closed
from baqylau.accountability.queries.tables import window_name
from baqylau.accountability.queries.tiles import tile_values
from baqylau.accountability.saying import Said, absent, said
from baqylau.figures import showing
from baqylau.figures.models import Cell, Window
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.results import Answer, Estimate, Why, Withheld, is_nothing
from baqylau.kernel.figures import Figure, Text
from baqylau.territories.labels import full_name
from baqylau.territories.queries import districts as all_districts
from baqylau.territories.rules import TileValue

WIDE = 4
"""Columns that a telephone and a screen can show; every other number has a page of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A figure by district over one window; `table` is where it stands alone."""

    figure: Figure
    label: Text
    over: str
    url: str
    table: str
    answers: dict[str, Answer]

    @property
    def told(self) -> int:
        """How many districts have a number other than zero."""
        return sum(not is_nothing(answer) for answer in self.answers.values())


@dataclass(frozen=True, slots=True)
class Districts:
    """The table, a row per district; what has no column in it; the map of the first counts.

    A tile has no room for n and interval, without which no estimate is shown.
    """

    columns: Sequence[Column]
    others: Sequence[Column]
    rows: Sequence[tuple[str, str, Sequence[Said]]]
    mapped: Column | None
    tiles: dict[str, TileValue]
    refused: Sequence[tuple[Text, str]]
    """Figures that cannot be shown by district, and why."""


def districts(closed: Closed) -> Districts:
    """Every figure that is published by district: of the quarter, else of four quarters."""
    found: dict[tuple[str, str], dict[str, Answer]] = {}
    for each in published.by("district", closed.closing):
        cell = each.cell
        found.setdefault((cell.figure, cell.window), {})[cell.value] = each.answer
    columns, refused = [], []
    for figure in to_publish():
        windows = [each for each in Window.values if (figure.code, each) in found]
        told = [each for each in windows if not _refusal(found[figure.code, each])]
        if told:
            columns.append(_column(figure, told[0], found[figure.code, told[0]], closed))
        elif windows:
            why = _refusal(found[figure.code, windows[0]]) or Why.NARROW
            refused.append((figure.label, str(showing.REASONS[why])))
    most = max((each.told for each in columns), default=0)
    wide = [each for each in columns if 2 * each.told > most][:WIDE]
    rows = [
        (full_name(unit), reverse("district", args=[unit.kato]), _cells(wide, unit.kato))
        for unit in all_districts()
    ]
    mapped = next((each for each in columns if not _is_estimated(each.answers)), None)
    shown = mapped.answers if mapped else {}
    tiles = tile_values([Row(value, "", answer) for value, answer in shown.items()])
    others = [each for each in columns if each not in wide]
    return Districts(wide, others, rows, mapped, tiles, refused)


def _is_estimated(answers: dict[str, Answer]) -> bool:
    return any(isinstance(answer, Estimate) for answer in answers.values())


def _refusal(answers: dict[str, Answer]) -> Why | None:
    """Why a table has no rows of its own; None where it has some."""
    together = answers.get(Cell.TOGETHER)
    is_refused = len(answers) == 1 and isinstance(together, Withheld)
    return together.why if is_refused and isinstance(together, Withheld) else None


def _column(figure: Figure, window: str, answers: dict[str, Answer], closed: Closed) -> Column:
    over = "" if window == Window.OWN else window_name(window, closed.name)
    url = reverse("number", args=[figure.code, closed.code])
    by = "district" if window == Window.OWN else f"district-{window}"
    table = reverse("number_table", args=[figure.code, closed.code, by])
    return Column(figure, figure.label, over, url, table, answers)


def _cells(columns: Sequence[Column], kato: str) -> list[Said]:
    return [_cell(each, str(each.label), each.answers.get(kato)) for each in columns]


def _cell(column: Column, label: str, answer: Answer | None) -> Said:
    return said(label, answer) if answer else absent(column.figure, label)
