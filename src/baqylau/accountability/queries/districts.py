"""The last closed quarter by district: every number in one table, one of them on the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from baqylau.accountability.queries.periods import Closed
from baqylau.accountability.queries.tables import window_name
from baqylau.accountability.queries.tiles import tile_values
from baqylau.accountability.saying import Said, said, too_small
from baqylau.figures import showing
from baqylau.figures.models import Cell, Window
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.results import Answer, Estimate, Why, Withheld
from baqylau.kernel.figures import Figure, Text
from baqylau.territories.labels import full_name
from baqylau.territories.queries import districts as all_districts
from baqylau.territories.rules import TileValue


@dataclass(frozen=True, slots=True)
class Column:
    """A figure by district over one window."""

    label: Text
    over: str
    url: str
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Districts:
    """The table, a row per district, and the map of its first column of counts.

    A tile has no room for n and interval, without which no estimate is shown.
    """

    columns: Sequence[Column]
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
    rows = [
        (full_name(unit), reverse("district", args=[unit.kato]), _cells(columns, unit.kato))
        for unit in all_districts()
    ]
    mapped = next((each for each in columns if not _is_estimated(each.answers)), None)
    shown = mapped.answers if mapped else {}
    tiles = tile_values([Row(value, "", answer) for value, answer in shown.items()])
    return Districts(columns, rows, mapped, tiles, refused)


def _is_estimated(answers: dict[str, Answer]) -> bool:
    return any(isinstance(answer, Estimate) for answer in answers.values())


def _refusal(answers: dict[str, Answer]) -> Why | None:
    """Why a table has no rows of its own; None where it has some."""
    together = answers.get(Cell.TOGETHER)
    is_refused = len(answers) == 1 and isinstance(together, Withheld)
    return together.why if is_refused and isinstance(together, Withheld) else None


def _column(figure: Figure, window: str, answers: dict[str, Answer], closed: Closed) -> Column:
    over = "" if window == Window.OWN else window_name(window, closed.name)
    return Column(figure.label, over, reverse("number", args=[figure.code, closed.code]), answers)


def _cells(columns: Sequence[Column], kato: str) -> list[Said]:
    found = [(str(each.label), each.answers.get(kato)) for each in columns]
    return [said(label, answer) if answer else too_small(label) for label, answer in found]
