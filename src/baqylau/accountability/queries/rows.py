"""The rows of the room's own data sets: published numbers and what they are about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.accountability.rules import answers
from baqylau.accountability.words import names_of, three
from baqylau.figures import showing
from baqylau.figures.models import Cell, Closing
from baqylau.figures.queries import published
from baqylau.figures.queries.definitions import figures
from baqylau.figures.queries.published import chosen_of
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.spans import choose
from baqylau.kernel.datasets import Row
from baqylau.kernel.figures import Dimension, Figure
from baqylau.territories.models import Territory

Asked = Mapping[str, str]
PLACE = ("figure", "window", "dimension", "value")
NOT_STATED, TOGETHER = _("not stated"), _("groups too small to be shown alone, together")


def _place(cell: Cell) -> tuple[str, ...]:
    closing = cell.closing
    when = (closing.first_on.isoformat(), closing.span)
    return (*when, cell.figure, cell.window, cell.dimension, cell.value)


def cells(asked: Asked) -> Iterator[Row]:
    """Every published number as it is now, and as it was when its period was closed."""
    for each in sorted(_wanted(asked), key=lambda each: _place(each.cell)):
        cell, chosen = each.cell, chosen_of(each.cell.closing)
        yield (
            chosen.code,
            cell.figure,
            cell.window,
            cell.dimension,
            cell.value,
            cell.together,
            *answers.columns(as_plain(each.answer)),
            len(each.corrections),
            answers.written(cell.answer),
        )


def _wanted(asked: Asked) -> list[published.Number]:
    place = {name: asked[name] for name in PLACE if name in asked}
    chosen = choose(asked["period"]) if "period" in asked else None
    if "period" in asked and chosen is None:
        return []
    return published.every(place, chosen)


def corrections(_asked: Asked) -> Iterator[Row]:
    """What was wrong, what it is now, and why; who corrected it is nobody's business here."""
    for row in sorted(published.corrections(), key=lambda row: (*_place(row.cell), row.number)):
        cell = row.cell
        yield (
            chosen_of(cell.closing).code,
            cell.figure,
            cell.window,
            cell.dimension,
            cell.value,
            row.number,
            row.made_at,
            answers.written(row.old),
            answers.written(row.new),
            row.reason_kk,
            row.reason_ru,
            row.reason_en,
        )


def closings(_asked: Asked) -> Iterator[Row]:
    """Closed periods with what fixes them."""
    found: Iterable[Any] = Closing.objects.order_by("first_on", "span")
    counts = published.counts()
    for row in found:
        chosen = chosen_of(row)
        until = chosen.period.until if chosen.period else None
        yield (
            chosen.code,
            row.span,
            row.first_on,
            until,
            row.closed_at,
            counts.get(row.pk, 0),
            row.number,
            row.head,
            row.digest,
            row.key,
            row.signature,
        )


def definitions(_asked: Asked) -> Iterator[Row]:
    """What each published number means; one that is no longer counted keeps its code alone."""
    since = published.first_days()
    known = {each.code: each for each in figures() if each.code in since or _is_public(each)}
    for code in [*known, *sorted(since.keys() - known.keys())]:
        yield (code, since.get(code), *_definition(known.get(code), code))


def _is_public(figure: Figure) -> bool:
    return figure.published is not None


def _definition(figure: Figure | None, code: str) -> tuple[Any, ...]:
    if figure is None:
        return ("", *((code,) * 3), *(("",) * 12), "")
    texts = (figure.label, figure.sentence, figure.population, figure.unit)
    spoken = [each for text in texts for each in three(text)]
    method = three(_Method(figure))
    kind = type(figure.kind).__name__.lower()
    by = sorted(each.code for each in figure.dimensions if each.code in (figure.published or ()))
    return (kind, *spoken, *method, " ".join(by))


class _Method:
    """How a figure's number is made, in the language that is active when it is read."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def __str__(self) -> str:
        return showing.method(self._figure)


def values(_asked: Asked) -> Iterator[Row]:
    """The names of everything by which numbers are taken apart, as far as it was published."""
    by_place: dict[tuple[str, str], list[str]] = {}
    for counted, code, value in published.parts():
        by_place.setdefault((counted, code), []).append(value)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for figure in figures():
        for dimension in figure.dimensions:
            for code, names in _named(dimension):
                wanted = by_place.pop((figure.code, code), [])
                for value, said in _spoken(names, wanted).items():
                    found.setdefault((code, value), said)
    for (_figure, code), rest in by_place.items():
        for value, said in _spoken(_no_names, rest).items():
            found.setdefault((code, value), said)
    yield from ((code, value, *found[code, value]) for code, value in sorted(found))


def _named(dimension: Dimension) -> Iterator[tuple[str, Any]]:
    yield dimension.code, dimension.names
    if dimension.grouping:
        yield dimension.grouping.code, dimension.grouping.names


def _no_names(_values: Sequence[str]) -> Mapping[str, object]:
    return {}


def _spoken(names: Any, wanted: Sequence[str]) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - a dimension's own function
    plain = [value for value in wanted if value not in {"", Cell.TOGETHER}]
    try:
        found = names_of(names, plain)
    except (ValueError, KeyError):
        # A value that its room no longer knows keeps its code: the number was published with it.
        found = names_of(_no_names, plain)
    special = {"": NOT_STATED, Cell.TOGETHER: TOGETHER}
    return found | {value: three(special[value]) for value in wanted if value in special}


def territories(_asked: Asked) -> Iterator[Row]:
    """The units of the classifier that the oblast is made of."""
    for unit in Territory.objects.order_by("kato"):
        yield (
            unit.kato,
            unit.level,
            unit.parent_id,
            unit.name_kk,
            unit.name_ru,
            unit.name_en,
            unit.full_kk,
            unit.full_ru,
            unit.full_en,
            unit.column,
            unit.row,
            unit.first_on,
            unit.until_on,
        )
