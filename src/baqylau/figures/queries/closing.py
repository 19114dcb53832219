"""What the closing of a period would publish."""

from datetime import date

from baqylau.figures.models import Cell, Closing, Window
from baqylau.figures.queries import sums as reading
from baqylau.figures.queries.definitions import figures
from baqylau.figures.queries.parts import answers_by, exact_tables
from baqylau.figures.queries.tables import tables
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.evaluating import LIVE, Sums, evaluate, measures_of
from baqylau.figures.rules.results import Answer
from baqylau.figures.rules.sealing import Published
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Days, Figure, Live, Span

OWN = Window.OWN.value


def closing_of(chosen: Chosen) -> Closing | None:
    """How the period was closed; None while it is open."""
    rows = Closing.objects.filter(span=chosen.span.value, first_on=chosen.first)
    return rows.first()


def to_publish() -> list[Figure]:
    """The figures that the public sees."""
    return [each for each in figures() if each.published is not None]


def cells(chosen: Chosen, today: date) -> list[Published]:
    """Every cell that closing the period would publish.

    Tables for quarters only, but of public records for every period.
    """
    published = to_publish()
    wholes = [
        Published(figure.code, OWN, "", "", as_plain(whole(figure, chosen, today)))
        for figure in published
    ]
    exact = [*wholes, *exact_tables(published, chosen, today)]
    return [*exact, *tables(published, chosen)] if chosen.span is Span.QUARTER else exact


def whole(figure: Figure, chosen: Chosen, today: date) -> Answer:
    """A figure's whole as it is owed: exact, counted now."""
    if isinstance(figure.kind, Live):
        found = {LIVE: figure.kind.count(today, "").get("", 0)}
        return evaluate(figure, Sums(found))
    found = reading.by_value(measures_of(figure), chosen).get("", {})
    is_sized = isinstance(figure.kind, Days)
    by_size = reading.sizes(measures_of(figure)[0], chosen).get("", {}) if is_sized else {}
    return whole_of(figure, Sums(found, by_size))


def now_of(figure: Figure, cell: Cell, today: date) -> Answer:
    """What the records lead to now of a published cell: of a whole, or of a part of public records.

    Raises: ValueError for a part of other figures, which has no exact answer to give.
    """
    chosen = Chosen(Span(cell.closing.span), cell.closing.first_on)
    if not cell.dimension:
        return whole(figure, chosen, today)
    if not figure.has_public_records:
        raise ValueError(f"{figure.code}: parts that are hidden are not counted again")
    by = next(each for each in figure.dimensions if each.code == cell.dimension)
    found = answers_by(figure, chosen, by, today)
    return found.get(cell.value) or evaluate(figure, Sums())


def whole_of(figure: Figure, sums: Sums) -> Answer:
    """A figure's whole from its sums, as it is published."""
    return evaluate(figure, sums)
