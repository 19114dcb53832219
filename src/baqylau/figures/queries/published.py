"""Published numbers as they stand now: what was fixed, and what was corrected since.

Every public page, table, file and report reads here and nowhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from baqylau.figures.models import Cell, Closing, Correction, Window
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.rules.results import Answer
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A published cell and what it says now; `corrections` in their order."""

    cell: Cell
    answer: Answer
    corrections: tuple[Correction, ...] = ()


def closings(span: Span) -> QuerySet[Closing]:
    """The closed periods of a kind, the newest first."""
    return Closing.objects.filter(span=span.value).order_by("-first_on")


def last_closing(span: Span = Span.QUARTER) -> Closing | None:
    """The newest closed period of a kind."""
    return closings(span).first()


def chosen_of(closing: Closing) -> Chosen:
    """The closed period itself."""
    return Chosen(Span(closing.span), closing.first_on)


def numbers(cells: Iterable[Cell]) -> list[Number]:
    """The cells with their corrections, in the order given: two questions whatever their number."""
    rows = list(cells)
    return _corrected(rows, Correction.objects.filter(cell__in=[row.pk for row in rows]))


def _corrected(rows: Sequence[Cell], wanted: QuerySet[Correction]) -> list[Number]:
    found: dict[int, list[Correction]] = {}
    for correction in wanted.order_by("cell_id", "number"):
        found.setdefault(correction.cell_id, []).append(correction)
    return [_number(row, found.get(row.pk, ())) for row in rows]


def _number(cell: Cell, corrections: Sequence[Correction]) -> Number:
    plain = corrections[-1].new if corrections else cell.answer
    return Number(cell, from_plain(plain), tuple(corrections))


def wholes_of(closings: Iterable[Closing], figures: Iterable[str]) -> list[Number]:
    """The wholes of these figures in several closed periods: two questions however many."""
    rows = Cell.objects.filter(
        closing__in=[each.pk for each in closings],
        figure__in=sorted(figures),
        dimension="",
        window=Window.OWN,
    )
    return numbers(rows.select_related("closing").order_by("closing_id", "figure"))


def parts_in(closings: Iterable[Closing], figures: Iterable[str]) -> list[Number]:
    """Every part of these figures in several closed periods: two questions however many."""
    rows = Cell.objects.filter(
        closing__in=[each.pk for each in closings], figure__in=sorted(figures), window=Window.OWN
    ).exclude(dimension="")
    places = ("closing_id", "figure", "dimension", "value")
    return numbers(rows.select_related("closing").order_by(*places))


def cell_of(closing: Closing, figure: str, dimension: str, value: str) -> Number | None:
    """One cell of the period itself; None when it was not published."""
    rows = Cell.objects.filter(closing=closing, figure=figure, window=Window.OWN)
    found = numbers(rows.filter(dimension=dimension, value=value).select_related("closing"))
    return found[0] if found else None


def of_figures(closing: Closing, figures: Iterable[str]) -> list[Number]:
    """Wholes and tables of these figures over the closed period itself."""
    rows = Cell.objects.filter(closing=closing, figure__in=sorted(figures), window=Window.OWN)
    return numbers(rows.order_by("figure", "dimension", "value"))


def wholes(closing: Closing) -> list[Number]:
    """The whole of each figure in a closed period."""
    return numbers(Cell.objects.filter(closing=closing, dimension="").order_by("figure"))


def everything(closing: Closing) -> list[Number]:
    """Every cell of a closed period."""
    rows = Cell.objects.filter(closing=closing)
    return numbers(rows.order_by("figure", "window", "dimension", "value"))


def whole_of(closing: Closing, figure: str) -> Number | None:
    """The whole of one figure in a closed period; None when it was not published."""
    rows = Cell.objects.filter(closing=closing, figure=figure, dimension="", window="own")
    found = numbers(rows.select_related("closing"))
    return found[0] if found else None


def table(closing: Closing, figure: str, dimension: str, window: str = "own") -> list[Number]:
    """A figure's published table by a dimension, the largest first, hidden ones together last."""
    rows = Cell.objects.filter(closing=closing, figure=figure, dimension=dimension, window=window)
    return sorted(numbers(rows), key=_by_size)


def _by_size(number: Number) -> tuple[bool, int, str]:
    size = getattr(number.answer, "number", None) or getattr(number.answer, "n", None) or 0
    return number.cell.value == Cell.TOGETHER, -size, number.cell.value


def about(dimension: str, value: str, closing: Closing) -> list[Number]:
    """Everything that a closed period published about one value: an office, a district."""
    rows = Cell.objects.filter(dimension=dimension, value=value, closing=closing)
    return numbers(rows.order_by("figure", "window"))


def corrections() -> QuerySet[Correction]:
    """All corrections, the newest first, each with its cell and period."""
    return Correction.objects.select_related("cell__closing").order_by("-made_at", "-pk")


def of_figure(closing: Closing, figure: str) -> list[Number]:
    """All that a closed period published of a figure: its whole, and every table."""
    rows = Cell.objects.filter(closing=closing, figure=figure).select_related("closing")
    return sorted(numbers(rows.order_by("pk")), key=_by_size)


def history(figure: str, closing: Closing, most: int) -> list[Number]:
    """The wholes of a figure in closed periods of one kind up to this one, the oldest first."""
    rows = Cell.objects.filter(
        figure=figure,
        window=Window.OWN,
        dimension="",
        closing__span=closing.span,
        closing__first_on__lte=closing.first_on,
    )
    newest = rows.select_related("closing").order_by("-closing__first_on")[:most]
    return numbers(reversed(newest))


def last_of(figure: str) -> Closing | None:
    """The newest closed period that has a number of the figure: a quarter, if there is one."""
    rows = Closing.objects.filter(pk__in=Cell.objects.filter(figure=figure).values("closing"))
    quarters = rows.filter(span=Span.QUARTER.value).order_by("-first_on")
    return quarters.first() or rows.order_by("-first_on").first()


def wholes_in(closings: Iterable[Closing], figures: Iterable[str]) -> list[Number]:
    """The wholes of some figures in some closed periods, each of them of its own window."""
    rows = Cell.objects.filter(
        closing__in=[each.pk for each in closings], figure__in=list(figures), dimension=""
    )
    return numbers(rows.order_by("-closing__first_on", "figure"))


def by(dimension: str, closing: Closing) -> list[Number]:
    """Every table of a closed period by a dimension."""
    rows = Cell.objects.filter(closing=closing, dimension=dimension)
    return sorted(numbers(rows), key=_by_size)


def values(dimension: str, closing: Closing) -> QuerySet[Cell, str]:
    """The values of a dimension that have any number of their own in a closed period."""
    rows = Cell.objects.filter(closing=closing, dimension=dimension)
    found = rows.exclude(value__in=("", Cell.TOGETHER)).values_list("value", flat=True)
    return found.distinct()


def every(place: Mapping[str, str], chosen: Chosen | None = None) -> list[Number]:
    """Every published number at such a place, of all closed periods or of one; two questions.

    `place` may name figure, window, dimension and value.
    """
    rows = Cell.objects.select_related("closing").filter(**place)
    if chosen is not None:
        rows = rows.filter(closing__span=chosen.span.value, closing__first_on=chosen.first)
    # All corrections: no database takes so many keys in one question.
    return _corrected(list(rows), Correction.objects.all())


def parts() -> list[tuple[str, str, str]]:
    """Figure, dimension and value of every part that was ever published, each once."""
    rows = Cell.objects.exclude(dimension="").values_list("figure", "dimension", "value")
    return list(rows.distinct().order_by("figure", "dimension", "value"))


def first_days() -> dict[str, date]:
    """The first day of the first closed period of each figure."""
    rows = Cell.objects.values_list("figure").annotate(Min("closing__first_on"))
    return dict(rows.order_by())


def counts() -> dict[int, int]:
    """How many numbers each closing published, by its key."""
    return dict(Cell.objects.values_list("closing").annotate(Count("pk")).order_by())
